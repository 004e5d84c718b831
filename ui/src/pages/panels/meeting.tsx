// The chair's meeting: what experts gave, how far the order can be trusted, what would change it, and in which order to discuss.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { Meeting, MeetingOrder } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { Interval } from "./interval";

export function MeetingPage() {
  const { t } = useSpeech();
  const { cases = "" } = useSearch({ strict: false }) as { cases?: string };
  const ids = cases.split(",").filter(Boolean);
  const meeting = useQuery({ ...q.meeting(ids), enabled: ids.length > 0 });
  return (
    <div className="stack-l panel-page">
      <PageHead title={t("meeting.title")} back={{ to: "/panels", label: t("nav.panels") }} lead={t("meeting.lead")}>
        <Button onClick={() => window.print()}>{t("plan.print")}</Button>
      </PageHead>
      {ids.length === 0 ? (
        <Empty icon="panel" title={t("meeting.none")} />
      ) : (
        <Load query={meeting} bones={<Bones lines={12} />}>
          {(m) => <Body meeting={m} />}
        </Load>
      )}
    </div>
  );
}

function Body({ meeting: m }: { meeting: Meeting }) {
  const { t, tx } = useSpeech();
  const [way, setWay] = useState<MeetingOrder["way"]>("trimmed_mean");
  const order = m.orders.find((o) => o.way === way);
  return (
    <>
      <div className="row">
        {m.cases.map((c) => (
          <span key={c.case} className="row">
            <span className="strong">{c.title}</span>
            <Standing status={standingOf(c.state)}>{tx(c.state.title)}</Standing>
          </span>
        ))}
      </div>
      {m.sealed && <Note status="running">{t("meeting.sealed")}</Note>}
      {m.pending > 0 && <Note status="waiting">{t("meeting.pending", { n: m.pending })}</Note>}
      <Agenda meeting={m} />
      {order && (
        <Sheet
          title={t("meeting.order")}
          pad={false}
          aside={
            <Segmented
              size="small"
              aria-label={t("meeting.order")}
              value={way}
              onChange={setWay}
              options={m.orders.map((o) => ({ value: o.way, label: t(`meeting.way.${o.way}`) }))}
            />
          }
        >
          <Places meeting={m} order={order} />
        </Sheet>
      )}
      {m.sheets.length > 0 && <Marks meeting={m} />}
    </>
  );
}

/** names looks up what experts and proposals are called. */
function useNames(m: Meeting) {
  const { lang } = useSpeech();
  const people = new Map(m.experts.map((x) => [x.party, x.name]));
  const labels = new Map(m.proposals.map((p) => [p.id, p.label]));
  return {
    who: (list: string[]) => list.map((p) => people.get(p) ?? p).join(lang === "zh" ? "、" : ", "),
    what: (id: string) => labels.get(id) ?? id,
  };
}

function Agenda({ meeting: m }: { meeting: Meeting }) {
  const { t } = useSpeech();
  const { who, what } = useNames(m);
  if (m.agenda.length === 0) return null;
  return (
    <Sheet title={t("meeting.agenda")}>
      <div className="stack">
        <p className="muted">
          {m.exits === 0
            ? t("meeting.exits.none")
            : t(m.least ? "meeting.exits.least" : "meeting.exits", { n: m.exits, plain: m.byNumber })}
        </p>
        <ol className="agenda">
          {m.agenda.map((a) => (
            <li key={a.proposal}>
              <span className="strong">{what(a.proposal)}</span>
              {a.in.length > 0 && <span className="small"> · {t("meeting.in", { names: who(a.in) })}</span>}
              {a.out.length > 0 && (
                <span className="small">
                  {" "}
                  · <Standing status="waiting">{t("meeting.out", { names: who(a.out) })}</Standing>
                </span>
              )}
              {a.out.length === 0 && a.leaves.length > 0 && (
                <span className="small muted"> · {t("meeting.stay", { names: who(a.leaves) })}</span>
              )}
            </li>
          ))}
        </ol>
      </div>
    </Sheet>
  );
}

