// What proposals and experts are called in a meeting: short enough for a chart's row, and told apart where several cases are discussed.
import type { Meeting } from "../../api/types";
import { useSpeech } from "../../i18n";

/** Name is a proposal's short sign (A1), and whose it is. */
export type Name = { sign: string; who: string; label: string };

/** letterOf is the letter of a case in a meeting: A to Z, then AA, AB. */
export function letterOf(m: Meeting, id: string): string {
  const i = m.cases.findIndex((c) => c.case === id);
  const last = String.fromCharCode(65 + (i % 26));
  return i < 26 ? last : String.fromCharCode(64 + Math.floor(i / 26)) + last;
}

/** useNames looks up what experts and proposals are called. */
export function useNames(m: Meeting) {
  const { t, lang } = useSpeech();
  const people = new Map(m.experts.map((x) => [x.party, x.name]));
  const names = new Map<string, Name>();
  for (const p of m.proposals) {
    const letter = m.cases.length > 1 ? letterOf(m, p.case) : "";
    const sign = letter + (p.number || "") || t("meeting.one");
    names.set(p.id, { sign, who: p.who ?? (p.number ? "" : p.label), label: p.label });
  }
  const join = lang === "zh" ? "、" : ", ";
  return {
    who: (list: string[]) => list.map((p) => people.get(p) ?? p).join(join),
    of: (id: string): Name => names.get(id) ?? { sign: "?", who: id, label: id },
    signs: (list: string[]) => list.map((id) => names.get(id)?.sign ?? id).join(join),
  };
}

/** spans writes numbers in few words: 1, 2, 3 and 7 are 1–3 and 7. */
export function spans(list: number[]): [number, number][] {
  const out: [number, number][] = [];
  for (const n of [...new Set(list)].toSorted((a, b) => a - b)) {
    const last = out.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else out.push([n, n]);
  }
  return out;
}

/** Called is a proposal by its sign and whose it is. */
export function Called({ name }: { name: Name }) {
  return (
    <span className="called-name" title={name.label}>
      <span className="called">{name.sign}</span> {name.who}
    </span>
  );
}
