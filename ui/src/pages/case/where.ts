import type { Option, View } from "../../api/types";
import { useSpeech } from "../../i18n";
import { isStart, outerOf, partTitle, recordOf } from "./names";

/** useWhere says in which part an option is, and what that part is about: experts give an opinion on each of several bids. */
export function useWhere(view: View): (option: Option) => string {
  const { t, tx } = useSpeech();
  return (option) => {
    if (!option.part) return "";
    const part = tx(option.of.part ?? partTitle(view, option.part)) || option.part;
    if (isStart(option)) return t("case.part.new", { part });
    const own = t("case.part", { part, n: option.number ?? "" });
    const outer = outerOf(view, recordOf(view, option.record));
    if (!outer) return own;
    const who = outer.record.seats.flatMap((s) => s.holders.map((h) => h.name))[0];
    const about = t("case.part", { part: tx(outer.part.title), n: outer.record.number });
    return `${own} · ${who ? `${about} ${who}` : about}`;
  };
}