function Places({ meeting: m, order }: { meeting: Meeting; order: MeetingOrder }) {
  const { t } = useSpeech();
  const { who, what } = useNames(m);
  const rank = order.way === "mean_rank";
  const high = rank ? 1 : m.full;
  return (
    <>
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="right">
                {t("meeting.place")}
              </th>
              <th scope="col">{t("meeting.proposal")}</th>
              <th scope="col" className="right">
                {t("meeting.value")}
              </th>
              <th scope="col">{t("meeting.error")}</th>
              <th scope="col">{t("meeting.rivals")}</th>
            </tr>
          </thead>
          <tbody>
            {order.rows.map((r) => (
              <tr key={r.proposal}>
                <td className="right" data-label={t("meeting.place")}>
                  {r.place}
                </td>
                <th scope="row" data-label={t("meeting.proposal")}>
                  {what(r.proposal)}
                </th>
                <td className="right nowrap" data-label={t("meeting.value")}>
                  {r.value.toFixed(2)}
                  {r.error > 0 && <small className="muted"> ±{r.error.toFixed(2)}</small>}
                </td>
                <td data-label={t("meeting.error")}>
                  <Interval value={r.value} error={r.error} high={high} />
                </td>
                <td data-label={t("meeting.rivals")}>
                  {r.rivals.length > 0 ? r.rivals.map(what).join(t("word.and")) : t("word.none")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="sheet-pad stack-s">
        {order.apart.length > 0 && (
          <p>
            {t("meeting.apart", { groups: order.apart.map((g) => g.map(what).join(t("word.and"))).join(t("meeting.apart.and")) })}
          </p>
        )}
        {order.flips.length === 0 ? (
          <p className="muted">{t("meeting.flips.none")}</p>
        ) : (
          order.flips.map((f, i) => (
            <p key={i}>{t("meeting.flip", { expert: who([f.expert]), above: what(f.above), below: what(f.below) })}</p>
          ))
        )}
      </div>
    </>
  );
}

/** Marks is every sheet, with who is harsh or mild and which sheet is unlike the others. */
function Marks({ meeting: m }: { meeting: Meeting }) {
  const { t, tx } = useSpeech();
  const { who, what } = useNames(m);
  const sheet = (x: string, p: string) => m.sheets.find((s) => s.expert === x && s.proposal === p);
  const odd = (x: string, p: string) => m.outliers.find((o) => o.expert === x && o.proposal === p);
  return (
    <>
      <Sheet title={t("meeting.marks")} pad={false}>
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("panels.expert")}</th>
                {m.proposals.map((p) => (
                  <th key={p.id} scope="col" className="right">
                    {p.label}
                  </th>
                ))}
                <th scope="col" className="right">
                  {t("meeting.bias")}
                </th>
              </tr>
            </thead>
            <tbody>
              {m.experts.map((x) => (
                <tr key={x.party}>
                  <th scope="row" data-label={t("panels.expert")}>
                    {x.name}
                  </th>
                  {m.proposals.map((p) => {
                    const s = sheet(x.party, p.id);
                    return (
                      <td key={p.id} className="right" data-label={p.label}>
                        {s ? (
                          <span title={m.criteria.map((c) => `${tx(c.title)} ${s.marks[c.name] ?? ""}`).join("\n")}>
                            {odd(x.party, p.id) ? <Standing status="waiting">{s.total}</Standing> : s.total}
                          </span>
                        ) : (
                          <span className="muted">{t("word.none")}</span>
                        )}
                      </td>
                    );
                  })}
                  <td className="right" data-label={t("meeting.bias")}>
                    {x.bias == null ? t("word.none") : `${x.bias > 0 ? "+" : ""}${x.bias.toFixed(1)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="sheet-pad stack-s">
          <p className="small muted">{t("meeting.bias.hint")}</p>
          {m.outliers.map((o, i) => (
            <p key={i}>
              {t("meeting.outlier", { expert: who([o.expert]), proposal: what(o.proposal), given: o.given, others: o.others })}
            </p>
          ))}
        </div>
      </Sheet>
      <Sheet title={t("meeting.texts")}>
        <div className="stack">
          {m.proposals.map((p) => (
            <section key={p.id} className="stack-s">
              <h3>{p.label}</h3>
              {m.sheets
                .filter((s) => s.proposal === p.id)
                .flatMap((s) => s.texts)
                .map((text, i) => (
                  <p key={i}>{text}</p>
                ))}
            </section>
          ))}
        </div>
      </Sheet>
    </>
  );
}
