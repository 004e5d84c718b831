// The answer: the plan, what changed, the reason for each project, what limits cost, the trade-off of two aims.
import { Select } from "antd";
import type { PortfolioMemo } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { lines } from "../../kit/chart-shapes";
import { Money } from "../../kit/figures";
import { Note } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { formatMoney } from "../../words/money";
import { type Asked, difference, type Pins } from "./question";

type Plan = NonNullable<PortfolioMemo["plan"]>;

const gap = (ppm: number) => `${(ppm / 10_000).toFixed(4)}%`;

export function Summary({ plan, last, asked }: { plan: Plan; last: Plan | null; asked: Asked }) {
  const { t, lang } = useSpeech();
  const name = new Map(asked.candidates.map((c) => [c.id, c.name]));
  const names = (ids: string[]) => ids.map((id) => name.get(id) ?? id).join(lang === "zh" ? "、" : ", ");
  const d = last ? difference(last, plan) : null;
  const signed = (n: number) => (n > 0 ? `+${n}` : String(n));
  return (
    <div className="stack">
      <dl className="numbers">
        <div>
          <dt>{t("plan.value")}</dt>
          <dd>{plan.value / 100}</dd>
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
      <p>
        {plan.proved ? (
          <Standing status="done">{t("plan.proved")}</Standing>
        ) : (
          <Standing status="running">
            {t("plan.gap", { gap: gap(((plan.bound - plan.value) / Math.max(plan.value, 1)) * 1_000_000) })}
          </Standing>
        )}
      </p>
      {d && d.in.length + d.out.length === 0 && <p className="muted">{t("plan.same")}</p>}
      {d && d.in.length + d.out.length > 0 && (
        <div>
          <p>
            {t("plan.diff", {
              value: signed(d.value / 100),
              spent: `${d.spent > 0 ? "+" : d.spent < 0 ? "−" : ""}${formatMoney(Math.abs(d.spent), lang)}`,
            })}
          </p>
          {d.in.length > 0 && (
            <p>
              {t("plan.diff.in")} {names(d.in)}
            </p>
          )}
          {d.out.length > 0 && (
            <p>
              {t("plan.diff.out")} {names(d.out)}
            </p>
          )}
        </div>
      )}
      <p className="small muted">
        {t("plan.digest")} <code className="digest">{plan.digest}</code>
      </p>
    </div>
  );
}

