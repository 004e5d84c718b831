// The lots of a draw as they came: who was drawn, who left and who took the place, and who was never reached.
import { useSpeech } from "../../i18n";
import { Sheet } from "../../kit/page";
import { Standing } from "../../kit/standing";
import type { DrawRecord } from "./replay";

type Fate = "drawn" | "instead" | "left" | "passed" | "waiting";

/** fateOf is what became of somebody in the order of lots. */
export function fateOf(r: DrawRecord, id: string): Fate {
  if ((r.left ?? []).some((l) => l.person === id)) return "left";
  if (r.drawn.includes(id)) return "drawn";
  if (r.panel.includes(id)) return "instead";
  const last = Math.max(...[...r.drawn, ...r.panel].map((x) => r.order.indexOf(x)));
  return r.order.indexOf(id) < last ? "passed" : "waiting";
}

const statuses = { drawn: "done", instead: "done", left: "stopped", passed: "stopped", waiting: "running" } as const;

export function Lots({ record: r, names }: { record: DrawRecord; names: Map<string, string> }) {
  const { t } = useSpeech();
  const shown = r.order.filter((id) => fateOf(r, id) !== "waiting");
  return (
    <Sheet
      title={t("replay.lots")}
      pad={false}
      aside={
        <span className="small muted">
          {t("replay.numbers", {
            pool: r.pool.length,
            excluded: (r.excluded ?? []).length,
            size: r.criteria.size,
            left: (r.left ?? []).length,
          })}
        </span>
      }
    >
      <ol className="lots">
        {shown.map((id) => {
          const fate = fateOf(r, id);
          return (
            <li key={id}>
              <span className="lot right muted">{r.order.indexOf(id) + 1}</span>
              <span>{names.get(id) ?? <code>{id}</code>}</span>
              <Standing status={statuses[fate]} icon={fate === "instead" ? "arrow" : fate === "left" ? "out" : undefined}>
                {t(`replay.fate.${fate}`)}
              </Standing>
            </li>
          );
        })}
      </ol>
      <p className="review-tells small muted">{t("replay.rest", { n: r.order.length - shown.length })}</p>
    </Sheet>
  );
}
