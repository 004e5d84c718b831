// From a pasted table to a question, and from two plans to their difference. Nothing here draws.
import type { PortfolioMemo, PortfolioQuestion } from "../../api/types";
import { parseMoney } from "../../words/money";

export type Lot = { fen: number; score: number; spread: number; second: number; year: number; source: string };
export type Candidate = { id: string; name: string; tags: Record<Dim, string>; committed: number; lots: Lot[] };
export type Dim = "chain" | "path" | "district" | "unit";
export const dims: Dim[] = ["chain", "path", "district", "unit"];
export type QuotaRow = {
  key: number;
  dim: Dim;
  codes: string[];
  measure: "count" | "money" | "share";
  least: number | null;
  most: number | null;
};
export type Pins = Record<string, "in" | "out">;
/** YearRow is a budget of its own: of one year or one source, in 万元. An empty source or no year is any. */
export type YearRow = { key: number; year: number | null; source: string; limit: number };
/** ExclusionRow allows at most so many of these; NeedRow says that one makes sense only with all, or any, of the others. */
export type ExclusionRow = { key: number; ids: string[]; most: number; name?: string };
export type NeedRow = { key: number; id: string; kind: "all" | "any"; others: string[] };
/** Limited is what a plan must keep to, apart from the candidates. Money is in 万元; a floor is in points of the second aim. */
export type Limited = {
  title?: string;
  budget: number;
  spent?: number;
  years?: YearRow[];
  quotas: QuotaRow[];
  exclusions?: ExclusionRow[];
  needs?: NeedRow[];
  pins: Pins;
  weight: number;
  floor?: number | null;
};
export type Asked = Limited & { candidates: Candidate[] };

type Column = "id" | "name" | Dim | "year" | "source" | "amount" | "score" | "spread" | "second" | "committed";

const heads: Record<Column, string[]> = {
  id: ["编号", "id"],
  name: ["名称", "项目名称", "项目", "name"],
  chain: ["产业链", "chain"],
  path: ["路径", "path"],
  district: ["区县", "区", "district"],
  unit: ["单位", "unit"],
  year: ["年度", "year"],
  source: ["来源", "source"],
  amount: ["金额", "金额（万元）", "金额(万元)", "amount"],
  score: ["评分", "分数", "score"],
  spread: ["误差", "spread"],
  second: ["第二目标", "second"],
  committed: ["已承诺", "committed"],
};

/** A score has two decimals at most; the server is asked in hundredths, and a plan's value comes back times 100 for the weights. */
export const hundredths = (n: number) => Math.round(n * 100);
export const scale = 10_000;

export type BadRow = { row: number; why: "amount" | "score" | "head" };

/** readTable reads rows as they are copied from a spreadsheet (tabs) or a CSV; amounts without a unit are in 万元. */
export function readTable(text: string): { candidates: Candidate[]; bad: BadRow[] } {
  const lines = text.split(/\r?\n/).filter((l) => l.trim() !== "");
  const cells = (line: string) => line.split(line.includes("\t") ? "\t" : /[,，]/).map((c) => c.trim().replace(/^"|"$/g, ""));
  const head = cells(lines[0] ?? "").map((h) => h.toLowerCase());
  const place = Object.fromEntries(
    (Object.keys(heads) as Column[]).map((c) => [c, head.findIndex((h) => heads[c].includes(h))]),
  ) as Record<Column, number>;
  if (place.name < 0 || place.amount < 0 || place.score < 0) return { candidates: [], bad: [{ row: 1, why: "head" }] };
  const byID = new Map<string, Candidate>();
  const bad: BadRow[] = [];
  for (const [i, line] of lines.slice(1).entries()) {
    const row = cells(line);
    const cell = (c: Column) => (place[c] >= 0 ? (row[place[c]] ?? "") : "");
    const amount = parseMoney(cell("amount"), "万元");
    const whole = (c: Column) => (cell(c) === "" ? 0 : Number(cell(c)));
    const [score, spread, second, committed] = [whole("score"), whole("spread"), whole("second"), whole("committed")];
    if (!("fen" in amount)) {
      bad.push({ row: i + 2, why: "amount" });
      continue;
    }
    if (![score, spread, second].every((n) => hundredths(n) / 100 === n) || !Number.isInteger(committed) || spread < 0) {
      bad.push({ row: i + 2, why: "score" });
      continue;
    }
    const id = cell("id") || String(i + 1);
    const known = byID.get(id) ?? {
      id,
      name: cell("name") || id,
      tags: { chain: cell("chain"), path: cell("path"), district: cell("district"), unit: cell("unit") },
      committed: 0,
      lots: [],
    };
    byID.set(id, known);
    known.lots.push({ fen: amount.fen, score, spread, second, year: whole("year"), source: cell("source") });
    if (committed > 0) known.committed = known.lots.length;
  }
  return { candidates: Array.from(byID.values()), bad };
}

