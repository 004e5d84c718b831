// The industry chains: the map beside the list of bottlenecks. The public sees the same map without the analysis.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Checkbox, Dropdown, Select } from "antd";
import { useMemo, useState } from "react";
import { api, got } from "../../api/client";
import { RefusedError } from "../../api/refusals";
import type { ChainNode, ChainView } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Failed, Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { clean, SearchBox } from "../cases";
import { EditNode } from "./edit";
import { ChainMap } from "./map";
import { NodeSheet } from "./node";
import { asRisk, country, percent, type Risk, RiskBadge, risks } from "./risk";
import { TakeIn } from "./take-in";
import "../../design/chain.css";

type Search = { chain?: string; q?: string; node?: string };

export function ChainsPage() {
  return <Chains path="/chains" />;
}

export function PublicChainsPage() {
  return <Chains path="/hall/chains" />;
}

function Chains({ path }: { path: string }) {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const list = useQuery({ queryKey: ["chains"], queryFn: () => got(api.GET("/api/chains")) });
  const mapped = (list.data ?? []).filter((c) => c.nodes > 0);
  const code = search.chain ?? mapped.toSorted((a, b) => b.nodes - a.nodes)[0]?.code ?? "";
  const map = useQuery({
    queryKey: ["chain-map", code],
    queryFn: () =>
      got(api.GET("/api/chains/map", { params: { query: { chain: code === "all" ? undefined : code || undefined } } })),
    enabled: list.isSuccess,
  });
  const set = (change: Search) => void navigate({ to: path, search: clean({ ...search, ...change }), replace: true });
  const open = path !== "/chains";
  return (
    <div className="stack">
      <PageHead title={t("chain.title")} lead={t(open ? "chain.lead.public" : "chain.lead")}>
        {map.data?.may_edit && (
          <Tools view={map.data} chain={code === "all" ? "" : code} titles={list.data ?? []} done={(node) => set({ node })} />
        )}
      </PageHead>
      <div className="row chain-choice no-print">
        <Select
          aria-label={t("chain.which")}
          style={{ minWidth: 280 }}
          showSearch={{ optionFilterProp: "label" }}
          value={code || undefined}
          onChange={(chain) => set({ chain, node: undefined })}
          options={[
            ...(list.data ?? []).map((c) => ({ value: c.code, label: t("chain.count", { title: tx(c.title), n: c.nodes }) })),
            { value: "all", label: t("chain.all") },
          ]}
        />
        <SearchBox value={search.q ?? ""} label={t("chain.search")} onSearch={(text) => set({ q: text || undefined })} />
      </div>
      {list.isError && !list.data && <Failed error={list.error} again={() => void list.refetch()} />}
      <Load query={map} bones={list.isError ? null : <Bones lines={12} height={32} />}>
        {(view) =>
          view.nodes.length === 0 ? (
            <Empty icon="chain" title={t("chain.none")}>
              {view.may_edit && t("chain.none.way")}
            </Empty>
          ) : (
            <Whole view={view} search={search} set={set} titles={list.data ?? []} chain={code === "all" ? "" : code} />
          )
        }
      </Load>
    </div>
  );
}

type Titles = { code: string; title: { zh: string; en?: string } }[];

