// The plans that were tried: what each came to, which one the present is compared with, and the way back to it.
import { Button } from "antd";
import { useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Sheet } from "../../kit/page";
import { formatMoney } from "../../words/money";
import { type Limited, type Run, scale } from "./question";

export function Runs({
  runs,
  base,
  compare,
  back,
}: {
  runs: Run[];
  base: number | undefined;
  compare: (key: number) => void;
  back: (limits: Limited) => void;
}) {
  const { t } = useSpeech();
  return (
    <Sheet title={t("plan.runs")} pad={false}>
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("plan.run")}</th>
              <th scope="col" className="right">
                {t("plan.value")}
              </th>
              <th scope="col" className="right">
                {t("plan.spent")}
              </th>
              <th scope="col" className="right">
                {t("plan.count")}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t("plan.run.do")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((r, k) => (
              <tr key={r.key}>
                <th scope="row" data-label={t("plan.run")}>
                  {t("plan.run.n", { n: r.key })} <Asks limits={r.limits} />
                </th>
                <td className="right nowrap" data-label={t("plan.value")}>
                  {r.plan.value / scale}
                </td>
                <td className="right" data-label={t("plan.spent")}>
                  <Money fen={r.plan.spent} />
                </td>
                <td className="right" data-label={t("plan.count")}>
                  {(r.plan.chosen ?? []).length}
                </td>
                <td>
                  {k === 0 ? (
                    <span className="muted">{t("plan.run.now")}</span>
                  ) : (
                    <div className="row plan-acts">
                      {r.key === base ? (
                        <span className="muted">{t("plan.run.compared")}</span>
                      ) : (
                        <Button size="small" onClick={() => compare(r.key)}>
                          {t("plan.run.compare")}
                        </Button>
                      )}
                      <Button size="small" onClick={() => back(r.limits)}>
                        {t("plan.run.back")}
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

/** Asks is what a run had to keep to, in a few words. */
export function Asks({ limits }: { limits: Limited }) {
  const { t, lang } = useSpeech();
  const rules =
    limits.quotas.length + (limits.exclusions ?? []).length + (limits.needs ?? []).length + (limits.years ?? []).length;
  const words = [
    formatMoney(limits.budget * 1_000_000, lang),
    limits.weight > 0 ? t("plan.run.weight", { n: limits.weight }) : "",
    limits.floor ? t("plan.run.floor", { n: limits.floor }) : "",
    rules > 0 ? t("plan.run.rules", { n: rules }) : "",
    Object.keys(limits.pins).length > 0 ? t("plan.run.pins", { n: Object.keys(limits.pins).length }) : "",
  ];
  return <small className="muted">{words.filter(Boolean).join(" · ")}</small>;
}
