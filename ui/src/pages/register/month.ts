// A month as weeks of days, Monday first; days are text, 2025-06-30, and months 2025-06.

export const monthOf = (day: string) => day.slice(0, 7);

const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (d: Date) => d.toISOString().slice(0, 10);

/** shift is so many months on. */
export function shift(month: string, by: number): string {
  const d = utc(`${month}-01`);
  d.setUTCMonth(d.getUTCMonth() + by);
  return monthOf(text(d));
}

/** weeksOf is the whole weeks that a month touches. */
export function weeksOf(month: string): string[][] {
  const day = utc(`${month}-01`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  const weeks: string[][] = [];
  while (weeks.length === 0 || monthOf(text(day)) === month) {
    const week: string[] = [];
    for (let i = 0; i < 7; i++) {
      week.push(text(day));
      day.setUTCDate(day.getUTCDate() + 1);
    }
    weeks.push(week);
  }
  return weeks;
}
