import { describe, expect, it } from "vitest";
import { shift, weeksOf } from "./month";

describe("a month", () => {
  it("is whole weeks from Monday that hold each of its days once", () => {
    for (const [month, days] of [
      ["2025-02", 28],
      ["2024-02", 29],
      ["2025-06", 30],
      ["2025-12", 31],
    ] as const) {
      const weeks = weeksOf(month);
      expect(weeks.every((w) => w.length === 7 && new Date(w[0] ?? "").getUTCDay() === 1)).toBe(true);
      const own = weeks.flat().filter((d) => d.startsWith(month));
      expect(own.length).toBe(days);
      expect(new Set(own).size).toBe(days);
      expect(weeks[0]?.some((d) => d === `${month}-01`)).toBe(true);
    }
  });
  it("goes over the year's end", () => {
    expect(shift("2025-12", 1)).toBe("2026-01");
    expect(shift("2025-01", -1)).toBe("2024-12");
  });
});
