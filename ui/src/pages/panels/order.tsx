// The order with its uncertainty: every sheet as a dot, the value with its range, who could change places, and whose sheet decides.
import { Button, Segmented } from "antd";
import { useState } from "react";
import type { Meeting, MeetingOrder } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Note } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { Called, spans, useNames } from "./called";
import { type Dot, type Scale, Spread, Ticks } from "./spread";

export function Order({ meeting: m }: { meeting: Meeting }) {
  const { t } = useSpeech();
  const { signs } = useNames(m);
  const [way, setWay] = useState<MeetingOrder["way"]>("trimmed_mean");
  const order = m.orders.find((o) => o.way === way);
  if (!order) return null;
  return (
    <Sheet
      title={t("meeting.order")}
      pad={false}
      aside={
        <Segmented
          aria-label={t("meeting.order")}
          value={way}
          onChange={setWay}
          options={m.orders.map((o) => ({ value: o.way, label: t(`meeting.way.${o.way}`) }))}
        />
      }
    >
      <p className="sheet-pad small muted">{t(`meeting.way.${way}.hint`)}</p>
      {order.apart.length > 0 && (
        <div className="sheet-pad">
          <Note status="waiting">
            {t("meeting.apart", { groups: order.apart.map((g) => signs(g)).join(t("meeting.apart.and")) })}
          </Note>
        </div>
      )}
      <Places meeting={m} order={order} />
      <Changes meeting={m} order={order} />
    </Sheet>
  );
}

/** scaleOf fits a chart to what it shows: round steps, and nothing cut off. */
function scaleOf(m: Meeting, order: MeetingOrder, dots: Dot[]): Scale {
  if (order.way === "mean_rank") return { low: 0, high: 1, step: 0.25 };
  const at = [...dots.map((d) => d.value), ...order.rows.flatMap((r) => [r.value - 2 * r.error, r.value + 2 * r.error])];
  const span = Math.max(...at) - Math.min(...at);
  const step = span > 50 ? 20 : span > 20 ? 10 : 5;
  return {
    low: Math.max(0, Math.floor(Math.min(...at) / step) * step),
    high: Math.min(Math.ceil(m.full / step) * step, Math.ceil(Math.max(...at) / step) * step),
    step,
  };
}

function useDots(m: Meeting, order: MeetingOrder): Map<string, Dot[]> {
  const { who } = useNames(m);
  const dots = new Map<string, Dot[]>();
  if (order.way === "mean_rank") return dots;
  for (const s of m.sheets) {
    const odd = m.outliers.some((o) => o.expert === s.expert && o.proposal === s.proposal);
    dots.set(s.proposal, [...(dots.get(s.proposal) ?? []), { value: s.total, name: who([s.expert]), odd }]);
  }
  return dots;
}

function Places({ meeting: m, order }: { meeting: Meeting; order: MeetingOrder }) {
  const { t } = useSpeech();
  const { of } = useNames(m);
  const dots = useDots(m, order);
  const scale = scaleOf(m, order, [...dots.values()].flat());
  const placeIn = (o: MeetingOrder, id: string) => o.rows.find((r) => r.proposal === id)?.place ?? 0;
  const others = m.orders.filter((o) => o.way !== order.way);
  return (
    <div className="table-wrap">
      <table className="matrix places">
        <caption className="visually-hidden">{t("meeting.order")}</caption>
        <thead>
          <tr>
            <th scope="col" className="right">
              {t("meeting.place")}
            </th>
            <th scope="col">{t("meeting.proposal")}</th>
            <th scope="col" className="right">
              {t("meeting.value")}
            </th>
            <th scope="col" className="places-chart">
              <span className="visually-hidden">{t("meeting.error")}</span>
              <Ticks scale={scale} />
            </th>
            <th scope="col">{t("meeting.rivals")}</th>
            {others.map((o) => (
              <th key={o.way} scope="col" className="right">
                {t(`meeting.way.${o.way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.rows.map((r) => (
            <tr key={r.proposal}>
              <td className="right strong">{r.place}</td>
              <th scope="row">
                <Called name={of(r.proposal)} />
              </th>
              <td className="right nowrap">
                {r.value.toFixed(2)}
                {r.error > 0 && <small className="muted"> ±{r.error.toFixed(2)}</small>}
              </td>
              <td className="places-chart">
                <Spread value={r.value} error={r.error} scale={scale} dots={dots.get(r.proposal) ?? []} />
              </td>
              <td className="small rivals" data-label={t("meeting.rivals")}>
                <Rivals places={r.rivals.map((id) => placeIn(order, id))} />
              </td>
              {others.map((o) => {
                const place = placeIn(o, r.proposal);
                return (
                  <td
                    key={o.way}
                    className={place === r.place ? "right muted" : "right strong moved"}
                    data-label={t(`meeting.way.${o.way}`)}
                  >
                    {place}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rivals are the places that one could change with: each where they are few, how many and between which where they are many. */
function Rivals({ places }: { places: number[] }) {
  const { t } = useSpeech();
  const list = spans(places);
  if (list.length === 0) return t("meeting.rivals.none");
  if (list.length > 3) return t("meeting.rivals.many", { n: places.length, from: Math.min(...places), to: Math.max(...places) });
  return t("meeting.rivals.places", {
    list: list.map(([from, to]) => (from === to ? `${from}` : t("meeting.rivals.span", { from, to }))).join(t("meeting.list")),
  });
}

/** How many changes are shown before somebody asks for the rest. */
const few = 6;

/** Changes is what would change the order, and the sheets to ask about. */
function Changes({ meeting: m, order }: { meeting: Meeting; order: MeetingOrder }) {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const { of, who } = useNames(m);
  const pairs = new Map<string, { above: string; below: string; experts: string[] }>();
  for (const f of order.flips) {
    const key = `${f.above} ${f.below}`;
    const pair = pairs.get(key) ?? { above: f.above, below: f.below, experts: [] };
    pair.experts.push(f.expert);
    pairs.set(key, pair);
  }
  return (
    <div className="sheet-pad meeting-changes">
      <section className="stack-s">
        <h3>{t("meeting.changes")}</h3>
        {pairs.size === 0 ? (
          <p className="muted">{t("meeting.flips.none")}</p>
        ) : (
          <ul className="stack-s">
            {[...pairs.values()].slice(0, all ? undefined : few).map((p) => (
              <li key={`${p.above} ${p.below}`}>
                <Called name={of(p.below)} /> <span className="muted">{t("meeting.over")}</span> <Called name={of(p.above)} />
                <br />
                <small className="muted">{t("meeting.flip.by", { names: who(p.experts), n: p.experts.length })}</small>
              </li>
            ))}
            {!all && pairs.size > few && (
              <li>
                <Button size="small" onClick={() => setAll(true)}>
                  {t("panels.show.rest", { n: pairs.size - few })}
                </Button>
              </li>
            )}
          </ul>
        )}
      </section>
      <section className="stack-s">
        <h3>{t("meeting.outliers")}</h3>
        {m.outliers.length === 0 && <p className="muted">{t("meeting.outliers.none")}</p>}
        {m.outliers.map((o) => (
          <Note key={`${o.expert} ${o.proposal}`} status="waiting">
            {t("meeting.outlier", {
              expert: who([o.expert]),
              proposal: `${of(o.proposal).sign} ${of(o.proposal).who}`,
              given: o.given,
              others: o.others,
            })}
          </Note>
        ))}
      </section>
    </div>
  );
}
