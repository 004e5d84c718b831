// Decimals keep six places exactly and travel as text ("99.99"); counts are whole numbers.
import { narrow } from "./narrow";

/** parseDecimal gives the canonical text of a number, or null. */
export function parseDecimal(typed: string): string | null {
  const match = /^(-?)0*(\d{1,12})(?:\.(\d{1,6}))?$/.exec(narrow(typed).replace(/[,\s]/g, ""));
  if (!match) return null;
  const frac = (match[3] ?? "").replace(/0+$/, "");
  const text = `${match[2]}${frac ? `.${frac}` : ""}`;
  return text === "0" ? "0" : `${match[1]}${text}`;
}

/** parseCount gives a whole number that is not negative, or null. */
export function parseCount(typed: string): number | null {
  const t = narrow(typed).replace(/[,\s]/g, "");
  return /^\d{1,15}$/.test(t) ? Number(t) : null;
}