function Whole({
  view,
  search,
  set,
  titles,
  chain,
}: {
  view: ChainView;
  search: Search;
  set: (s: Search) => void;
  titles: Titles;
  chain: string;
}) {
  const { tx, t } = useSpeech();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const [only, setOnly] = useState<Risk[]>(risks);
  const [editing, setEditing] = useState(false);
  const node = view.nodes.find((n) => n.id === search.node);
  const assessed = view.nodes.some((n) => n.assessed);
  const stops = useMemo(() => new Set(node?.assessed?.blocks ?? []), [node]);
  const text = (search.q ?? "").trim().toLowerCase();
  const filtered = text !== "" || only.length < risks.length;
  const match = (n: ChainNode) =>
    (text === "" || [n.id, n.name.zh, n.name.en ?? ""].some((s) => s.toLowerCase().includes(text))) &&
    (!assessed || only.includes(asRisk(n.assessed?.risk)));
  const refresh = (id?: string) => {
    void client.invalidateQueries({ queryKey: ["chain-map"] });
    void client.invalidateQueries({ queryKey: ["chains"] });
    void client.invalidateQueries({ queryKey: ["chain-history"] });
    setEditing(false);
    set({ ...search, node: id });
  };
  const remove = (n: ChainNode) => {
    const edges = view.edges.filter((e) => e.from === n.id || e.to === n.id);
    const supplies = n.supplies ?? [];
    modal.confirm({
      title: tx(n.name),
      content: t("chain.remove.sure", { n: edges.length + supplies.length }),
      okText: t("chain.remove"),
      onOk: async () => {
        const source = t("chain.remove");
        try {
          await got(
            api.POST("/api/chains/statements", {
              body: {
                statements: [
                  ...edges.map((edge) => ({ source, gone: true, edge })),
                  ...supplies.map((supply) => ({ source, gone: true, supply })),
                  { source, gone: true, node: { id: n.id, name: n.name, kind: n.kind } },
                ],
              },
            }),
          );
          refresh();
        } catch (e) {
          if (e instanceof RefusedError) void message.error(e.message);
        }
      },
    });
  };
  return (
    <div className="stack">
      {assessed && (
        <div className="row no-print">
          <span className="muted">{t("chain.risk")}</span>
          <Checkbox.Group
            value={only}
            onChange={(v) => setOnly(v as Risk[])}
            options={risks.map((r) => ({ value: r, label: <RiskBadge risk={r} /> }))}
          />
          <span className="small muted">{t("chain.legend.back")}</span>
        </div>
      )}
      <div className={node ? "chain-split with-node" : "chain-split"}>
        <div className="sheet">
          <ChainMap
            view={view}
            lit={{ chosen: node?.id, stops, match: filtered ? match : undefined }}
            onPick={(id) => set({ ...search, node: id === search.node ? undefined : id })}
          />
        </div>
        {node && (
          <NodeSheet
            view={view}
            node={node}
            onPick={(id) => set({ ...search, node: id })}
            onEdit={view.may_edit ? () => setEditing(true) : undefined}
            onRemove={view.may_edit ? () => remove(node) : undefined}
          />
        )}
      </div>
      {assessed && <Bottlenecks view={view} match={match} onPick={(id) => set({ ...search, node: id })} />}
      {assessed && <Shape view={view} />}
      {editing && node && (
        <EditNode
          view={view}
          node={node}
          chain={chain}
          titles={titles.map((c) => ({ code: c.code, name: tx(c.title) }))}
          close={() => setEditing(false)}
          done={refresh}
        />
      )}
    </div>
  );
}

