import type { MechanismItem } from "../api/types";
import type { LangText } from "../i18n";

export type Group = { name: string; title?: LangText; items: MechanismItem[] };

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
