// The answer: the plan, what changed, what limits cost, the trade-off of two aims. The projects with their reasons are in projects.tsx.
import { Button } from "antd";
import type { PortfolioMemo } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { crossing } from "../../kit/chart-shapes";
import { Money } from "../../kit/figures";
import { Note } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { formatMoney } from "../../words/money";
import { type Asked, difference, type Plan, type Run, scale } from "./question";

const gap = (ppm: number) => `${(ppm / 10_000).toFixed(4)}%`;

export function Summary({ memo, last, asked }: { memo: PortfolioMemo & { plan: Plan }; last: Run | undefined; asked: Asked }) {
  const { t } = useSpeech();
  const plan = memo.plan;
  const steps = memo.proof ? (memo.proof.first ?? []).length + (memo.proof.tree ?? []).length : 0;
  return (
    <div className="stack">
      <dl className="numbers">
        <div>
          <dt>{t("plan.value")}</dt>
          <dd>{plan.value / scale}</dd>
        </div>
        <div>
          <dt>{t("plan.count")}</dt>
          <dd>{t("plan.count.n", { n: plan.chosen.length, all: asked.candidates.length })}</dd>
        </div>
        <div>
          <dt>{t("plan.spent")}</dt>
          <dd>
            <Money fen={plan.spent} />
          </dd>
        </div>
      </dl>
      <p className="row">
        {plan.proved ? (
          <Standing status="done">{t("plan.proved")}</Standing>
        ) : (
          <Standing status="running">
            {t("plan.gap", { gap: gap(((plan.bound - plan.value) / Math.max(plan.value, 1)) * 1_000_000) })}
          </Standing>
        )}
        <span className="small muted">{steps > 0 ? t("plan.proof.steps", { n: steps }) : t("plan.proof.none")}</span>
      </p>
      {last && <Changes was={last} is={plan} asked={asked} />}
      {memo.stability && (
        <p>
          {t("plan.kept.lead", {
            tries: memo.stability.tries,
            same: memo.stability.same,
            worst: `${(memo.stability.regret.worst / 10_000).toFixed(2)}%`,
          })}
        </p>
      )}
      <p className="small muted">
        {t("plan.digest")} <code className="digest">{plan.digest}</code>
      </p>
    </div>
  );
}

/** Changes is who came in and who went out since another plan. */
function Changes({ was, is, asked }: { was: Run; is: Plan; asked: Asked }) {
  const { t, lang } = useSpeech();
  const name = new Map(asked.candidates.map((c) => [c.id, c.name]));
  const names = (ids: string[]) => ids.map((id) => name.get(id) ?? id).join(lang === "zh" ? "、" : ", ");
  const d = difference(was.plan, is);
  const signed = (n: number) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "0");
  if (d.in.length + d.out.length === 0) return <p className="muted">{t("plan.same", { n: was.key })}</p>;
  return (
    <div className="plan-changes">
      <p className="strong">
        {t("plan.diff", {
          n: was.key,
          value: signed(d.value / scale),
          spent: `${d.spent > 0 ? "+" : d.spent < 0 ? "−" : ""}${formatMoney(Math.abs(d.spent), lang)}`,
        })}
      </p>
      {d.in.length > 0 && (
        <p>
          <span className="muted">{t("plan.diff.in")}</span> {names(d.in)}
        </p>
      )}
      {d.out.length > 0 && (
        <p>
          <span className="muted">{t("plan.diff.out")}</span> {names(d.out)}
        </p>
      )}
    </div>
  );
}

