import { describe, expect, it } from "vitest";
import { readSupplies } from "./edit";
import { country, percent } from "./risk";

describe("suppliers as they are typed", () => {
  it("reads country, share and firm, the last two where they are there", () => {
    expect(readSupplies("DEU 93%\nCHN 2.5％ 某厂\n\nJPN\nUSA 甲 公司", "n")).toEqual([
      { node: "n", country: "DEU", ppm: 930_000, firm: undefined },
      { node: "n", country: "CHN", ppm: 25_000, firm: "某厂" },
      { node: "n", country: "JPN", ppm: undefined, firm: undefined },
      { node: "n", country: "USA", ppm: undefined, firm: "甲 公司" },
    ]);
  });
  it("says which line it cannot read", () => {
    expect(readSupplies("DEU 93%\nJPN 101%", "n")).toEqual({ line: 2 });
  });
});

describe("words of a chain", () => {
  it("writes shares and countries", () => {
    expect(percent(930_000)).toBe("93%");
    expect(percent(12_345)).toBe("1.2%");
    expect(country("DEU", "zh")).toBe("德国");
    expect(country("DEU", "en")).toBe("Germany");
    expect(country("XYZ", "en")).toBe("XYZ");
  });
});
