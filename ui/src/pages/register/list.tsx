import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Dropdown, Select } from "antd";
import { q } from "../../api/queries";
import type { Party } from "../../api/types";
import { Icon } from "../../design/icons";
import { say, useSpeech } from "../../i18n";
import { useClear } from "../../kit/clear";
import { Money } from "../../kit/figures";
import { ListFoot, Token } from "../../kit/list";
import { Failed } from "../../kit/load";
import { Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { type Column, ColumnChooser, Table, TableBones, useColumns } from "../../kit/table";
import { has, useActor } from "../../shell/session";
import { clean, SearchBox } from "../cases";
import { useDistrict } from "./district";
import { kindKey, kinds } from "./kinds";
import { RegisterTabs } from "./tabs";

type Search = { q?: string; kind?: string };

export function RegisterPage() {
  const clear = useClear();
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const staff = has(useActor(), "register");
  const list = useInfiniteQuery(q.parties(search));
  const set = (change: Search) => void navigate({ to: "/register", search: clean({ ...search, ...change }), replace: true });
  const district = useDistrict();
  const columns: Column<Party>[] = [
    { key: "name", title: t("reg.name"), main: true, cell: (p) => p.name, width: "32%" },
    { key: "kind", title: t("reg.kind"), cell: (p) => t(kindKey(p.kind)) },
    { key: "uscc", title: t("reg.uscc"), cell: (p) => p.uscc && <code>{p.uscc}</code> },
    { key: "region", title: t("reg.region"), cell: (p) => p.region && <span title={p.region}>{district(p.region)}</span> },
    {
      key: "revenue",
      title: t("reg.revenue"),
      align: "right",
      cell: (p) => (p.revenue ? <Money fen={p.revenue} /> : ""),
      spare: true,
    },
    { key: "aliases", title: t("reg.aliases"), cell: (p) => (p.aliases ?? []).join(t("word.and")), spare: true },
    { key: "contact", title: t("reg.contact"), cell: (p) => p.contact, spare: true },
  ];
  const { shown, choose } = useColumns("register", columns);
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  const filtered = Boolean(search.q || search.kind);
  const sheets = useQuery({ ...q.sheets(), enabled: staff });
  const sheet = sheets.data?.find((s) => s.export)?.kind ?? "party";
  // What is taken out is what is shown: the kind is a condition like any other.
  const asked = [search.kind && `类型:${say("zh", kindKey(search.kind))}`, search.q].filter(Boolean).join(" ");
  const exportOf = (format: string) => `/api/sheets/${sheet}/export.${format}${asked ? `?q=${encodeURIComponent(asked)}` : ""}`;
  return (
    <>
      <PageHead title={t("reg.title")} lead={t("reg.lead")}>
        {staff && (
          <>
            <Dropdown
              trigger={["click"]}
              menu={{
                items: (["xlsx", "csv"] as const).map((f) => ({
                  key: f,
                  label: (
                    <a href={exportOf(f)} download>
                      {t(`reg.export.${f}`)}
                    </a>
                  ),
                })),
              }}
            >
              <Button icon={<Icon name="down" />}>{t("act.download")}</Button>
            </Dropdown>
            <Link to="/register/import">
              <Button tabIndex={-1} icon={<Icon name="up" />}>
                {t("reg.import")}
              </Button>
            </Link>
            <Link to="/register/new">
              <Button type="primary" tabIndex={-1} icon={<Icon name="add" />}>
                {t("reg.new")}
              </Button>
            </Link>
          </>
        )}
      </PageHead>
      <RegisterTabs at="parties" />
      <section className="sheet" aria-label={t("reg.title")}>
        <div className="list-tools">
          <SearchBox value={search.q ?? ""} label={t("reg.search")} onSearch={(text) => set({ q: text })} />
          <Select
            aria-label={t("reg.kind")}
            placeholder={t("reg.kind")}
            allowClear={clear}
            style={{ minWidth: 128 }}
            value={search.kind}
            options={kinds.map((k) => ({ value: k, label: t(kindKey(k)) }))}
            onChange={(v?: string) => set({ kind: v })}
          />
          {search.q && <Token label={search.q} off={() => set({ q: undefined })} />}
          <span className="push">
            <ColumnChooser columns={columns} shown={shown} choose={choose} />
          </span>
        </div>
        {list.isError && !list.data ? (
          <Failed error={list.error} again={() => void list.refetch()} />
        ) : !list.data ? (
          <TableBones rows={10} columns={shown.length} />
        ) : rows.length === 0 ? (
          <Empty icon="register" title={filtered ? t("reg.none") : t("reg.empty")}>
            {filtered ? t("reg.none.way") : t("reg.empty.way")}
          </Empty>
        ) : (
          <>
            <Table name={t("reg.title")} rows={rows} columns={shown} rowKey={(p) => p.id} href={(p) => `/register/${p.id}`} />
            <ListFoot n={rows.length} list={list} />
          </>
        )}
      </section>
    </>
  );
}
