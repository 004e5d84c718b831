import type { MechanismItem } from "../api/types";
import type { LangText } from "../i18n";

export type Group = { name: string; title?: LangText; items: MechanismItem[] };

/** wanted keeps the mechanisms whose purpose, title or heading has every word that is looked for, in either language. */
export function wanted(mechanisms: readonly MechanismItem[], find: string): MechanismItem[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return mechanisms.filter((m) => {
    const said = [m.purpose, m.title, m.group?.title, m.opener.title]
      .flatMap((x) => [x?.zh, x?.en])
      .join(" ")
      .toLowerCase();
    return words.every((w) => said.includes(w));
  });
}

/** grouped puts mechanisms under the headings of the pack, in the order in which they come; what has no heading comes as it is. */
export function grouped(mechanisms: readonly MechanismItem[]): Group[] {
  const groups = new Map<string, Group>();
  for (const m of mechanisms) {
    const name = m.group?.name ?? "";
    const known = groups.get(name);
    if (known) known.items.push(m);
    else groups.set(name, { name, title: m.group?.title, items: [m] });
  }
  return [...groups.values()];
}
