// What waits for whoever keeps the register: pairs that may be one, what is said differently, what runs out, what nobody stands for.
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import type { Contested, DueItem, Duplicate, Field, RecordItem } from "../../api/types";
import { FieldValue, Names } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Day } from "../../kit/figures";
import { ListFoot } from "../../kit/list";
import { Failed, Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";
import { type Column, Table, TableBones } from "../../kit/table";
import { has, useActor } from "../../shell/session";
import { formatDay } from "../../words/date";
import { clean } from "../cases";
import { HandedWaiting } from "./handed";
import { useStatus } from "./status";
import { RegisterTabs } from "./tabs";
import "../../design/find.css";

const lists = ["handed", "duplicates", "contested", "expiring", "unverified"] as const;
type List = (typeof lists)[number];
type Chosen = { list?: List; kind?: string; days?: number };

export function WorkPage() {
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as Chosen;
  const list = search.list ?? "handed";
  const keeps = has(useActor(), "register", "auditor");
  if (!keeps)
    return (
      <>
        <PageHead title={t("work.title")} back={{ to: "/register", label: t("reg.title") }} />
        <section className="sheet" aria-label={t("work.title")}>
          <Empty icon="lock" title={t("work.keepers")}>
            {t("work.keepers.way")}
          </Empty>
        </section>
      </>
    );
  return (
    <>
      <PageHead title={t("work.title")} lead={t("work.lead")} />
      <RegisterTabs at="work" />
      <div className="stack">
        <nav className="tabs" aria-label={t("work.title")}>
          {lists.map((l) => (
            <Link
              key={l}
              to="/register/work"
              search={clean({ list: l, kind: search.kind })}
              activeOptions={{ exact: true }}
              aria-current={l === list ? "true" : undefined}
            >
              {t(`work.${l}`)}
            </Link>
          ))}
        </nav>
        <section className="sheet" aria-label={t(`work.${list}`)}>
          {list !== "contested" && list !== "handed" && <Narrow search={{ ...search, list }} />}
          {list === "duplicates" && <Duplicates kind={search.kind ?? ""} />}
          {list === "handed" && <HandedWaiting />}
          {list === "contested" && <ContestedList />}
          {list === "expiring" && <Expiring kind={search.kind} days={search.days ?? 90} />}
          {list === "unverified" && <Unverified kind={search.kind} />}
        </section>
      </div>
    </>
  );
}

/** Narrow chooses a kind, and for what runs out how far one looks. */
function Narrow({ search }: { search: Chosen }) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const kinds = useQuery(q.kinds());
  const set = (change: Chosen) => void navigate({ to: "/register/work", search: clean({ ...search, ...change }), replace: true });
  return (
    <div className="list-tools">
      <Select
        aria-label={t("work.of")}
        style={{ minWidth: 200 }}
        value={search.kind ?? ""}
        options={[
          { value: "", label: search.list === "duplicates" ? t("rec.parties") : t("find.what.all") },
          ...(kinds.data ?? []).map((k) => ({ value: k.name, label: tx(k.title) })),
        ]}
        onChange={(v) => set({ kind: v })}
      />
      {search.list === "expiring" && (
        <Select
          aria-label={t("work.expiring")}
          style={{ minWidth: 120 }}
          value={search.days ?? 90}
          options={[30, 90, 180, 365].map((n) => ({ value: n, label: t("work.days", { n }) }))}
          onChange={(v) => set({ days: v })}
        />
      )}
    </div>
  );
}

function Duplicates({ kind }: { kind: string }) {
  const { t } = useSpeech();
  const pairs = useQuery(q.duplicates(kind));
  return (
    <Load query={pairs} bones={<Bones lines={6} height={24} />}>
      {(list) =>
        list.length === 0 ? (
          <Empty icon="check" title={t("work.twice.none")} />
        ) : (
          <ul className="pair-list">
            {list.map((p) => (
              <Pair key={`${p.a.id} ${p.b.id}`} pair={p} />
            ))}
          </ul>
        )
      }
    </Load>
  );
}

function Pair({ pair }: { pair: Duplicate }) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const keeper = has(useActor(), "register");
  const [saying, setSaying] = useState(false);
  const [reason, setReason] = useState("");
  const { busy, refusals, send } = useSending();
  const to = (id: string) => (pair.what === "party" ? `/register/${id}` : `/register/records/${id}`);
  const distinct = () =>
    send(async () => {
      await got(api.POST("/api/distinctions", { body: { a: pair.a.id, b: pair.b.id, reason } }));
      void message.success(t("merge.distinct.done"));
      await client.invalidateQueries({ queryKey: ["work"] });
    });
  return (
    <li className="stack-s">
      <div className="pair">
        {[pair.a, pair.b].map((x) => (
          <div key={x.id}>
            <Link to={to(x.id)} className="strong">
              {x.title}
            </Link>
            <div className="small muted">{x.note || x.id}</div>
          </div>
        ))}
      </div>
      <div>
        {t("work.reasons")}：{pair.reasons.map((r) => tx(r)).join("；")}
      </div>
      {pair.against.length > 0 && (
        <div className="muted">
          {t("work.against")}：{pair.against.map((r) => tx(r)).join("；")}
        </div>
      )}
      {keeper && (
        <div className="row">
          <Link to="/register/merge" search={{ what: pair.what, a: pair.a.id, b: pair.b.id }}>
            <Button size="small" tabIndex={-1}>
              {t("work.compare")}
            </Button>
          </Link>
          <Button size="small" onClick={() => setSaying(!saying)}>
            {t("work.distinct")}
          </Button>
        </div>
      )}
      {saying && (
        <div className="row">
          <Input
            className="grow"
            aria-label={t("merge.reason")}
            placeholder={t("merge.reason")}
            value={reason}
            maxLength={200}
            onChange={(e) => setReason(e.target.value)}
          />
          <Button type="primary" loading={busy} onClick={() => void distinct()}>
            {t("act.save")}
          </Button>
        </div>
      )}
      <Refusals list={refusals} />
    </li>
  );
}

