import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { q } from "../../api/queries";
import { FactRow } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { messages } from "../../i18n/messages";
import { Moment } from "../../kit/figures";
import { ListFoot } from "../../kit/list";
import { Failed, Load } from "../../kit/load";
import { Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { type Column, Table, TableBones } from "../../kit/table";
import { Tabs } from "../../kit/tabs";
import { has, useActor } from "../../shell/session";
import { Accounts } from "./accounts";

export function AdminPage() {
  const { t } = useSpeech();
  const actor = useActor();
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const tabs = [
    ...(has(actor, "admin.system", "admin.security")
      ? [
          { key: "accounts", label: t("adm.tab.accounts"), children: <Accounts /> },
          { key: "offices", label: t("adm.tab.offices"), children: <Offices /> },
        ]
      : []),
    ...(has(actor, "admin.audit") ? [{ key: "log", label: t("adm.tab.log"), children: <SecurityLog /> }] : []),
    { key: "health", label: t("adm.tab.health"), children: <HealthTab /> },
  ];
  return (
    <>
      <PageHead title={t("adm.title")} lead={t("adm.lead")} />
      <section className="sheet tabbed" aria-label={t("adm.title")}>
        <Tabs
          name={t("adm.title")}
          active={tab}
          items={tabs}
          onChange={(key) => void navigate({ to: "/admin", search: { tab: key }, replace: true })}
        />
      </section>
    </>
  );
}

function Offices() {
  const { t, tx } = useSpeech();
  const offices = useQuery(q.offices());
  type Row = NonNullable<typeof offices.data>[number];
  const columns: Column<Row>[] = [
    { key: "title", title: t("adm.office.title"), main: true, cell: (o) => tx(o.title) },
    { key: "name", title: t("adm.office.name"), cell: (o) => <code>{o.name}</code> },
    { key: "district", title: t("adm.office.district"), cell: (o) => (o.district ? t("act.yes") : "") },
  ];
  return (
    <Load query={offices} bones={<TableBones rows={4} columns={3} />}>
      {(list) => <Table name={t("adm.tab.offices")} rows={list} columns={columns} rowKey={(o) => o.name} />}
    </Load>
  );
}

function SecurityLog() {
  const { t, tx } = useSpeech();
  const log = useInfiniteQuery(q.securityLog());
  const rows = log.data?.pages.flatMap((p) => p.items) ?? [];
  type Row = (typeof rows)[number];
  const word = (kind: string) => {
    const key = `log.${kind}`;
    return key in messages ? t(key as Key) : kind;
  };
  const columns: Column<Row>[] = [
    { key: "kind", title: t("adm.log.kind"), main: true, cell: (e) => word(e.kind) },
    {
      key: "ok",
      title: t("adm.log.ok"),
      cell: (e) => (
        <Standing status={e.ok ? "done" : "returned"} icon={e.ok ? undefined : "warn"}>
          {e.ok ? t("adm.log.ok.yes") : t("adm.log.ok.no")}
        </Standing>
      ),
    },
    { key: "account", title: t("adm.log.account"), cell: (e) => e.about || e.login },
    { key: "by", title: t("adm.log.by"), cell: (e) => e.named },
    { key: "detail", title: t("adm.log.detail"), cell: (e) => tx(e.told) },
    { key: "from", title: t("adm.log.from"), cell: (e) => e.address },
    { key: "at", title: t("col.time"), cell: (e) => <Moment at={e.at} /> },
  ];
  if (log.isError && !log.data) return <Failed error={log.error} again={() => void log.refetch()} />;
  if (!log.data) return <TableBones rows={8} columns={6} />;
  if (rows.length === 0) return <Empty icon="lock" title={t("adm.log.none")} />;
  return (
    <>
      <Table name={t("adm.tab.log")} rows={rows} columns={columns} rowKey={(e) => e.id} />
      <ListFoot n={rows.length} list={log} />
    </>
  );
}

function HealthTab() {
  const { t, tx } = useSpeech();
  const health = useQuery(q.health());
  const site = useQuery(q.site());
  const ok = health.data?.ok ?? false;
  return (
    <div className="stack">
      {health.isError && <Failed error={health.error} />}
      {health.data && <Note status={ok ? "done" : "returned"}>{ok ? t("adm.health.ok") : t("adm.health.bad")}</Note>}
      <dl className="facts">
        <FactRow label={t("adm.health.store")}>{health.data?.store ? t("adm.health.ok") : t("adm.health.bad")}</FactRow>
        <FactRow label={t("adm.health.version")}>{health.data?.version ?? site.data?.version}</FactRow>
        {site.data && (
          <>
            <FactRow label={t("adm.health.pack")}>
              {tx(site.data.title)} {site.data.pack} {site.data.pack_version}
            </FactRow>
            <FactRow label={t("adm.health.digest")}>
              <code>{site.data.pack_digest}</code>
            </FactRow>
          </>
        )}
      </dl>
    </div>
  );
}
