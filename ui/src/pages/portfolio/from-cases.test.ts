import { describe, expect, it } from "vitest";
import type { CandidatesFound } from "../../api/types";
import { statesOf, take, usual } from "./from-cases";
import { questionOf } from "./question";

const state = (name: string) => ({ name, title: { zh: name }, end: false, good: false, public: true });
const found: CandidatesFound = {
  more: false,
  fields: [
    { path: "need.chain", title: { zh: "产业链" }, type: "ref", ref: "chains", part: "" },
    { path: "need.fiscal", title: { zh: "财政资金" }, type: "money", part: "" },
    { path: "bid.price", title: { zh: "报价" }, type: "money", part: "bids" },
  ],
  rows: [
    {
      case: "c1",
      record: "c1",
      part: "",
      title: "甲",
      state: state("ranked"),
      unit: "甲厂",
      region: "浑南区",
      values: { "need.chain": "C02", "need.fiscal": 300 },
    },
    {
      case: "c1",
      record: "b1",
      part: "bids",
      title: "甲 · 1",
      state: state("chosen"),
      unit: "东北大学",
      region: "和平区",
      values: { "bid.price": 500 },
      score: 82.4,
      spread: 3.6,
    },
    {
      case: "c1",
      record: "b2",
      part: "bids",
      title: "甲 · 2",
      state: state("reserve"),
      unit: "理工大学",
      region: "浑南区",
      values: {},
      score: 70,
    },
  ],
};

describe("candidates from cases", () => {
  it("takes parts that were scored, with the case's own groups", () => {
    const t = usual(found, 2026);
    expect(t).toMatchObject({ part: "bids", amount: "need.fiscal", score: "", chain: "need.chain" });
    expect(statesOf(found, "bids").map((s) => s.value)).toEqual(["chosen", "reserve"]);
    const { candidates, without, rivals } = take(found, { ...t, amount: "bid.price" }, (_p, v) => `《${v}》`);
    expect(rivals).toEqual([]);
    expect(candidates).toEqual([
      {
        id: "b1",
        name: "甲 · 1",
        tags: { chain: "《C02》", path: "", district: "和平区", unit: "东北大学" },
        committed: 0,
        lots: [{ fen: 500, score: 82.4, spread: 3.6, second: 0, year: 2026, source: "" }],
      },
    ]);
    expect(without.map((r) => r.record)).toEqual(["b2"]);
  });

  it("funds one part of a case at most", () => {
    const { candidates, rivals } = take(found, usual(found, 2026), (_p, v) => v);
    expect(candidates.map((c) => c.id)).toEqual(["b1", "b2"]);
    expect(rivals).toEqual([{ name: "“甲”", ids: ["b1", "b2"] }]);
  });

  it("takes only what stands where it was asked for", () => {
    const t = { ...usual(found, 2026), amount: "need.fiscal", states: ["reserve"] };
    expect(take(found, t, (_p, v) => v).candidates.map((c) => [c.id, c.lots[0]?.fen])).toEqual([["b2", 300]]);
  });

  it("asks for budgets of years and sources beside the whole", () => {
    const asked = {
      candidates: [],
      budget: 100,
      quotas: [],
      pins: {},
      weight: 0,
      years: [{ key: 1, year: 2026, source: "市级", limit: 60 }],
    };
    expect(questionOf(asked, { merit: "m", second: "s", budget: "b" }).budgets).toEqual([
      { id: "budget", name: { zh: "b" }, limit: 100_000_000 },
      { id: "budget 1", name: { zh: "2026 市级" }, years: [2026], sources: ["市级"], limit: 60_000_000 },
    ]);
  });
});
