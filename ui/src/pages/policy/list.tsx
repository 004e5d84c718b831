import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../../api/queries";
import type { Basis, MechanismItem, Param } from "../../api/types";
import { useSpeech } from "../../i18n";
import { grouped } from "../../kit/group";
import { Load } from "../../kit/load";
import { Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { type Column, Table, TableBones } from "../../kit/table";
import { Tabs } from "../../kit/tabs";
import { has, useActor } from "../../shell/session";
import { Editions } from "./editions";
import { ParamTable } from "./params";

export function PolicyPage() {
  const { t } = useSpeech();
  const here = useLocation().pathname;
  const keeper = has(useActor(), "policy");
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const tabs = [
    { key: "mechanisms", label: t("pol.tab.mechanisms"), children: <Mechanisms base={here} /> },
    { key: "parameters", label: t("pol.tab.parameters"), children: <Parameters /> },
    { key: "basis", label: t("pol.tab.basis"), children: <Documents /> },
    { key: "editions", label: t("pol.tab.editions"), children: <Editions base={here} /> },
  ];
  return (
    <>
      <PageHead title={t("pol.title")} lead={t("pol.lead")}>
        <a href="/api/policy/pack.zip" download>
          {t("pol.take")}
        </a>
        {keeper && (
          <Link to="/policy/edit">
            <Button tabIndex={-1}>{t("pol.edit")}</Button>
          </Link>
        )}
      </PageHead>
      <section className="sheet tabbed" aria-label={t("pol.title")}>
        <Tabs
          name={t("pol.title")}
          active={tab}
          items={tabs}
          onChange={(key) => void navigate({ to: here, search: { tab: key }, replace: true })}
        />
      </section>
    </>
  );
}

function Mechanisms({ base }: { base: string }) {
  const { t, tx } = useSpeech();
  const list = useQuery(q.mechanisms());
  const columns: Column<MechanismItem>[] = [
    { key: "title", title: t("pol.mechanism"), main: true, width: "22%", cell: (m) => tx(m.title) },
    { key: "purpose", title: t("pol.purpose"), cell: (m) => tx(m.purpose) },
    { key: "opener", title: t("pol.opener"), width: 176, cell: (m) => tx(m.opener.title) },
    { key: "version", title: t("pol.version"), width: 80, cell: (m) => m.version },
    {
      key: "proved",
      title: t("pol.proved"),
      width: 128,
      cell: (m) => (
        <Standing status={m.proved ? "done" : "returned"} icon={m.proved ? undefined : "warn"}>
          {m.proved ? t("pol.proved.yes") : t("pol.proved.no")}
        </Standing>
      ),
    },
  ];
  return (
    <Load query={list} bones={<TableBones rows={3} columns={5} />}>
      {(data) =>
        data.length === 0 ? (
          <Empty icon="book" title={t("pol.none")}>
            {t("pol.none.way")}
          </Empty>
        ) : (
          <div className="stack-l">
            {grouped(data).map((g) => (
              <section key={g.name} className="stack-s" aria-label={tx(g.title)}>
                {g.title && <h2 className="group-title">{tx(g.title)}</h2>}
                <Table
                  name={tx(g.title) || t("pol.tab.mechanisms")}
                  rows={g.items}
                  columns={columns}
                  rowKey={(m) => m.name}
                  href={(m) => `${base}/${m.name}`}
                />
              </section>
            ))}
          </div>
        )
      }
    </Load>
  );
}

function Parameters() {
  const params = useQuery(q.parameters());
  return (
    <Load query={params} bones={<TableBones rows={8} columns={5} />}>
      {(data: Param[]) => <ParamTable params={data} used />}
    </Load>
  );
}

function Documents() {
  const { t } = useSpeech();
  const basis = useQuery(q.basis());
  const columns: Column<Basis>[] = [
    { key: "title", title: t("pol.doc"), main: true, cell: (b) => `《${b.title}》` },
    { key: "number", title: t("pol.number"), cell: (b) => <span className="nowrap">{b.number}</span> },
    { key: "issuer", title: t("pol.issuer"), cell: (b) => b.issuer },
    { key: "level", title: t("pol.level"), cell: (b) => b.level },
    { key: "status", title: t("pol.status"), cell: (b) => b.status },
    { key: "valid", title: t("pol.valid"), cell: (b) => [b.from, b.to].filter(Boolean).join(" — ") },
  ];
  return (
    <Load query={basis} bones={<TableBones rows={8} columns={6} />}>
      {(data) => <Table name={t("pol.tab.basis")} rows={data} columns={columns} rowKey={(b) => b.key} />}
    </Load>
  );
}
