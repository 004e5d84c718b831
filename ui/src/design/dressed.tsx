import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useMemo } from "react";
import { useSpeech } from "../i18n";
import { Icon } from "./icons";
import { useMode } from "./mode";
import { themeOf } from "./theme";

/** Dressed gives the component library our theme, language and density. */
export function Dressed({ density, children }: { density: "dense" | "calm"; children: ReactNode }) {
  const { lang } = useSpeech();
  const { mode } = useMode();
  const theme = useMemo(() => themeOf(mode, density), [mode, density]);
  return (
    <ConfigProvider
      theme={theme}
      locale={lang === "en" ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      inputPassword={{
        iconRender: (shown) => (
          <span>
            <Icon name={shown ? "eye" : "eyeShut"} />
          </span>
        ),
      }}
      select={{ suffixIcon: <Icon name="expand" size={12} /> }}
    >
      <App component={false} message={{ duration: 3, top: 64 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
