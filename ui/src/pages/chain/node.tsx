// Everything about one node: what its score is made of, what stops with it, who supplies it, and what was said of it when and by whom.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { api, got } from "../../api/client";
import type { ChainNode, ChainView } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Moment } from "../../kit/figures";
import { country, percent, RiskBadge } from "./risk";

type Props = { view: ChainView; node: ChainNode; onPick: (id: string) => void; onEdit?: () => void; onRemove?: () => void };

const parts = ["concentration", "foreign", "reach", "substitute", "maturity"] as const;

export function NodeSheet({ view, node, onPick, onEdit, onRemove }: Props) {
  const { t, tx } = useSpeech();
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
                      <small className="muted">{tx(p.why)}</small>
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
        {a && view.leads && <Thread node={node} leads={view.leads} />}
        {(onEdit || onRemove) && (
          <div className="row no-print">
            {onEdit && <Button onClick={onEdit}>{t("chain.edit")}</Button>}
            {onRemove && <Button onClick={onRemove}>{t("chain.remove")}</Button>}
          </div>
        )}
        {a && <History id={node.id} />}
      </div>
    </section>
  );
}

/** Thread leads from a node to what the city does about it: to the records and cases that name it, of the kinds that the pack says. */
function Thread({ node, leads }: { node: ChainNode; leads: NonNullable<ChainView["leads"]> }) {
  const { t, tx } = useSpeech();
  const q = tx(node.name);
  return (
    <nav aria-label={t("chain.to")} className="no-print">
      <h3>{t("chain.to")}</h3>
      <div className="chain-links">
        {leads.map(({ name, title, kind, mechanism }) =>
          kind ? (
            <Link key={name} to="/register/records" search={{ kind, q } as never}>
              {tx(title)}
            </Link>
          ) : (
            <Link key={name} to="/cases" search={{ mechanism, q } as never}>
              {tx(title)}
            </Link>
          ),
        )}
      </div>
    </nav>
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

function History({ id }: { id: string }) {
  const { t } = useSpeech();
  const past = useQuery({
    queryKey: ["chain-history", id],
    queryFn: () => got(api.GET("/api/chains/history", { params: { query: { kind: "node", key: id } } })),
  });
  if (!past.data || past.data.length === 0) return null;
  return (
    <details>
      <summary>{t("chain.history")}</summary>
      <ul className="stack-s">
        {past.data.map((p) => (
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
