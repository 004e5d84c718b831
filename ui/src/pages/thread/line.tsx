import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { components } from "../../api/schema";
import type { ThreadNode } from "../../api/types";
import { Icon } from "../../design/icons";
import { type Key, useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Standing, standingOf } from "../../kit/standing";
import { formatDay } from "../../words/date";
import { formatShare } from "../../words/share";
import { lanes, type Row } from "./lanes";
import { useSource } from "./money";

type Edge = components["schemas"]["ThreadEdge"];
type Event = components["schemas"]["ThreadEvent"];

const step = 16; // between lanes
const dot = 22; // from the top of a row to its dot

/** TimeLine is the thread from its beginning: a row each, and lines between what comes from what. */
export function TimeLine({ rows, edges, here }: { rows: ThreadNode[]; edges: Edge[]; here: string }) {
  const { tx } = useSpeech();
  const placed = lanes(
    rows.map((n) => n.id),
    edges.map((e) => ({ from: e.from, to: e.to, title: tx(e.title) })),
  );
  const width = placed.width * step + 8;
  return (
    <ol className="thread-line" style={{ "--rail": `${width}px` } as React.CSSProperties}>
      {rows.map((n, i) => {
        const row = placed.rows[i];
        return row ? <Stop key={n.id} node={n} row={row} rows={rows} width={width} here={n.id === here} /> : null;
      })}
    </ol>
  );
}

function Stop({
  node,
  row,
  rows,
  width,
  here,
}: {
  node: ThreadNode;
  row: Row;
  rows: ThreadNode[];
  width: number;
  here: boolean;
}) {
  const { t, tx } = useSpeech();
  const at = node.opened ?? node.last;
  return (
    <li id={node.id} className={here ? "thread-stop here" : "thread-stop"}>
      <Rail row={row} width={width} record={node.what === "record"} good={node.state?.good ?? false} />
      <div className="thread-card">
        <p className="row small">
          {at && <time dateTime={at}>{formatDay(at)}</time>}
          <span className="muted">{tx(node.kindTitle)}</span>
          {here && <span className="badge s-running">{t("thread.here")}</span>}
        </p>
        {node.seen ? (
          <Seen node={node} />
        ) : (
          <p className="muted row">
            <Icon name="lock" size={12} />
            {t("thread.unseen")}
          </p>
        )}
        <From row={row} rows={rows} />
      </div>
    </li>
  );
}

/** From names what a row comes from: the lines say it to the eye, these words to everybody. */
function From({ row, rows }: { row: Row; rows: ThreadNode[] }) {
  const { t, tx } = useSpeech();
  if (row.from.length === 0) return null;
  const names = row.from.map((f) => {
    const n = rows.find((x) => x.id === f.id);
    return n ? `${tx(n.kindTitle)}${n.title ? `“${n.title}”` : ""}` : "";
  });
  return <p className="small muted">{t("thread.from", { what: names.filter(Boolean).join("；") })}</p>;
}

function Seen({ node }: { node: ThreadNode }) {
  const { tx } = useSpeech();
  return (
    <>
      <p className="row">
        {node.what === "case" ? (
          <Link to="/cases/$id" params={{ id: node.id }} className="strong">
            {node.title || tx(node.kindTitle)}
          </Link>
        ) : (
          <RecordLink node={node} />
        )}
        {node.state && <Standing status={standingOf(node.state)}>{tx(node.state.title)}</Standing>}
        {node.status && <span className="badge s-running">{node.status}</span>}
        {node.owner && <span className="muted">{node.owner}</span>}
      </p>
      <NodeMoney node={node} />
      <Events events={node.events ?? []} asset={node.asset} />
    </>
  );
}

function RecordLink({ node }: { node: ThreadNode }) {
  const to =
    node.asset === "rights" ? "/assets/rights/$id" : node.asset === "shares" ? "/assets/shares/$id" : "/register/records/$id";
  return (
    <Link to={to} params={{ id: node.id }} className="strong">
      {node.title}
    </Link>
  );
}

