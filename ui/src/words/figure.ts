// A figure's value by its unit: 元 is kept in fen, % in parts per million, everything else is a number.
import { formatMoney } from "./money";

type Lang = "zh" | "en";

function grouped(n: number, places = 0): string {
  const text = Math.abs(n).toFixed(places);
  const [whole = "", frac] = text.split(".");
  return `${n < 0 && Number(text) !== 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${frac ? `.${frac}` : ""}`;
}

/** figureNumber is the value to be drawn: yuan, percent or the number. */
export function figureNumber(unit: string, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (unit === "元") return value / 100;
  if (unit === "%") return value / 10_000;
  return value;
}

/** figureText is a value at a glance: money in 亿元 or 万元 with two places, percent with two. The exact value is figureExact. */
export function figureText(unit: string, value: number | null | undefined, lang: Lang): string {
  if (value === null || value === undefined) return "–";
  if (unit === "%") return `${grouped(value / 10_000, 2)} %`;
  if (unit !== "元") return lang === "zh" ? `${grouped(value)} ${unit}` : grouped(value);
  const yuan = value / 100;
  if (lang === "en") {
    if (Math.abs(yuan) >= 1e9) return `CNY ${grouped(yuan / 1e9, 3)} bn`;
    if (Math.abs(yuan) >= 1e6) return `CNY ${grouped(yuan / 1e6, 2)} m`;
    return `CNY ${grouped(yuan, 2)}`;
  }
  if (Math.abs(yuan) >= 1e8) return `${grouped(yuan / 1e8, 2)} 亿元`;
  if (Math.abs(yuan) >= 1e4) return `${grouped(yuan / 1e4, 2)} 万元`;
  return `${grouped(yuan, 2)} 元`;
}

/** figureExact is a value to its last fen or millionth. */
export function figureExact(unit: string, value: number | null | undefined, lang: Lang): string {
  if (value === null || value === undefined) return "–";
  return unit === "元"
    ? formatMoney(value, lang)
    : unit === "%"
      ? `${grouped(value / 10_000, 4)} %`
      : figureText(unit, value, lang);
}

/** axisText is a drawn number on an axis. */
export function axisText(unit: string, lang: Lang): (n: number) => string {
  if (unit === "%") return (n) => `${grouped(n, 2)} %`;
  if (unit !== "元") return (n) => grouped(n);
  return (n) => figureText("元", n * 100, lang).replace(/\.00(?=\D|$)/, "");
}

/** growthText writes parts per million with its sign: +37.19 %. */
export function growthText(ppm: number): string {
  return `${ppm > 0 ? "+" : ""}${grouped(ppm / 10_000, 2)} %`;
}

/** monthText writes 2025-06 for people. */
export function monthText(month: string, lang: Lang): string {
  const [y, m] = month.split("-");
  return lang === "zh" ? `${y}年${Number(m)}月` : month;
}

/** printedText is a published number as it was printed: ten-thousandths and the places that were behind its point. */
export function printedText(v: number, places: number): string {
  return grouped(v / 10_000, places);
}
