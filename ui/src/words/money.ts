// Money is whole fen, exact: read from what people type, written as officers write it. The rules are those of the server's package
// money, so that what is echoed while typing is what will be stored; money.test.ts holds both to the same examples.
import { narrow } from "./narrow";

const yuan = 100n;
const wan = 10_000n * yuan;
const yi = 10_000n * wan;
const most = 1_000_000n * yi;

const units: [string, bigint][] = [
  ["万亿元", 10_000n * yi],
  ["万亿", 10_000n * yi],
  ["亿元", yi],
  ["亿", yi],
  ["万元", wan],
  ["万", wan],
  ["元", yuan],
  ["分", 1n],
];

export type MoneyUnit = "万元" | "元";
export type Problem = "not" | "large" | "fine" | "negative";
export type Parsed = { fen: number } | { problem: Problem };

/** parseMoney reads "800万元", "1,234.56", "１２３"; without a unit of its own the amount is in the unit given. */
export function parseMoney(typed: string, bare: MoneyUnit = "元"): Parsed {
  let t = narrow(typed)
    .replace(/[,\s¥￥]/g, "")
    .replace(/整$/, "");
  let unit = bare === "万元" ? wan : yuan;
  for (const [name, fen] of units) {
    if (t.endsWith(name)) {
      t = t.slice(0, -name.length);
      unit = fen;
      break;
    }
  }
  if (/^-\d/.test(t)) return { problem: "negative" };
  const match = /^(\d+)(?:\.(\d+))?$/.exec(t);
  if (!match) return { problem: "not" };
  const [, whole = "", frac = ""] = match;
  if (whole.length > 18) return { problem: "large" };
  let fen = BigInt(whole) * unit;
  let scale = unit / 10n;
  for (const digit of frac) {
    if (scale === 0n && digit !== "0") return { problem: "fine" };
    fen += BigInt(digit) * scale;
    scale /= 10n;
  }
  // Beyond 2^53 fen (90 万亿元) a JSON number would lose fen, so it is refused here rather than rounded.
  if (fen > most || fen > BigInt(Number.MAX_SAFE_INTEGER)) return { problem: "large" };
  return { fen: Number(fen) };
}

function decimal(fen: bigint, unit: bigint): string {
  let rest = fen % unit;
  let frac = "";
  while (rest > 0n) {
    rest *= 10n;
    frac += (rest / unit).toString();
    rest %= unit;
  }
  return grouped((fen / unit).toString()) + (frac ? `.${frac}` : "");
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

function signed(fen: number, write: (abs: bigint) => string): string {
  return fen < 0 ? `-${write(BigInt(-fen))}` : write(BigInt(fen));
}

/** inUnit writes the number alone, for a field or a column whose unit stands beside it. */
export function inUnit(fen: number, unit: MoneyUnit): string {
  return signed(fen, (a) => decimal(a, unit === "万元" ? wan : yuan));
}

/** formatMoney writes the amount in the largest of 亿元, 万元 and 元 in which it stays exact with at most four decimals. */
export function formatMoney(fen: number, lang: "zh" | "en" = "zh"): string {
  if (lang === "en") return signed(fen, (a) => `CNY ${decimal(a, yuan)}`);
  return signed(fen, (a) => {
    for (const [name, unit] of [
      ["亿元", yi],
      ["万元", wan],
    ] as const) {
      if (a >= unit && a % (unit / 10_000n) === 0n) return `${decimal(a, unit)} ${name}`;
    }
    return `${decimal(a, yuan)} 元`;
  });
}

const digits = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"];
const groups = ["", "万", "亿", "万亿"];

function capitalInteger(n: bigint): string {
  const four: number[] = [];
  for (let rest = n; rest > 0n; rest /= 10_000n) four.push(Number(rest % 10_000n));
  let out = "";
  for (let g = four.length - 1; g >= 0; g--) {
    const value = four[g] ?? 0;
    if (value === 0) {
      if (out && !out.endsWith("零")) out += "零";
      continue;
    }
    if (out && value < 1000 && !out.endsWith("零")) out += "零";
    let group = "";
    for (let p = 3; p >= 0; p--) {
      const d = Math.floor(value / 10 ** p) % 10;
      if (d) group += digits.charAt(d) + places[p];
      else if (group && !group.endsWith("零")) group += "零";
    }
    out += group.replace(/零$/, "") + groups[g];
  }
  return out.replace(/零$/, "");
}

/** capital writes the amount in the capitals of vouchers (大写): 壹佰贰拾叁元肆角伍分, 捌佰万元整. */
export function capital(fen: number): string {
  if (fen === 0) return "零元整";
  const abs = BigInt(Math.abs(fen));
  const [y, j, f] = [abs / 100n, Number((abs / 10n) % 10n), Number(abs % 10n)];
  let out = fen < 0 ? "负" : "";
  if (y > 0n) out += `${capitalInteger(y)}元`;
  if (j === 0 && f === 0) return `${out}整`;
  if (j === 0) return `${out}${y > 0n ? "零" : ""}${digits.charAt(f)}分`;
  return `${out}${digits.charAt(j)}角${f === 0 ? "整" : `${digits.charAt(f)}分`}`;
}
