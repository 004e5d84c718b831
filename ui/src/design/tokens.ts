// The visual language in numbers and colours: the one place where they are written. main.tsx turns them into CSS variables, theme.ts
// into the component library's theme, and tokens.test.ts checks every pair that is read as text against WCAG 2.2 AA.

/** What a thing's standing can be; each has a colour, an icon and a word, and never a colour alone. */
export const statuses = ["waiting", "running", "done", "returned", "stopped"] as const;
export type Status = (typeof statuses)[number];

export type Mode = "light" | "dark";

type Ink = { fg: string; bg: string };

export type Palette = {
  ground: string; // behind everything
  surface: string; // what is written on
  sunken: string; // table heads, code, the unfilled part of a bar
  line: string; // hairlines that only decorate
  edge: string; // borders that one must see to find a control: 3:1
  text: string;
  muted: string;
  accent: string; // links, the current place, the one main button
  onAccent: string;
  accentHover: string;
  accentSoft: string;
  focus: string;
} & Record<Status, Ink>;

export const palettes: Record<Mode, Palette> = {
  light: {
    ground: "#f4f5f2",
    surface: "#ffffff",
    sunken: "#eceeea",
    line: "#dadedb",
    edge: "#868e96",
    text: "#191e23",
    muted: "#525a63",
    accent: "#26478d",
    onAccent: "#ffffff",
    accentHover: "#1b3670",
    accentSoft: "#e7ecf6",
    focus: "#26478d",
    waiting: { fg: "#774a00", bg: "#fbefd7" },
    running: { fg: "#075c6d", bg: "#dcf0f4" },
    done: { fg: "#1f6128", bg: "#e1f1e2" },
    returned: { fg: "#a02d17", bg: "#fbe6e0" },
    stopped: { fg: "#4a525b", bg: "#e9ebee" },
  },
  dark: {
    ground: "#111417",
    surface: "#191d21",
    sunken: "#23282d",
    line: "#343b42",
    edge: "#7d8791",
    text: "#e8eaec",
    muted: "#a9b2bb",
    accent: "#9dbaf5",
    onAccent: "#0f1a33",
    accentHover: "#bcd0fa",
    accentSoft: "#222e48",
    focus: "#9dbaf5",
    waiting: { fg: "#f0be62", bg: "#392d13" },
    running: { fg: "#6ccbdd", bg: "#12333a" },
    done: { fg: "#86cf8d", bg: "#1a341f" },
    returned: { fg: "#f69f8a", bg: "#42211a" },
    stopped: { fg: "#b6bec7", bg: "#2b3137" },
  },
};

/** What lines and bars of one chart are told apart by, in this order, with a mark or a dash beside the colour; each 3:1 on the surface. */
export const series: Record<Mode, readonly string[]> = {
  light: ["#26478d", "#a85d00", "#0b7a85", "#8a3b8f", "#4d7a1c", "#a02d17", "#5b646e"],
  dark: ["#9dbaf5", "#e9b266", "#62c6d2", "#d69bd9", "#a9cc6a", "#f69f8a", "#a9b2bb"],
};

/** Four sizes, on two scales: dense where people work all day, calm where they come once. */
export const sizes = { dense: [12, 14, 18, 26], calm: [14, 16, 20, 32] } as const;

/** Two weights. */
export const weights = { plain: 400, strong: 600 } as const;

/** The 4-pixel grid. */
export const grid = 4;

export const fontStack =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif';
export const monoStack = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace';

function variables(p: Palette): string {
  const flat: string[] = [];
  for (const [name, value] of Object.entries(p)) {
    if (typeof value === "string") flat.push(`--${name}:${value}`);
    else flat.push(`--${name}:${value.fg}`, `--${name}-bg:${value.bg}`);
  }
  return flat.join(";");
}

/** The style sheet of variables that everything else is written in. */
export function tokenSheet(): string {
  const [d, c] = [sizes.dense, sizes.calm];
  return [
    `:root{--font:${fontStack};--mono:${monoStack};--w-plain:${weights.plain};--w-strong:${weights.strong}}`,
    `:root,.dense{--t1:${d[0]}px;--t2:${d[1]}px;--t3:${d[2]}px;--t4:${d[3]}px}`,
    `.calm{--t1:${c[0]}px;--t2:${c[1]}px;--t3:${c[2]}px;--t4:${c[3]}px}`,
    `:root{color-scheme:light;${variables(palettes.light)}}`,
    `:root[data-mode=dark]{color-scheme:dark;${variables(palettes.dark)}}`,
  ].join("\n");
}
