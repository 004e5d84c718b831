import { Link } from "@tanstack/react-router";
import type { Param } from "../../api/types";
import { type Key, useSpeech } from "../../i18n";
import { type Column, Table } from "../../kit/table";
import { has, useActor } from "../../shell/session";

const trusts: Record<string, Key> = { L: "pol.trust.L", V: "pol.trust.V", D: "pol.trust.D", K: "pol.trust.K", A: "pol.trust.A" };

/** ParamTable lists numbers of rules, each with the document, 文号 and clause it comes from and how sure that is. */
export function ParamTable({ params, used }: { params: Param[]; used?: boolean }) {
  const { t, tx } = useSpeech();
  const keeper = has(useActor(), "policy");
  const columns: Column<Param>[] = [
    {
      key: "title",
      title: t("pol.param"),
      main: true,
      width: "26%",
      cell: (p) => (
        <>
          {tx(p.title)}
          {p.note && tx(p.note) && <span className="refused-more">{tx(p.note)}</span>}
        </>
      ),
    },
    { key: "value", title: t("pol.value"), align: "right", cell: (p) => <b className="nowrap">{tx(p.text)}</b> },
    { key: "source", title: t("pol.source"), width: "22%", cell: (p) => p.cite },
    {
      key: "trust",
      title: t("pol.trust"),
      width: 112,
      cell: (p) => (p.trust && trusts[p.trust] ? t(trusts[p.trust] as Key) : p.trust),
    },
  ];
  if (used)
    columns.push({
      key: "used",
      title: t("pol.used"),
      width: "26%",
      cell: (p) => <UsedBy list={p.used_by.map((u) => tx(u.title))} />,
    });
  if (keeper)
    columns.push({
      key: "edit",
      title: "",
      cell: (p) => (
        <Link
          to="/policy/edit"
          search={{ file: p.file, line: p.line } as never}
          aria-label={t("pol.param.edit", { name: tx(p.title) })}
        >
          {t("pol.edit.short")}
        </Link>
      ),
    });
  return <Table name={t("pol.tab.parameters")} rows={params} columns={columns} rowKey={(p) => p.name} />;
}

/** UsedBy names a few of the mechanisms that read a number, and tells how many more there are. */
function UsedBy({ list }: { list: string[] }) {
  const { t } = useSpeech();
  const few = list.length > 4 ? list.slice(0, 3) : list;
  return (
    <span title={list.join(t("word.and"))}>
      {few.join(t("word.and"))}
      {few.length < list.length && <span className="muted"> {t("pol.used.more", { n: list.length })}</span>}
    </span>
  );
}