export function Clash({ conflict }: { conflict: NonNullable<PortfolioMemo["conflict"]> }) {
  const { t, tx, lang } = useSpeech();
  const amount = (n: number, unit: string) =>
    unit === "fen"
      ? formatMoney(n, lang)
      : unit === "ppm"
        ? `${n / 10_000}%`
        : unit === "points"
          ? t("plan.points", { n: n / 100 })
          : t("plan.items", { n });
  return (
    <Note status="returned" loud>
      <h2>{t("plan.conflict")}</h2>
      <ul>
        {conflict.limits.map((w) => (
          <li key={w.id}>
            <strong>{tx(w.name)}</strong>{" "}
            {!w.alone
              ? t("plan.conflict.more")
              : w.needed === undefined
                ? t("plan.conflict.drop")
                : t("plan.conflict.change", { asked: amount(w.asked, w.unit), needed: amount(w.needed, w.unit) })}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** Costs is how far each limit is used, what it costs the plan, and what the next money would bring. */
export function Costs({ memo, asked }: { memo: PortfolioMemo; asked: Asked }) {
  const { t, tx, lang } = useSpeech();
  const name = new Map(asked.candidates.map((c) => [c.id, c.name]));
  const names = (ids: string[]) => ids.map((id) => name.get(id) ?? id).join(lang === "zh" ? "、" : ", ");
  const amount = (n: number | undefined, unit: string) =>
    n === undefined
      ? "–"
      : unit === "fen"
        ? formatMoney(n, lang)
        : unit === "ppm"
          ? `${n / 10_000}%`
          : String(unit === "points" ? n / 100 : n);
  const costs = new Map((memo.costs ?? []).map((c) => [c.id, c]));
  const more = memo.costs?.flatMap((c) => c.next ?? [])[0]?.more;
  return (
    <Sheet title={t(memo.costs ? "plan.costs" : "plan.uses")} pad={false}>
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("plan.limit")}</th>
              <th scope="col" className="right">
                {t("plan.used")}
              </th>
              <th scope="col" className="right">
                {t("plan.least.most")}
              </th>
              {memo.costs && (
                <th scope="col" className="right">
                  {t("plan.gain")}
                </th>
              )}
              {more !== undefined && <th scope="col">{t("plan.next", { more: formatMoney(more, lang) })}</th>}
            </tr>
          </thead>
          <tbody>
            {(memo.plan?.limits ?? []).map((u) => {
              const c = costs.get(u.id);
              const next = c?.next?.[0];
              return (
                <tr key={u.id}>
                  <th scope="row" data-label={t("plan.limit")}>
                    {tx(u.name)} {u.tight && <small className="muted">{t("plan.tight")}</small>}
                  </th>
                  <td className="right" data-label={t("plan.used")}>
                    {u.kind === "dependency" ? "–" : amount(u.used, u.unit)}
                  </td>
                  <td className="right" data-label={t("plan.least.most")}>
                    {u.kind === "dependency" ? "–" : `${amount(u.least, u.unit)} / ${amount(u.most, u.unit)}`}
                  </td>
                  {memo.costs && (
                    <td className="right" data-label={t("plan.gain")}>
                      {c ? `${c.at_most > c.gain ? "≥ " : ""}${c.gain / scale}` : "–"}
                    </td>
                  )}
                  {more !== undefined && (
                    <td data-label={t("plan.next", { more: formatMoney(more, lang) })}>
                      {next ? (
                        <>
                          <strong>{next.gain / scale}</strong>
                          {(next.chosen ?? []).length > 0 && (
                            <small className="muted plan-next">
                              {t("plan.diff.in")} {names(next.chosen ?? [])}
                            </small>
                          )}
                          {(next.gone ?? []).length > 0 && (
                            <small className="muted plan-next">
                              {t("plan.diff.out")} {names(next.gone ?? [])}
                            </small>
                          )}
                        </>
                      ) : (
                        "–"
                      )}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

/** Front is every compromise between the two aims, this plan among them; taking one asks for so much of the second aim. */
export function Front({
  front,
  plan,
  take,
}: {
  front: NonNullable<PortfolioMemo["front"]>;
  plan: Plan;
  take: (floor: number) => void;
}) {
  const { t } = useSpeech();
  const total = (aim: string) => (plan.totals ?? []).find((x) => x.aim === aim)?.value ?? 0;
  const [a, b] = [total(front.a) / 100, total(front.b) / 100];
  const points = front.points.map((p) => ({ x: p.b / 100, y: p.a / 100 }));
  return (
    <Sheet title={t("plan.front")}>
      <Chart
        title={t("plan.front")}
        aside={front.complete ? t("plan.front.all", { n: points.length }) : t("plan.front.some")}
        table={{
          head: [t("plan.second"), t("plan.score"), ""],
          rows: points.map((p) => [
            String(p.x),
            String(p.y),
            p.x === b && p.y === a ? (
              t("plan.front.here")
            ) : (
              <Button key="take" size="small" className="no-print" onClick={() => take(p.x)}>
                {t("plan.front.take")}
              </Button>
            ),
          ]),
        }}
        draw={(look) =>
          crossing(look, {
            x: t("plan.second"),
            y: t("plan.score"),
            series: [
              { name: t("plan.front.points"), points },
              { name: t("plan.front.here"), points: [{ x: b, y: a }], single: true },
            ],
          })
        }
        empty={points.length < 2}
      />
      <p className="small muted no-print">{t("plan.front.way")}</p>
    </Sheet>
  );
}
