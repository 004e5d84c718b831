// Shares are parts per million, written in percent with at most four decimals; never a float on the way.
import { narrow } from "./narrow";

export const whole = 1_000_000;

/** parseShare reads "90", "90%", "３３.3333％"; null where it is not a share. */
export function parseShare(typed: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,4}))?%?$/.exec(narrow(typed).replace(/\s/g, ""));
  if (!match) return null;
  return Number(match[1]) * 10_000 + Number(`${match[2] ?? ""}0000`.slice(0, 4));
}

/** percent writes the number without its sign: 900000 → "90", 333333 → "33.3333". */
export function percent(ppm: number): string {
  const a = Math.abs(ppm);
  const frac = String(a % 10_000)
    .padStart(4, "0")
    .replace(/0+$/, "");
  return `${ppm < 0 ? "-" : ""}${Math.floor(a / 10_000)}${frac ? `.${frac}` : ""}`;
}

export function formatShare(ppm: number): string {
  return `${percent(ppm)} %`;
}