/** questionOf is what the server is asked. */
export function questionOf(a: Asked, words: { merit: string; second: string; budget: string }): PortfolioQuestion {
  const wan = 1_000_000; // fen
  const name = new Map(a.candidates.map((c) => [c.id, c.name]));
  const called = (ids: string[]) => ids.map((id) => name.get(id) ?? id).join("、");
  return {
    title: a.title ? { zh: a.title } : undefined,
    scale,
    aims: [
      { id: "merit", name: { zh: words.merit }, weight: 100 },
      { id: "second", name: { zh: words.second }, weight: a.weight, least: a.floor == null ? undefined : hundredths(a.floor) },
    ],
    candidates: a.candidates.map((c) => ({
      id: c.id,
      name: c.name,
      tags: Object.fromEntries(dims.filter((d) => c.tags[d]).map((d) => [d, c.tags[d].split(/[;；、]/)])),
      committed: c.committed || undefined,
      lots: c.lots.map((l) => ({
        costs: [{ year: l.year, source: l.source, fen: l.fen }],
        scores: {
          merit: { value: hundredths(l.score), spread: hundredths(l.spread) },
          second: { value: hundredths(l.second), spread: 0 },
        },
      })),
    })),
    budgets: [
      { id: "budget", name: { zh: words.budget }, limit: a.budget * wan, spent: a.spent ? a.spent * wan : undefined },
      ...(a.years ?? []).map((y) => ({
        id: `budget ${y.key}`,
        name: { zh: [y.year ?? "", y.source].filter(Boolean).join(" ") || words.budget },
        years: y.year === null ? undefined : [y.year],
        sources: y.source === "" ? undefined : [y.source],
        limit: y.limit * wan,
      })),
    ],
    quotas: a.quotas
      .filter((x) => x.least !== null || x.most !== null)
      .map((x) => {
        const scale = { count: 1, money: wan, share: 10_000 }[x.measure];
        const limit = (n: number | null) => (n === null ? undefined : Math.round(n * scale));
        return {
          id: `quota ${x.key}`,
          name: { zh: x.codes.join("、") || words.budget },
          dim: x.codes.length > 0 ? x.dim : undefined,
          codes: x.codes.length > 0 ? x.codes : undefined,
          measure: x.measure,
          least: limit(x.least),
          most: limit(x.most),
        };
      }),
    exclusions: (a.exclusions ?? [])
      .filter((x) => x.ids.length > 1)
      .map((x) => ({
        id: `exclusion ${x.key}`,
        name: {
          zh: `${x.name ?? called(x.ids)}至多选 ${x.most} 项`,
          en: `at most ${x.most} of ${x.name ?? called(x.ids)}`,
        },
        candidates: x.ids,
        at_most: x.most,
      })),
    needs: (a.needs ?? [])
      .filter((x) => x.id !== "" && x.others.length > 0)
      .map((x) => ({
        id: `need ${x.key}`,
        name: {
          zh: `${called([x.id])}须与${called(x.others)}${x.kind === "all" || x.others.length === 1 ? "" : "之一"}同选`,
          en: `${called([x.id])} only with ${x.kind === "any" ? "one of " : ""}${called(x.others)}`,
        },
        candidate: x.id,
        [x.kind]: x.others,
      })),
    pins: Object.entries(a.pins).map(([candidate, pin]) => ({ candidate, in: pin === "in" })),
  };
}

export type Plan = NonNullable<PortfolioMemo["plan"]>;

/** Run is one plan that was worked out: what it had to keep to, and what it came to. */
export type Run = {
  key: number;
  limits: Limited;
  plan: Pick<Plan, "chosen" | "value" | "bound" | "spent" | "proved" | "digest">;
};

/** limitsOf is what a question asks apart from its candidates. */
export function limitsOf({ candidates: _, ...limits }: Asked): Limited {
  return limits;
}

/** remember puts a run before the others; one with the same answer takes the place of the older. At most eight are kept. */
export function remember(runs: Run[], limits: Limited, plan: Plan): Run[] {
  const key = 1 + Math.max(0, ...runs.map((r) => r.key));
  const { chosen, value, bound, spent, proved, digest } = plan;
  const others = runs.filter((r) => r.plan.digest !== digest);
  return [{ key, limits, plan: { chosen, value, bound, spent, proved, digest } }, ...others].slice(0, 8);
}

/** difference says who came in and who went out from one plan to the next. */
export function difference(was: Run["plan"], is: Run["plan"]) {
  const lot = (p: Run["plan"]) => new Map(p.chosen.map((c) => [c.candidate, c.lot]));
  const [before, after] = [lot(was), lot(is)];
  return {
    in: is.chosen.filter((c) => before.get(c.candidate) !== c.lot).map((c) => c.candidate),
    out: was.chosen.filter((c) => !after.has(c.candidate)).map((c) => c.candidate),
    value: is.value - was.value,
    spent: is.spent - was.spent,
  };
}

/** csv is the memo as a table that Excel opens. */
export function csv(rows: (string | number)[][]): string {
  const cell = (c: string | number) => (/[",\n]/.test(String(c)) ? `"${String(c).replaceAll('"', '""')}"` : String(c));
  return `\ufeff${rows.map((r) => r.map(cell).join(",")).join("\r\n")}\r\n`;
}

const chains = ["机器人", "航空", "集成电路", "新材料", "食品"];
const paths = ["揭榜挂帅", "联合攻关", "自主研发"];
const districts = ["浑南区", "铁西区", "沈北新区", "大东区"];

/** example is made up: forty projects, the same ones every time. */
export function example(): string {
  const rows = [["编号", "名称", "产业链", "路径", "区县", "单位", "金额", "评分", "误差", "第二目标"].join("\t")];
  let x = 7;
  const next = (n: number) => {
    x = (x * 1103515245 + 12345) % 2147483648;
    return Math.floor((x / 2147483648) * n);
  };
  for (let k = 1; k <= 40; k++) {
    const chain = chains[next(chains.length)];
    const score = 60 + next(38);
    rows.push(
      [
        `P${String(k).padStart(2, "0")}`,
        `示例${chain}项目 ${k}`,
        chain,
        paths[next(paths.length)],
        districts[next(districts.length)],
        `示例单位 ${1 + next(18)}`,
        60 + 10 * next(25),
        score,
        2 + next(5),
        next(100),
      ].join("\t"),
    );
  }
  return rows.join("\n");
}
