// Civil days are text, 2025-06-30; instants are written in Shanghai time wherever the reader is, because deadlines end there.
import { narrow } from "./narrow";

/** parseDate understands 2025-6-30, 2025/6/30, 2025.6.30, 2025年6月30日, 20250630; null where that is not a day. */
export function parseDate(typed: string): string | null {
  const t = narrow(typed).trim();
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(t) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(t);
  if (!match) return null;
  const [y, m, d] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (y < 1900 || y > 2200 || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null;
  return date.toISOString().slice(0, 10);
}

function shanghai(instant: string | Date): Date {
  return new Date(new Date(instant).getTime() + 8 * 3_600_000);
}

export function formatDay(instant: string | Date): string {
  return shanghai(instant).toISOString().slice(0, 10);
}

/** formatLastDay is the last civil day of a period: a deadline is the instant after its last day, so midnight belongs to the day before. */
export function formatLastDay(instant: string | Date): string {
  return formatDay(new Date(new Date(instant).getTime() - 1));
}

export function formatTime(instant: string | Date): string {
  return shanghai(instant).toISOString().slice(11, 16);
}

export function formatMoment(instant: string | Date): string {
  return `${formatDay(instant)} ${formatTime(instant)}`;
}

/** daysLeft counts calendar days until the instant, rounded up; negative once it is past. */
export function daysLeft(instant: string | Date, now: Date = new Date()): number {
  return Math.ceil((new Date(instant).getTime() - now.getTime()) / 86_400_000);
}
