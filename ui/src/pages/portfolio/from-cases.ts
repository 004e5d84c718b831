// Candidates from cases: which amount, which score and which groups are taken is chosen by a person; nothing here draws.
import type { CandidateRow, CandidatesFound } from "../../api/types";
import { type Candidate, hundredths } from "./question";

/** Taking says what of the cases is taken. Paths are form.field; score "" is the mean of the experts' totals. */
export type Taking = { part: string; states: string[]; amount: string; score: string; chain: string; path: string; year: number };

export const partsOf = (found: CandidatesFound) => Array.from(new Set(found.rows.map((r) => r.part)));

export function statesOf(
  found: CandidatesFound,
  part: string,
): { value: string; title: { zh: string; en?: string }; n: number }[] {
  const all = new Map<string, { value: string; title: { zh: string; en?: string }; n: number }>();
  for (const r of found.rows.filter((x) => x.part === part)) {
    const known = all.get(r.state.name) ?? { value: r.state.name, title: r.state.title, n: 0 };
    known.n++;
    all.set(r.state.name, known);
  }
  return Array.from(all.values());
}

/** usual is what somebody most likely wants: parts that were scored before cases, the amount that is asked of public money, the chain. */
export function usual(found: CandidatesFound, year: number, part?: string): Taking {
  const where = part ?? (found.rows.find((r) => r.score !== undefined)?.part || "");
  const of = found.fields.filter((f) => f.part === where || f.part === "");
  const money = of.filter((f) => f.type === "money");
  const rows = found.rows.filter((r) => r.part === where);
  const amount =
    money.find((f) => /fiscal|grant/.test(f.path)) ??
    money.find((f) => f.part === where && /amount|price/.test(f.path)) ??
    money.find((f) => f.part === where) ??
    money[0];
  return {
    part: where,
    states: Array.from(new Set(rows.map((r) => r.state.name))),
    amount: amount?.path ?? "",
    score: rows.some((r) => r.score !== undefined) ? "" : (of.find((f) => f.type === "count" || f.type === "number")?.path ?? ""),
    chain: of.find((f) => f.ref === "chains")?.path ?? "",
    path: "",
    year,
  };
}

/** take makes candidates; what has no amount or no score is told and left out. `title` names a code or choice. */
export function take(
  found: CandidatesFound,
  t: Taking,
  title: (path: string, value: string) => string,
): { candidates: Candidate[]; without: CandidateRow[]; rivals: Rivals[] } {
  const cases = new Map(found.rows.filter((r) => r.part === "").map((r) => [r.case, r]));
  const value = (r: CandidateRow, path: string): unknown => r.values[path] ?? cases.get(r.case)?.values[path];
  const named = (r: CandidateRow, path: string) => {
    const v = path ? value(r, path) : undefined;
    return typeof v === "string" && v !== "" ? title(path, v) : "";
  };
  const candidates: Candidate[] = [];
  const without: CandidateRow[] = [];
  for (const r of found.rows.filter((x) => x.part === t.part && t.states.includes(x.state.name))) {
    const fen = Number(value(r, t.amount));
    const score = t.score === "" ? r.score : Number(value(r, t.score));
    if (!Number.isFinite(fen) || fen <= 0 || score === undefined || score === null || !Number.isFinite(score)) {
      without.push(r);
      continue;
    }
    candidates.push({
      id: r.record,
      name: r.title,
      tags: { chain: named(r, t.chain), path: named(r, t.path), district: r.region, unit: r.unit },
      committed: 0,
      lots: [
        {
          fen: Math.round(fen),
          score: hundredths(score) / 100,
          spread: t.score === "" ? hundredths(r.spread ?? 0) / 100 : 0,
          second: 0,
          year: t.year,
          source: "",
        },
      ],
    });
  }
  return { candidates, without, rivals: rivalsOf(found, candidates) };
}

/** Rivals are parts of one case, by its title: of those, one is funded at most. */
export type Rivals = { name: string; ids: string[] };

function rivalsOf(found: CandidatesFound, candidates: Candidate[]): Rivals[] {
  const row = new Map(found.rows.filter((r) => r.part !== "").map((r) => [r.record, r]));
  const groups = new Map<string, Rivals>();
  for (const c of candidates) {
    const r = row.get(c.id);
    if (!r) continue;
    const group = groups.get(r.case) ?? { name: `“${r.title.split(" · ")[0]}”`, ids: [] };
    group.ids.push(c.id);
    groups.set(r.case, group);
  }
  return Array.from(groups.values()).filter((g) => g.ids.length > 1);
}