/** Projects is every candidate with its result, its reason and where a person may pin it. */
export function Projects({ asked, memo, pin }: { asked: Asked; memo: PortfolioMemo | null; pin: (pins: Pins) => void }) {
  const { t, tx } = useSpeech();
  const chosen = new Map((memo?.plan?.chosen ?? []).map((c) => [c.candidate, c.lot]));
  const reasons = new Map((memo?.reasons ?? []).map((r) => [r.candidate, r]));
  const order = asked.candidates
    .map((c, k) => ({ c, k }))
    .toSorted(
      (a, b) => Number(chosen.has(b.c.id)) - Number(chosen.has(a.c.id)) || (b.c.lots[0]?.score ?? 0) - (a.c.lots[0]?.score ?? 0),
    );
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("plan.project")}</th>
            <th scope="col" className="right">
              {t("plan.amount")}
            </th>
            <th scope="col" className="right">
              {t("plan.score")}
            </th>
            <th scope="col">{t("plan.decision")}</th>
            <th scope="col">{t("plan.reason")}</th>
            {memo?.stability && (
              <th scope="col" className="right">
                {t("plan.kept")}
              </th>
            )}
            <th scope="col" className="no-print">
              {t("plan.pin")}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.map(({ c, k }) => {
            const lot = chosen.get(c.id);
            const shown = c.lots[(lot ?? 1) - 1] ?? c.lots[0];
            return (
              <tr key={c.id}>
                <th scope="row" data-label={t("plan.project")}>
                  {c.name}
                  <br />
                  <small className="muted">
                    {[c.tags.chain, c.tags.path, c.tags.district, c.tags.unit].filter(Boolean).join(" · ")}
                  </small>
                </th>
                <td className="right" data-label={t("plan.amount")}>
                  {shown && <Money fen={shown.fen} />}
                </td>
                <td className="right nowrap" data-label={t("plan.score")}>
                  {shown?.score}
                  {shown && shown.spread > 0 && <small className="muted"> ±{shown.spread}</small>}
                </td>
                <td data-label={t("plan.decision")}>
                  {memo?.plan &&
                    (lot ? (
                      <Standing status="done">{c.lots.length > 1 ? t("plan.in.lot", { n: lot }) : t("plan.in")}</Standing>
                    ) : (
                      <Standing status="stopped">{t("plan.out")}</Standing>
                    ))}
                </td>
                <td data-label={t("plan.reason")}>{tx(reasons.get(c.id)?.text)}</td>
                {memo?.stability && (
                  <td className="right nowrap" data-label={t("plan.kept")}>
                    {t("plan.kept.n", { n: memo.stability.kept[k] ?? 0, all: memo.stability.tries })}
                  </td>
                )}
                <td className="no-print" data-label={t("plan.pin")}>
                  <Select
                    aria-label={`${t("plan.pin")} ${c.name}`}
                    size="small"
                    value={asked.pins[c.id] ?? "free"}
                    style={{ minWidth: 88 }}
                    onChange={(v) => {
                      const { [c.id]: _, ...rest } = asked.pins;
                      pin(v === "free" ? rest : { ...rest, [c.id]: v as "in" | "out" });
                    }}
                    options={(["free", "in", "out"] as const).map((p) => ({ value: p, label: t(`plan.pin.${p}`) }))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function Clash({ conflict }: { conflict: NonNullable<PortfolioMemo["conflict"]> }) {
  const { t, tx, lang } = useSpeech();
  const amount = (n: number, unit: string) =>
    unit === "fen" ? formatMoney(n, lang) : unit === "ppm" ? `${n / 10_000}%` : String(n);
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

/** Costs is what each limit costs the plan, and what the next money would bring. */
export function Costs({ memo }: { memo: PortfolioMemo }) {
  const { t, tx, lang } = useSpeech();
  const amount = (n: number | undefined, unit: string) =>
    n === undefined ? "–" : unit === "fen" ? formatMoney(n, lang) : unit === "ppm" ? `${n / 10_000}%` : String(n);
  const uses = new Map((memo.plan?.limits ?? []).map((l) => [l.id, l]));
  const more = memo.costs?.flatMap((c) => c.next ?? [])[0]?.more;
  return (
    <Sheet title={t("plan.costs")} pad={false}>
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
              <th scope="col" className="right">
                {t("plan.gain")}
              </th>
              {more !== undefined && (
                <th scope="col" className="right">
                  {t("plan.next", { more: formatMoney(more, lang) })}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {(memo.costs ?? []).map((c) => {
              const u = uses.get(c.id);
              const next = c.next?.[0];
              return (
                <tr key={c.id}>
                  <th scope="row">{tx(c.name)}</th>
                  <td className="right">{u && amount(u.used, u.unit)}</td>
                  <td className="right">{u && `${amount(u.least, u.unit)} / ${amount(u.most, u.unit)}`}</td>
                  <td className="right">{c.gain / 100}</td>
                  {more !== undefined && <td className="right">{next ? next.gain / 100 : "–"}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

export function Front({ front }: { front: NonNullable<PortfolioMemo["front"]> }) {
  const { t } = useSpeech();
  return (
    <Sheet title={t("plan.front")}>
      <Chart
        title={t("plan.front")}
        aside={front.complete ? undefined : t("plan.front.some")}
        table={{ head: [t("plan.second"), t("plan.score")], rows: front.points.map((p) => [String(p.b), String(p.a)]) }}
        draw={(look) => {
          const option = lines(look, {
            x: front.points.map((p) => String(p.b)),
            unit: t("plan.score"),
            series: [{ name: t("plan.score"), values: front.points.map((p) => p.a) }],
          });
          return { ...option, yAxis: { ...(option.yAxis as object), scale: true } };
        }}
        empty={front.points.length < 2}
      />
    </Sheet>
  );
}
