import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { q } from "../../api/queries";
import type { RecordItem } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { useClear } from "../../kit/clear";
import { Day } from "../../kit/figures";
import { ListFoot, Token } from "../../kit/list";
import { Failed } from "../../kit/load";
import { Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { type Column, Table, TableBones } from "../../kit/table";
import { has, useActor } from "../../shell/session";
import { clean, SearchBox } from "../cases";
import { HandedOfMine } from "./handed";
import { useStatus } from "./status";
import { RegisterTabs } from "./tabs";

type Search = { q?: string; kind?: string };

/** RecordsPage lists what the register holds beside parties, by kind. */
export function RecordsPage() {
  const clear = useClear();
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const staff = has(useActor(), "register");
  const owner = (useActor()?.parties ?? []).length > 0;
  const kinds = useQuery(q.kinds());
  const list = useInfiniteQuery(q.records(search));
  const set = (change: Search) =>
    void navigate({ to: "/register/records", search: clean({ ...search, ...change }), replace: true });
  const kind = kinds.data?.find((k) => k.name === search.kind);
  const title = (name: string) => tx(kinds.data?.find((k) => k.name === name)?.title) || name;
  const status = useStatus();
  const columns: Column<RecordItem>[] = [
    { key: "name", title: t("rec.name"), main: true, cell: (r) => r.name, width: "40%" },
    { key: "kind", title: t("rec.kind"), cell: (r) => title(r.kind) },
    { key: "owner", title: t("rec.owner"), cell: (r) => r.ownerName },
    { key: "status", title: t("rec.status"), cell: (r) => status(r) },
    { key: "changed", title: t("rec.changed"), cell: (r) => <Day at={r.changed} /> },
  ];
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead title={t("rec.title")} lead={t("rec.lead")}>
        {staff && kind && (
          <>
            <a href={`/api/sheets/${kind.sheet}/template.xlsx`} download>
              <Button tabIndex={-1} icon={<Icon name="down" />}>
                {t("rec.template")}
              </Button>
            </a>
            <a href={`/api/sheets/${kind.sheet}/export.xlsx${search.q ? `?q=${encodeURIComponent(search.q)}` : ""}`} download>
              <Button tabIndex={-1} icon={<Icon name="down" />}>
                {t("act.download")}
              </Button>
            </a>
            <Link to="/register/import" search={{ kind: kind.sheet }}>
              <Button tabIndex={-1} icon={<Icon name="up" />}>
                {t("reg.import")}
              </Button>
            </Link>
          </>
        )}
        {owner && (
          <Link to="/register/handed/new" search={clean({ kind: kind?.hand ? search.kind : undefined })}>
            <Button type={staff ? "default" : "primary"} tabIndex={-1} icon={<Icon name="add" />}>
              {t("hand.new")}
            </Button>
          </Link>
        )}
        {staff && (
          <Link to="/register/records/new" search={clean({ kind: search.kind })}>
            <Button type="primary" tabIndex={-1} icon={<Icon name="add" />}>
              {t("rec.new")}
            </Button>
          </Link>
        )}
      </PageHead>
      <RegisterTabs at="records" />
      <div className="stack">
        <HandedOfMine />
        <section className="sheet" aria-label={t("rec.title")}>
          <div className="list-tools">
            <SearchBox value={search.q ?? ""} label={t("rec.search")} onSearch={(text) => set({ q: text })} />
            <Select
              aria-label={t("rec.kind")}
              placeholder={t("rec.kind")}
              allowClear={clear}
              style={{ minWidth: 160 }}
              value={search.kind}
              options={(kinds.data ?? []).map((k) => ({ value: k.name, label: `${tx(k.title)} (${k.count})` }))}
              onChange={(v?: string) => set({ kind: v })}
            />
            {search.q && <Token label={search.q} off={() => set({ q: undefined })} />}
          </div>
          {list.isError && !list.data ? (
            <Failed error={list.error} again={() => void list.refetch()} />
          ) : !list.data ? (
            <TableBones rows={10} columns={columns.length} />
          ) : rows.length === 0 ? (
            <Empty icon="register" title={t("rec.none")}>
              {t("rec.none.way")}
            </Empty>
          ) : (
            <>
              <Table
                name={t("rec.title")}
                rows={rows}
                columns={columns}
                rowKey={(r) => r.id}
                href={(r) => `/register/records/${r.id}`}
              />
              <ListFoot n={rows.length} list={list} />
            </>
          )}
        </section>
      </div>
    </>
  );
}