/** Bottlenecks is the map as a list: the worst first. */
function Bottlenecks({
  view,
  match,
  onPick,
}: {
  view: ChainView;
  match: (n: ChainNode) => boolean;
  onPick: (id: string) => void;
}) {
  const { t, tx, lang } = useSpeech();
  const byID = new Map(view.nodes.map((n) => [n.id, n]));
  const list = (view.order ?? []).flatMap((id) => byID.get(id) ?? []).filter(match);
  const ladder = (n: ChainNode) => tx(n.assessed?.parts.find((p) => p.name === "substitute")?.why);
  return (
    <Sheet title={t("chain.list")} pad={false}>
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("chain.node")}</th>
              <th scope="col">{t("chain.risk")}</th>
              <th scope="col" className="right">
                {t("chain.score")}
              </th>
              <th scope="col">{t("chain.holder")}</th>
              <th scope="col">{t("chain.ladder")}</th>
              <th scope="col" className="right">
                {t("chain.stops")}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, 200).map((n) => {
              const a = n.assessed;
              const top = a?.supply.countries?.[0];
              return (
                <tr key={n.id}>
                  <th scope="row" data-label={t("chain.node")}>
                    <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onPick(n.id)}>
                      {tx(n.name) || n.id}
                    </Button>
                  </th>
                  <td data-label={t("chain.risk")}>
                    <RiskBadge risk={a?.risk} />
                  </td>
                  <td className="right" data-label={t("chain.score")}>
                    {percent(a?.score ?? 0)}
                  </td>
                  <td data-label={t("chain.holder")}>{top ? `${country(top.name, lang)} ${percent(top.ppm)}` : "–"}</td>
                  <td data-label={t("chain.ladder")}>{ladder(n) || "–"}</td>
                  <td className="right" data-label={t("chain.stops")}>
                    {t("chain.stops.n", { n: a?.reach ?? 0 })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

/** Shape tells of countries, single points and cycles. */
function Shape({ view }: { view: ChainView }) {
  const { t, tx, lang } = useSpeech();
  const name = new Map(view.nodes.map((n) => [n.id, n.name]));
  const named = (ids: string[]) => ids.map((id) => tx(name.get(id)) || id).join("、");
  const cycles = view.cycles ?? [];
  return (
    <div className="stack">
      {(view.countries ?? []).length > 0 && (
        <Sheet title={t("chain.countries")} pad={false}>
          <div className="table-wrap">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t("chain.country")}</th>
                  <th scope="col">{t("chain.direct")}</th>
                  <th scope="col" className="right">
                    {t("chain.follows")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {(view.countries ?? []).map((c) => (
                  <tr key={c.country}>
                    <th scope="row">{country(c.country, lang)}</th>
                    <td data-label={t("chain.direct")}>{named(c.direct)}</td>
                    <td className="right" data-label={t("chain.follows")}>
                      {t("chain.stops.n", { n: c.follows.length })}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Sheet>
      )}
      {(view.finals ?? []).length > 0 && (
        <Sheet title={t("chain.finals")}>
          <dl className="facts">
            {(view.finals ?? []).map((f) => (
              <div key={f.node} style={{ display: "contents" }}>
                <dt>{tx(name.get(f.node)) || f.node}</dt>
                <dd>{f.single.length > 0 ? named(f.single) : <span className="muted">{t("chain.finals.none")}</span>}</dd>
              </div>
            ))}
          </dl>
        </Sheet>
      )}
      {cycles.length > 0 && <p className="muted">{t("chain.cycles", { n: cycles.length, most: cycles[0]?.length ?? 0 })}</p>}
    </div>
  );
}

/** Tools adds nodes, brings tables in and takes the map out. */
function Tools({ view, chain, titles, done }: { view: ChainView; chain: string; titles: Titles; done: (id: string) => void }) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [taking, setTaking] = useState(false);
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ["chain-map"] });
    void client.invalidateQueries({ queryKey: ["chains"] });
  };
  const only = chain ? `?chain=${encodeURIComponent(chain)}` : "";
  const exports = [
    {
      key: "xlsx",
      label: (
        <a href={`/api/chains/book.xlsx${only}`} download>
          {t("chain.export.xlsx")}
        </a>
      ),
    },
    {
      key: "json",
      label: (
        <a href={`/api/chains/export${only}`} download="chain.json">
          {t("chain.export.json")}
        </a>
      ),
    },
  ];
  return (
    <>
      <Button onClick={() => setAdding(true)}>{t("chain.add")}</Button>
      <Button onClick={() => setTaking(true)}>{t("chain.import")}</Button>
      <Dropdown menu={{ items: exports }}>
        <Button icon={<Icon name="down" />}>{t("chain.export")}</Button>
      </Dropdown>
      {taking && (
        <TakeIn
          chain={chain}
          close={() => setTaking(false)}
          done={(n) => {
            setTaking(false);
            void message.success(t("chain.import.done", n));
            refresh();
          }}
        />
      )}
      {adding && (
        <EditNode
          view={view}
          node={null}
          chain={chain}
          titles={titles.map((c) => ({ code: c.code, name: tx(c.title) }))}
          close={() => setAdding(false)}
          done={(id) => {
            setAdding(false);
            refresh();
            done(id);
          }}
        />
      )}
    </>
  );
}
