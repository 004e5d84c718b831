import { describe, expect, it } from "vitest";
import { daysLeft, formatDay, formatLastDay, parseDate } from "./date";
import { parseCount, parseDecimal } from "./decimal";
import { capital, formatMoney, inUnit, parseMoney } from "./money";
import { formatShare, parseShare } from "./share";
import { formatSize } from "./size";

describe("money", () => {
  it.each([
    ["800万元", 800_000_000],
    ["1,234.56", 123_456],
    ["１２３", 12_300],
    ["３．５亿", 35_000_000_000],
    ["¥ 100 元整", 10_000],
    ["10000000000.00", 1_000_000_000_000],
    ["0", 0],
  ])("reads %s", (typed, fen) => expect(parseMoney(typed)).toEqual({ fen }));

  it("reads a bare number in the unit beside the field, and a unit that was typed before it", () => {
    expect(parseMoney("800", "万元")).toEqual({ fen: 800_000_000 });
    expect(parseMoney("0.0001", "万元")).toEqual({ fen: 100 });
    expect(parseMoney("300元", "万元")).toEqual({ fen: 30_000 });
  });

  it.each([
    ["10000000000.001", "fine"],
    ["0.0000001万元", "fine"],
    ["-5", "negative"],
    ["五百", "not"],
    ["1.2.3", "not"],
    ["", "not"],
    ["1.", "not"],
    ["99999999999999999999", "large"],
  ])("refuses %s", (typed, problem) => expect(parseMoney(typed)).toEqual({ problem }));

  it.each([
    [0, "零元整"],
    [12_345, "壹佰贰拾叁元肆角伍分"],
    [800_000_000, "捌佰万元整"],
    [105, "壹元零伍分"],
    [50, "伍角整"],
    [100_000_500, "壹佰万零伍元整"],
    [1_000_000_000_000, "壹佰亿元整"],
    [10_010_000_00, "壹仟零壹万元整"],
    [100_001_000_000_00, "壹仟亿零壹佰万元整"],
    [1_000_100, "壹万零壹元整"],
    [110, "壹元壹角整"],
  ])("writes %d in capitals", (fen, words) => expect(capital(fen)).toBe(words));

  it("formats in the largest exact unit", () => {
    expect(formatMoney(800_000_000)).toBe("800 万元");
    expect(formatMoney(123_456)).toBe("1,234.56 元");
    expect(formatMoney(35_000_000_000)).toBe("3.5 亿元");
    expect(formatMoney(-100_000_000)).toBe("-100 万元");
    expect(formatMoney(800_000_000, "en")).toBe("CNY 8,000,000");
    expect(inUnit(123_456_789, "万元")).toBe("123.456789");
  });

  it("reads back what it writes, and writes capitals without doubled or trailing zeros", () => {
    let seed = 7;
    for (let i = 0; i < 2000; i++) {
      seed = (seed * 48_271) % 2_147_483_647;
      const fen = Math.floor(seed * 10 ** (i % 6));
      expect(parseMoney(formatMoney(fen))).toEqual({ fen });
      expect(capital(fen)).not.toMatch(/零零|零[元万亿]/);
    }
  });
});

describe("shares, numbers, days, sizes", () => {
  it("reads percent exactly", () => {
    expect(parseShare("33.3333%")).toBe(333_333);
    expect(parseShare("９０ ％")).toBe(900_000);
    expect(parseShare("0.00001")).toBeNull();
    expect(formatShare(900_000)).toBe("90 %");
  });
  it("keeps six decimals and refuses words", () => {
    expect(parseDecimal("０９９.990")).toBe("99.99");
    expect(parseDecimal("-0.5")).toBe("-0.5");
    expect(parseDecimal("1e3")).toBeNull();
    expect(parseCount("１,２００")).toBe(1200);
    expect(parseCount("1.5")).toBeNull();
  });
  it("knows a day from what is not one", () => {
    expect(parseDate("2025年6月3日")).toBe("2025-06-03");
    expect(parseDate("２０２５/６/３０")).toBe("2025-06-30");
    expect(parseDate("2025-02-30")).toBeNull();
    expect(parseDate("明天")).toBeNull();
  });
  it("reads instants in Shanghai, and a deadline's last day", () => {
    expect(formatDay("2025-06-30T16:00:00Z")).toBe("2025-07-01");
    expect(formatLastDay("2025-06-30T16:00:00Z")).toBe("2025-06-30");
    expect(daysLeft("2025-07-02T16:00:00Z", new Date("2025-06-30T08:00:00Z"))).toBe(3);
  });
  it("writes sizes", () =>
    expect([formatSize(5), formatSize(12_400), formatSize(3_000_000)]).toEqual(["5 B", "12.4 kB", "3 MB"]));
});
