import { describe, expect, it } from "vitest";
import { grid, type Palette, palettes, series, sizes, statuses, tokenSheet, weights } from "./tokens";

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}

describe.each(Object.entries(palettes))("%s palette", (_mode, p: Palette) => {
  const grounds = [p.ground, p.surface, p.sunken];

  it("reads as text at 4.5:1 on every ground", () => {
    for (const ground of grounds) {
      for (const ink of [p.text, p.muted, p.accent])
        expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      for (const s of statuses) expect(contrast(p[s].fg, ground), `${s} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const s of statuses) expect(contrast(p[s].fg, p[s].bg), s).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.onAccent, p.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.onAccent, p.accentHover)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.text, p.accentSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.accent, p.accentSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.muted, p.accentSoft)).toBeGreaterThanOrEqual(4.5);
  });

  it("draws controls and focus at 3:1", () => {
    for (const ground of [p.ground, p.surface]) {
      expect(contrast(p.edge, ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(p.focus, ground)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe.each(["light", "dark"] as const)("the series of charts, %s", (mode) => {
  it("are seen on the surface at 3:1 and are no two alike", () => {
    for (const ink of series[mode]) expect(contrast(ink, palettes[mode].surface), ink).toBeGreaterThanOrEqual(3);
    expect(new Set(series[mode]).size).toBe(series[mode].length);
  });
});

describe("the scale", () => {
  it("has four sizes on each density, two weights and a four-pixel grid", () => {
    expect(sizes.dense).toHaveLength(4);
    expect(sizes.calm).toHaveLength(4);
    expect(Object.keys(weights)).toHaveLength(2);
    expect(grid).toBe(4);
  });

  it("becomes variables for both modes", () => {
    const css = tokenSheet();
    for (const s of statuses) expect(css.split(`--${s}-bg:`)).toHaveLength(3);
  });
});