function ContestedList() {
  const { t } = useSpeech();
  const list = useQuery(q.contested());
  return (
    <Load query={list} bones={<Bones lines={6} height={24} />}>
      {(claims) =>
        claims.length === 0 ? (
          <Empty icon="check" title={t("work.none")}>
            {t("work.none.way")}
          </Empty>
        ) : (
          <ul className="pair-list">
            {claims.map((c) => (
              <OneContested key={`${c.claim.record} ${c.claim.field} ${c.claim.seq}`} item={c} />
            ))}
          </ul>
        )
      }
    </Load>
  );
}

function OneContested({ item }: { item: Contested }) {
  const { t, tx } = useSpeech();
  const client = useQueryClient();
  const keeper = has(useActor(), "register");
  const { busy, refusals, send } = useSending();
  const field = item.field as unknown as Field;
  const decide = (take: boolean) =>
    send(async () => {
      await got(
        api.POST("/api/records/{id}/claims", {
          params: { path: { id: item.record.id } },
          body: { field: item.claim.field, seq: item.claim.seq, take },
        }),
      );
      await Promise.all([["work"], ["record", item.record.id]].map((queryKey) => client.invalidateQueries({ queryKey })));
    });
  return (
    <li className="stack-s">
      <Names.Provider value={item.names}>
        <div>
          <Link to="/register/records/$id" params={{ id: item.record.id }} className="strong">
            {item.record.name}
          </Link>{" "}
          <span className="small muted">
            {tx(item.kind)} · {tx(field.title)}
          </span>
        </div>
        <div className="pair">
          <div>
            <span className="muted">{t("work.stands")}</span>
            <FieldValue field={field} value={(item.record.values as Record<string, unknown>)[field.name]} />
          </div>
          <div>
            <span className="muted">{t("work.claims")}</span>
            <FieldValue field={field} value={item.claim.value} />
            <div className="small muted">
              {[item.names[item.claim.party ?? ""] ?? item.claim.who, formatDay(item.claim.at), item.claim.reason]
                .filter(Boolean)
                .join(" · ")}
            </div>
          </div>
        </div>
        {keeper && (
          <div className="row">
            <Button size="small" loading={busy} onClick={() => void decide(true)}>
              {t("rec.take")}
            </Button>
            <Button size="small" loading={busy} onClick={() => void decide(false)}>
              {t("rec.refuse")}
            </Button>
          </div>
        )}
        <Refusals list={refusals} />
      </Names.Provider>
    </li>
  );
}

function useKindTitle() {
  const { tx } = useSpeech();
  const kinds = useQuery(q.kinds());
  return (name: string) => tx(kinds.data?.find((k) => k.name === name)?.title) || name;
}

function Expiring({ kind, days }: { kind?: string; days: number }) {
  const { t } = useSpeech();
  const title = useKindTitle();
  const status = useStatus();
  const list = useInfiniteQuery(q.expiring({ kind, days }));
  const columns: Column<DueItem>[] = [
    { key: "name", title: t("rec.name"), main: true, cell: (r) => r.name, width: "40%" },
    { key: "kind", title: t("rec.kind"), cell: (r) => title(r.kind) },
    { key: "status", title: t("rec.status"), cell: (r) => status(r) },
    {
      key: "day",
      title: t("work.day"),
      cell: (r) => (
        <span className="row">
          {r.day}{" "}
          {r.past && (
            <Standing status="returned" icon="warn">
              {t("work.past")}
            </Standing>
          )}
        </span>
      ),
    },
  ];
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  return <Rows list={list} rows={rows} columns={columns} name={t("work.expiring")} />;
}

function Unverified({ kind }: { kind?: string }) {
  const { t } = useSpeech();
  const title = useKindTitle();
  const status = useStatus();
  const list = useInfiniteQuery(q.unverified({ kind }));
  const columns: Column<RecordItem>[] = [
    { key: "name", title: t("rec.name"), main: true, cell: (r) => r.name, width: "40%" },
    { key: "kind", title: t("rec.kind"), cell: (r) => title(r.kind) },
    { key: "status", title: t("rec.status"), cell: (r) => status(r) },
    { key: "changed", title: t("rec.changed"), cell: (r) => <Day at={r.changed} /> },
  ];
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  return <Rows list={list} rows={rows} columns={columns} name={t("work.unverified")} />;
}

type Listed = Parameters<typeof ListFoot>[0]["list"] & {
  isError: boolean;
  error: unknown;
  data?: unknown;
  refetch: () => unknown;
};

function Rows<T extends { id: string }>({
  list,
  rows,
  columns,
  name,
}: {
  list: Listed;
  rows: T[];
  columns: Column<T>[];
  name: string;
}) {
  const { t } = useSpeech();
  if (list.isError && !list.data) return <Failed error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <TableBones rows={6} columns={columns.length} />;
  if (rows.length === 0)
    return (
      <Empty icon="check" title={t("work.none")}>
        {t("work.none.way")}
      </Empty>
    );
  return (
    <>
      <Table name={name} rows={rows} columns={columns} rowKey={(r) => r.id} href={(r) => `/register/records/${r.id}`} />
      <ListFoot n={rows.length} list={list} />
    </>
  );
}
