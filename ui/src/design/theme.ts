import { type ThemeConfig, theme } from "antd";
import { fontStack, type Mode, palettes, sizes } from "./tokens";

// The component library wears our colours: hairlines instead of shadows, small corners, visible control edges, no lift on hover.
export function themeOf(mode: Mode, density: "dense" | "calm"): ThemeConfig {
  const p = palettes[mode];
  const [small, body, head, title] = sizes[density];
  const exact = {
    colorPrimary: p.accent,
    colorPrimaryHover: p.accentHover,
    colorPrimaryActive: p.accentHover,
    colorPrimaryBg: p.accentSoft,
    colorPrimaryBgHover: p.accentSoft,
    colorPrimaryBorder: p.accent,
    colorLink: p.accent,
    colorLinkHover: p.accentHover,
    colorBgLayout: p.ground,
    colorBgContainer: p.surface,
    colorBgElevated: p.surface,
    colorBgSpotlight: mode === "dark" ? "#3a424a" : "#2a3138",
    colorText: p.text,
    colorTextSecondary: p.muted,
    colorTextTertiary: p.muted,
    colorTextQuaternary: p.muted,
    colorTextPlaceholder: p.muted,
    colorBorder: p.edge,
    colorBorderSecondary: p.line,
    colorError: p.returned.fg,
    colorErrorHover: p.returned.fg,
    colorErrorActive: p.returned.fg,
    colorErrorBg: p.returned.bg,
    colorErrorBorder: p.returned.fg,
    colorErrorBorderHover: p.returned.fg,
    colorWarning: p.waiting.fg,
    colorWarningBg: p.waiting.bg,
    colorWarningBorder: p.waiting.fg,
    colorSuccess: p.done.fg,
    colorSuccessBg: p.done.bg,
    colorInfo: p.accent,
    colorInfoBg: p.accentSoft,
  };
  return {
    cssVar: { key: "kc" },
    algorithm: [mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm, (_seed, map) => ({ ...map, ...exact }) as never],
    token: {
      fontFamily: fontStack,
      fontSize: body,
      fontSizeSM: small,
      fontSizeLG: body,
      fontSizeXL: head,
      fontSizeHeading1: title,
      fontSizeHeading2: head,
      borderRadius: 4,
      borderRadiusLG: 4,
      borderRadiusSM: 2,
      controlHeight: density === "dense" ? 32 : 40,
      controlOutline: "transparent",
      boxShadow: "none",
      boxShadowSecondary: `0 4px 16px rgb(0 0 0 / ${mode === "dark" ? 0.5 : 0.12})`,
      // Nothing moves: a dialog that is still growing swallows the click of whoever is quick.
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryColor: p.onAccent, primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 400 },
      Modal: { titleFontSize: head },
      Tabs: { titleFontSize: body, horizontalItemPadding: "12px 0", inkBarColor: p.accent },
      Input: { activeShadow: "none" },
      Select: { optionSelectedBg: p.accentSoft },
    },
  };
}
