import { describe, expect, it } from "vitest";
import { csv, difference, example, questionOf, readTable } from "./question";

const words = { merit: "评分", second: "第二目标", budget: "资金总额" };

describe("a pasted table", () => {
  it("reads amounts in 万元, scores, tags and lots", () => {
    const { candidates, bad } = readTable(
      "编号\t名称\t产业链\t金额\t评分\t误差\t已承诺\na\t甲\t机器人；航空\t100\t80\t5\t\na\t甲\t机器人\t1.5亿\t90\t5\t1\nb\t乙\t\t50万元\t70\t\t",
    );
    expect(bad).toEqual([]);
    expect(candidates).toHaveLength(2);
    expect(candidates[0]?.lots.map((l) => l.fen)).toEqual([100_000_000, 15_000_000_000]);
    expect(candidates[0]?.committed).toBe(2);
    const q = questionOf({ candidates, budget: 200, quotas: [], pins: { b: "out" }, weight: 0 }, words);
    expect(q.candidates?.[0]?.tags).toEqual({ chain: ["机器人", "航空"] });
    expect(q.budgets?.[0]?.limit).toBe(200_000_000);
    expect(q.pins).toEqual([{ candidate: "b", in: false }]);
  });
  it("says which row it cannot read, and asks for the heads", () => {
    expect(readTable("名称\t金额\t评分\n甲\t很多\t80\n乙\t5\t高").bad).toEqual([
      { row: 2, why: "amount" },
      { row: 3, why: "score" },
    ]);
    expect(readTable("甲\t5\t80").bad).toEqual([{ row: 1, why: "head" }]);
  });
  it("has an example that it reads itself", () => {
    expect(readTable(example())).toMatchObject({ bad: [], candidates: { length: 40 } });
  });
});

describe("quotas and differences", () => {
  it("writes shares as ppm and money as fen", () => {
    const row = { key: 1, dim: "chain" as const, codes: ["航空"], least: 30, most: null };
    const ask = (measure: "count" | "money" | "share") =>
      questionOf({ candidates: [], budget: 0, quotas: [{ ...row, measure }], pins: {}, weight: 0 }, words).quotas?.[0]?.least;
    expect([ask("count"), ask("money"), ask("share")]).toEqual([30, 30_000_000, 300_000]);
  });
  it("says who came and who went", () => {
    const plan = (ids: string[], value: number) =>
      ({ chosen: ids.map((candidate) => ({ candidate, lot: 1 })), value, spent: 0 }) as never;
    expect(difference(plan(["a", "b"], 5), plan(["b", "c"], 9))).toEqual({ in: ["c"], out: ["a"], value: 4, spent: 0 });
  });
  it("quotes what a spreadsheet would split", () => {
    expect(csv([["a,b", 'c"d', 1]])).toBe('\ufeff"a,b","c""d",1\r\n');
  });
});
