import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { q } from "../api/queries";
import type { Item } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { useClear } from "../kit/clear";
import { Day, Due } from "../kit/figures";
import { ListFoot, Token } from "../kit/list";
import { Failed } from "../kit/load";
import { Empty } from "../kit/note";
import { PageHead } from "../kit/page";
import { Standing, standingOf } from "../kit/standing";
import { type Column, ColumnChooser, Table, TableBones, useColumns } from "../kit/table";
import { useMayOpen } from "../shell/session";

type Search = { q?: string; mechanism?: string; state?: string; mine?: boolean };

export function CasesPage() {
  const clear = useClear();
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const list = useInfiniteQuery(q.cases(search));
  const mechanisms = useQuery(q.mechanisms());
  const opens = useMayOpen();
  const mechanism = useQuery({ ...q.mechanism(search.mechanism ?? ""), enabled: !!search.mechanism });
  const set = (change: Search) => void navigate({ to: "/cases", search: clean({ ...search, ...change }), replace: true });

  const columns: Column<Item>[] = [
    { key: "title", title: t("col.title"), main: true, cell: (i) => i.title || tx(i.mechanism.title), width: "30%" },
    {
      key: "state",
      title: t("col.state"),
      cell: (i) => <Standing status={standingOf(i.state, { mine: (i.do ?? []).length > 0 })}>{tx(i.state.title)}</Standing>,
    },
    { key: "party", title: t("col.party"), cell: (i) => i.party },
    { key: "mechanism", title: t("col.mechanism"), cell: (i) => <span className="nowrap">{tx(i.mechanism.title)}</span> },
    { key: "waits", title: t("col.waits"), cell: (i) => tx(i.waits) },
    { key: "due", title: t("col.due"), cell: (i) => <Due at={i.due} workdays={i.workdays} /> },
    { key: "since", title: t("col.since"), cell: (i) => <Day at={i.since} />, spare: true },
    { key: "opened", title: t("col.opened"), cell: (i) => <Day at={i.opened} />, spare: true },
    { key: "id", title: t("col.id"), cell: (i) => <code>{i.case}</code>, spare: true },
  ];
  const { shown, choose } = useColumns("cases", columns);
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  const filtered = Boolean(search.q || search.mechanism || search.state || search.mine);
  const states = mechanism.data?.machines[0]?.states ?? [];

  return (
    <>
      <PageHead title={t("nav.cases")} lead={t("cases.lead")}>
        {opens && (
          <Link to="/cases/new">
            <Button type="primary" tabIndex={-1} icon={<Icon name="add" />}>
              {t("cases.new")}
            </Button>
          </Link>
        )}
      </PageHead>
      <section className="sheet" aria-label={t("nav.cases")}>
        <div className="list-tools">
          <SearchBox value={search.q ?? ""} label={t("cases.search")} onSearch={(text) => set({ q: text })} />
          <Select
            aria-label={t("cases.mechanism")}
            placeholder={t("cases.mechanism")}
            value={search.mechanism}
            allowClear={clear}
            style={{ minWidth: 160 }}
            options={(mechanisms.data ?? []).map((m) => ({ value: m.name, label: tx(m.title) }))}
            onChange={(v?: string) => set({ mechanism: v, state: undefined })}
          />
          {search.mechanism && (
            <Select
              aria-label={t("cases.state")}
              placeholder={t("cases.state")}
              value={search.state}
              allowClear={clear}
              style={{ minWidth: 160 }}
              options={states.map((s) => ({ value: s.name, label: tx(s.title) }))}
              onChange={(v?: string) => set({ state: v })}
            />
          )}
          {search.mine ? (
            <Token label={t("cases.mine")} off={() => set({ mine: undefined })} />
          ) : (
            <Button icon={<Icon name="filter" />} onClick={() => set({ mine: true })}>
              {t("cases.mine")}
            </Button>
          )}
          {search.q && <Token label={search.q} off={() => set({ q: undefined })} />}
          <span className="push">
            <ColumnChooser columns={columns} shown={shown} choose={choose} />
          </span>
        </div>
        {list.isError && !list.data ? (
          <Failed error={list.error} again={() => void list.refetch()} />
        ) : !list.data ? (
          <TableBones rows={8} columns={shown.length} />
        ) : rows.length === 0 ? (
          <Empty icon="case" title={filtered ? t("cases.none") : t("cases.empty")}>
            {filtered ? t("cases.none.way") : opens ? t("cases.empty.way") : t("cases.empty.comes")}
          </Empty>
        ) : (
          <>
            <Table name={t("nav.cases")} rows={rows} columns={shown} rowKey={(i) => i.case} href={(i) => `/cases/${i.case}`} />
            <ListFoot n={rows.length} list={list} />
          </>
        )}
      </section>
    </>
  );
}

/** clean drops what is not set, so that addresses hold only what was chosen. */
export function clean<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined && v !== "" && v !== false)) as T;
}

/** SearchBox searches a moment after the last key, or at once on Enter. */
export function SearchBox({ value, label, onSearch }: { value: string; label: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSearch(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <Input
      className="grow"
      type="search"
      aria-label={label}
      placeholder={label}
      prefix={<Icon name="search" />}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onPressEnter={() => onSearch(text)}
    />
  );
}
