import { describe, expect, it } from "vitest";
import { axisText, figureExact, figureNumber, figureText, growthText, monthText } from "./figure";

describe("a figure's value", () => {
  it.each([
    ["元", 4_691_900_000_000, "469.19 亿元", "CNY 46.919 bn"],
    ["元", 61_600_000_000, "6.16 亿元", "CNY 616.00 m"],
    ["元", 123_456_789, "123.46 万元", "CNY 1.23 m"],
    ["元", -5000, "-50.00 元", "CNY -50.00"],
    ["%", 371_900, "37.19 %", "37.19 %"],
    ["家", 2693, "2,693 家", "2,693"],
    ["项", null, "–", "–"],
  ] as const)("%s %s", (unit, value, zh, en) => {
    expect(figureText(unit, value, "zh")).toBe(zh);
    expect(figureText(unit, value, "en")).toBe(en);
  });

  it("is exact where it is asked for", () => {
    expect(figureExact("元", 4_691_900_000_001, "zh")).toBe("46,919,000,000.01 元");
    expect(figureExact("%", 333_333, "zh")).toBe("33.3333 %");
    expect(figureNumber("元", 12_345)).toBe(123.45);
    expect(figureNumber("%", 371_900)).toBe(37.19);
    expect(figureNumber("项", undefined)).toBeNull();
    expect(axisText("元", "zh")(2e8)).toBe("2 亿元");
    expect(growthText(371_900)).toBe("+37.19 %");
    expect(growthText(-1)).toBe("0.00 %");
    expect(monthText("2025-06", "zh")).toBe("2025年6月");
  });
});
