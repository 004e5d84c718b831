// Everything about one node: what its score is made of, what stops with it, who supplies it, and what was said of it when and by whom.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import type { ChainNode, ChainView, ThreadMoney, ThreadNode, ThreadResult } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Moment, Money } from "../../kit/figures";
import { Failed } from "../../kit/load";
import { Bones } from "../../kit/note";
import { figureText } from "../../words/figure";
import { useSource } from "../thread/money";
import { country, percent, RiskBadge, relationOf } from "./risk";

type Props = { view: ChainView; node: ChainNode; onPick: (id: string) => void; onEdit?: () => void; onRemove?: () => void };

const parts = ["concentration", "foreign", "reach", "substitute", "maturity"] as const;

export function NodeSheet({ view, node, onPick, onEdit, onRemove }: Props) {
  const { t, tx, lang } = useSpeech();
  const a = node.assessed;
  const joined = (pick: (from?: string, to?: string, is?: string) => string | undefined) =>
    view.arcs.flatMap((x) => pick(view.nodes[x.from]?.id, view.nodes[x.to]?.id, x.is) ?? []);
  const flows = (is?: string) => is === "goes_into" || is === "kind_of";
  return (
    <section className="sheet" aria-label={tx(node.name)}>
      <header>
        <h2>{tx(node.name)}</h2>
        {a && <RiskBadge risk={a.risk} />}
      </header>
      <div className="sheet-pad stack">
        {a && (
          <>
            <p>
              {t("chain.score")} <strong>{percent(a.score)}</strong>
            </p>
            <table className="table table-plain small">
              <thead>
                <tr>
                  <th scope="col">{t("chain.part")}</th>
                  <th scope="col" className="right">
                    {t("chain.part.value")}
                  </th>
                  <th scope="col" className="right">
                    {t("chain.part.weight")}
                  </th>
                  <th scope="col" className="right">
                    {t("chain.part.points")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {a.parts.map((p) => (
                  <tr key={p.name}>
                    <th scope="row">
                      {parts.some((x) => x === p.name) ? t(`chain.part.${p.name as (typeof parts)[number]}`) : p.name}
                      <br />
                      <small className="muted">{tx(p.why).replace(/\b[A-Z]{3}\b/g, (code) => country(code, lang))}</small>
                    </th>
                    <td className="right nowrap">{p.known ? percent(p.value) : "–"}</td>
                    <td className="right nowrap">{percent(p.weight)}</td>
                    <td className="right nowrap">{percent(p.points)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Holders node={node} />
          </>
        )}
        <Names
          label={t("chain.needs")}
          ids={joined((from, to, is) => (to === node.id && flows(is) ? from : undefined))}
          {...{ view, onPick }}
        />
        <Names
          label={t("chain.feeds")}
          ids={joined((from, to, is) => (from === node.id && flows(is) ? to : undefined))}
          {...{ view, onPick }}
        />
        <Names
          label={t("chain.standins")}
          ids={joined((from, to, is) => (to === node.id && is === "substitutes" ? from : undefined))}
          {...{ view, onPick }}
        />
        <Names label={t("chain.blocks")} ids={a?.blocks ?? []} {...{ view, onPick }} />
        {a && <Working view={view} node={node} />}
        {a && view.leads && <Done node={node} leads={view.leads} />}
        {(onEdit || onRemove) && (
          <div className="row no-print">
            {onEdit && <Button onClick={onEdit}>{t("chain.edit")}</Button>}
            {onRemove && <Button onClick={onRemove}>{t("chain.remove")}</Button>}
          </div>
        )}
        {a && <Edges view={view} node={node} />}
        {a && <History kind="node" id={node.id} />}
      </div>
    </section>
  );
}

type Lead = NonNullable<ChainView["leads"]>[number];

/** Done leads from a node to what the city does about it: the records and cases that name it and what they led to, by the kinds that the pack says. */
function Done({ node, leads }: { node: ChainNode; leads: Lead[] }) {
  const { t, tx } = useSpeech();
  const thread = useQuery(q.chainThread(node.id));
  if (thread.isPending) return <Bones lines={3} />;
  if (thread.isError) return <Failed error={thread.error} again={() => void thread.refetch()} />;
  const { nodes, money, results, more } = thread.data;
  const led = new Set(leads.map((l) => l.kind || l.mechanism));
  const rest = nodes.filter((n) => !led.has(n.kind));
  return (
    <section aria-label={t("chain.to")} className="stack-s">
      <h3>{t("chain.to")}</h3>
      {nodes.length === 0 && <p className="small muted">{t("chain.to.none")}</p>}
      {leads.map((l) => (
        <Led key={l.name} title={tx(l.title)} list={nodes.filter((n) => n.kind === (l.kind || l.mechanism))} />
      ))}
      {rest.length > 0 && <Led title={t("chain.to.rest")} list={rest} />}
      {more && <p className="small muted">{t("chain.to.more")}</p>}
      {money.length > 0 && <MoneySums list={money} />}
      {results.length > 0 && <Results list={results} />}
    </section>
  );
}

const shownAtOnce = 5;

function Led({ title, list }: { title: string; list: ThreadNode[] }) {
  const { t } = useSpeech();
  if (list.length === 0)
    return (
      <p className="small muted spread">
        <span>{title}</span>
        <span>0</span>
      </p>
    );
  return (
    <div>
      <p className="spread">
        <strong>{title}</strong>
        <span>{list.length}</span>
      </p>
      <ul className="stack-s">
        {list.slice(0, shownAtOnce).map((n) => (
          <LedTo key={n.id} node={n} />
        ))}
      </ul>
      {list.length > shownAtOnce && (
        <details>
          <summary className="small">{t("chain.to.all", { n: list.length - shownAtOnce })}</summary>
          <ul className="stack-s">
            {list.slice(shownAtOnce).map((n) => (
              <LedTo key={n.id} node={n} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function LedTo({ node: n }: { node: ThreadNode }) {
  const { tx } = useSpeech();
  const stands = tx(n.state?.title) || n.status;
  const name = n.title || tx(n.kindTitle);
  return (
    <li className="small">
      {!n.seen ? (
        <span className="muted">{name}</span>
      ) : n.what === "record" ? (
        <Link to="/register/records/$id" params={{ id: n.id }}>
          {name}
        </Link>
      ) : (
        <Link to="/cases/$id" params={{ id: n.id }}>
          {name}
        </Link>
      )}
      {stands && <span className="muted"> · {stands}</span>}
    </li>
  );
}

/** MoneySums is the money of all cases of the node, from the ledger. */
function MoneySums({ list }: { list: ThreadMoney[] }) {
  const { t } = useSpeech();
  const source = useSource();
  return (
    <div>
      <p>
        <strong>{t("chain.money")}</strong>
      </p>
      <ul>
        {list.map((m) => (
          <li key={`${m.kind}/${m.source?.zh ?? ""}`} className="spread small">
            <span>{source(m)}</span>
            <span>
              <Money fen={m.in} />
              {(m.paid ?? 0) > 0 && (
                <span className="muted">
                  {" "}
                  {t("chain.money.paid")} <Money fen={m.paid ?? 0} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Results({ list }: { list: ThreadResult[] }) {
  const { t, tx, lang } = useSpeech();
  return (
    <div>
      <p>
        <strong>{t("chain.results")}</strong>
      </p>
      <ul>
        {list.map((r) => (
          <li key={r.kind} className="spread small">
            <span>{tx(r.title)}</span>
            <span>{figureText(r.unit, r.amount, lang)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Working is who works on the node, as edges of the map say. */
function Working({ view, node }: { view: ChainView; node: ChainNode }) {
  const { t } = useSpeech();
  const list = view.edges.filter((e) => e.from === node.id && e.is === "researched");
  if (list.length === 0) return null;
  return (
    <div>
      <h3>{t("chain.working")}</h3>
      <ul>
        {list.map((e) => (
          <li key={e.to} className="small">
            <Link to="/search" search={{ q: e.to } as never}>
              {e.to}
            </Link>
            {e.source && <span className="muted"> · {e.source}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Edges are what was stated between this node and others, each with its source and its versions. */
function Edges({ view, node }: { view: ChainView; node: ChainNode }) {
  const { t, tx } = useSpeech();
  const name = new Map(view.nodes.map((n) => [n.id, tx(n.name)]));
  const list = view.edges.filter((e) => e.from === node.id || e.to === node.id);
  if (list.length === 0) return null;
  return (
    <details>
      <summary>{t("chain.edges", { n: list.length })}</summary>
      <ul className="stack-s">
        {list.map((e) => {
          const key = `${e.from}\u001f${e.is}\u001f${e.to}`;
          return (
            <li key={key} className="small">
              {name.get(e.from) ?? e.from} {t(`chain.is.${relationOf(e.is)}`)} {name.get(e.to) ?? e.to}
              {e.source && <span className="muted"> · {e.source}</span>}
              <History kind="edge" id={key} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Holders({ node }: { node: ChainNode }) {
  const { t, lang } = useSpeech();
  const supply = node.assessed?.supply;
  if (!supply?.known) return null;
  return (
    <div>
      <h3>{t("chain.supplies")}</h3>
      <ul>
        {(supply.countries ?? []).map((c) => (
          <li key={c.name} className="spread">
            <span>{country(c.name, lang)}</span>
            <span>{percent(c.ppm)}</span>
          </li>
        ))}
      </ul>
      {supply.estimated && <p className="small muted">{t("chain.estimated")}</p>}
    </div>
  );
}

function Names({ label, ids, view, onPick }: { label: string; ids: string[]; view: ChainView; onPick: (id: string) => void }) {
  const { tx } = useSpeech();
  if (ids.length === 0) return null;
  const name = new Map(view.nodes.map((n) => [n.id, n.name]));
  return (
    <div>
      <h3>{label}</h3>
      <div className="chain-links">
        {ids.slice(0, 60).map((id) => (
          <Button key={id} type="link" size="small" style={{ padding: 0 }} onClick={() => onPick(id)}>
            {tx(name.get(id)) || id}
          </Button>
        ))}
        {ids.length > 60 && <span className="muted">… {ids.length}</span>}
      </div>
    </div>
  );
}

/** History is every version of a node or an edge; it is asked for when it is opened. */
function History({ kind, id }: { kind: "node" | "edge"; id: string }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const past = useQuery({
    queryKey: ["chain-history", kind, id],
    queryFn: () => got(api.GET("/api/chains/history", { params: { query: { kind, key: id } } })),
    enabled: open,
  });
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t("chain.history")}</summary>
      <ul className="stack-s">
        {(past.data ?? []).map((p) => (
          <li key={p.version} className="small">
            {t("chain.history.version", { n: p.version })} · <Moment at={p.at} /> · {p.author}
            {p.gone && ` · ${t("chain.history.gone")}`}
            <br />
            <span className="muted">{p.source}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
