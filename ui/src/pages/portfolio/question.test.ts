import { describe, expect, it } from "vitest";
import { csv, difference, example, questionOf, readTable, remember } from "./question";

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
    expect(readTable("名称\t金额\t评分\n甲\t很多\t80\n乙\t5\t高\n丙\t5\t80.25").bad).toEqual([
      { row: 2, why: "amount" },
      { row: 3, why: "score" },
    ]);
    expect(readTable("甲\t5\t80").bad).toEqual([{ row: 1, why: "head" }]);
  });
  it("has an example that it reads itself", () => {
    expect(readTable(example())).toMatchObject({ bad: [], candidates: { length: 40 } });
  });
});

describe("what stands together", () => {
  const c = (id: string) => ({
    id,
    name: `《${id}》`,
    tags: { chain: "", path: "", district: "", unit: "" },
    committed: 0,
    lots: [{ fen: 1, score: 80.25, spread: 0, second: 0, year: 0, source: "" }],
  });
  it("asks in hundredths, with floors, exclusions and needs; what is half filled in is not asked", () => {
    const q = questionOf(
      {
        candidates: [c("a"), c("b")],
        budget: 10,
        spent: 3,
        quotas: [],
        pins: {},
        weight: 0,
        floor: 1.5,
        exclusions: [
          { key: 1, ids: ["a", "b"], most: 1 },
          { key: 2, ids: ["a"], most: 1 },
        ],
        needs: [
          { key: 1, id: "a", kind: "all", others: ["b"] },
          { key: 2, id: "", kind: "any", others: ["b"] },
        ],
      },
      words,
    );
    expect(q.candidates?.[0]?.lots?.[0]?.scores.merit?.value).toBe(8025);
    expect(q.aims?.[1]?.least).toBe(150);
    expect(q.budgets?.[0]?.spent).toBe(3_000_000);
    expect(q.exclusions).toEqual([
      {
        id: "exclusion 1",
        name: { zh: "《a》、《b》至多选 1 项", en: "at most 1 of 《a》、《b》" },
        candidates: ["a", "b"],
        at_most: 1,
      },
    ]);
    expect(q.needs?.map((n) => [n.candidate, n.all])).toEqual([["a", ["b"]]]);
  });
  it("keeps eight runs, and the same answer once", () => {
    const plan = (digest: string) => ({ chosen: [], value: 1, bound: 1, spent: 0, proved: true, digest }) as never;
    const limits = { budget: 1, quotas: [], pins: {}, weight: 0 };
    let runs = remember([], limits, plan("x"));
    for (const d of ["y", "x", "1", "2", "3", "4", "5", "6", "7"]) runs = remember(runs, limits, plan(d));
    expect(runs.map((r) => r.plan.digest).join("")).toBe("7654321x");
    expect(new Set(runs.map((r) => r.key)).size).toBe(8);
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