function NodeMoney({ node }: { node: ThreadNode }) {
  const { t, tx } = useSpeech();
  const name = useSource();
  const results = (node.results ?? []).filter((r) => r.unit === "元" && r.amount !== 0);
  if (!node.money?.length && results.length === 0) return null;
  return (
    <ul className="thread-money">
      {(node.money ?? []).map((m) => (
        <li key={`${m.kind} ${m.source?.zh}`}>
          {name(m)} <Money fen={m.in} />
          {m.paid ? (
            <span className="muted">
              {" "}
              {t("thread.paid")} <Money fen={m.paid} />
            </span>
          ) : null}
          {m.held ? (
            <span className="muted">
              {" "}
              {t("thread.held")} <Money fen={m.held} />
            </span>
          ) : null}
          {m.owed ? (
            <span className="tone-returned">
              {" "}
              {t("thread.owed")} <Money fen={m.owed} />
            </span>
          ) : null}
        </li>
      ))}
      {results.map((r) => (
        <li key={r.kind}>
          {tx(r.title)} <Money fen={r.amount} />
        </li>
      ))}
    </ul>
  );
}

const few = 6; // and two more are not worth a button

/** Events are the steps that mattered. Of many, the last ones are shown first and the rest on request; on paper all are there. */
function Events({ events, asset }: { events: Event[]; asset?: string }) {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  if (events.length === 0) return null;
  const many = events.length > few + 2;
  const hide = all || !many ? 0 : events.length - few;
  return (
    <>
      {many && (
        <Button type="link" size="small" className="thread-more no-print" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("thread.less") : t("thread.all", { n: events.length })}
        </Button>
      )}
      <ol className="thread-events">
        {events.map((e, i) => (
          <li key={i} className={i < hide ? "thread-hidden" : undefined}>
            <time dateTime={e.at} className={i > hide && same(e, events[i - 1]) ? "again" : undefined}>
              {formatDay(e.at)}
            </time>
            <EventWords event={e} asset={asset} />
          </li>
        ))}
      </ol>
    </>
  );
}

const same = (a: Event, b: Event | undefined) => !!b && formatDay(a.at) === formatDay(b.at);

function EventWords({ event: e, asset }: { event: Event; asset?: string }) {
  const { t, tx } = useSpeech();
  const act = e.act ? t(`${asset}.k.${e.act}` as Key) : "";
  return (
    <span>
      {e.part && `${e.number ? t("thread.part", { part: tx(e.part), n: e.number }) : tx(e.part)} · `}
      {[act, tx(e.title)].filter(Boolean).join(" ")}
      {e.to && tx(e.to) && <span className={e.good ? "tone-done" : "muted"}> → {tx(e.to)}</span>}
      {(e.given ?? []).map((g, i) => (
        <span key={i} className="thread-moved">
          {g.to}{" "}
          {g.amount > 0 &&
            (asset === "shares" ? t("thread.shares", { n: g.amount.toLocaleString("en-US") }) : formatShare(g.amount))}
        </span>
      ))}
      {(e.moved ?? []).map((m, i) => (
        <span key={i} className="thread-moved">
          {t(`thread.m.${m.kind}` as Key)} <Money fen={m.amount} />
          {m.who && <span className="muted"> {m.who}</span>}
        </span>
      ))}
    </span>
  );
}

/** Rail draws the lines beside a row. They only repeat what the words say. */
function Rail({ row, width, record, good }: { row: Row; width: number; record: boolean; good: boolean }) {
  const x = (lane: number) => lane * step + 8;
  const own = x(row.lane);
  const ends = new Set(row.from.map((f) => f.lane));
  return (
    <svg className="thread-rail" width={width} height="100%" aria-hidden="true" focusable="false">
      {row.through.map((k) => (
        <line key={k} x1={x(k)} x2={x(k)} y1="0" y2="100%" />
      ))}
      {[...ends].map((k) =>
        k === row.lane ? (
          <line key={`f${k}`} x1={own} x2={own} y1="0" y2={dot} />
        ) : (
          <path key={`f${k}`} d={`M${x(k)} 0 V${dot - 12} Q${x(k)} ${dot} ${x(k) + Math.sign(own - x(k)) * 8} ${dot} H${own}`} />
        ),
      )}
      {row.starts && <line x1={own} x2={own} y1={dot} y2="100%" />}
      {record ? (
        <rect className="thread-dot" x={own - 5} y={dot - 5} width="10" height="10" rx="2" />
      ) : (
        <circle className={good ? "thread-dot full" : "thread-dot"} cx={own} cy={dot} r="6" />
      )}
    </svg>
  );
}
