import type { Param } from "../../api/types";
import { type Key, useSpeech } from "../../i18n";
import { type Column, Table } from "../../kit/table";

const trusts: Record<string, Key> = { L: "pol.trust.L", V: "pol.trust.V", D: "pol.trust.D", K: "pol.trust.K", A: "pol.trust.A" };

/** ParamTable lists numbers of rules, each with the document, 文号 and clause it comes from and how sure that is. */
export function ParamTable({ params, used }: { params: Param[]; used?: boolean }) {
  const { t, tx } = useSpeech();
  const columns: Column<Param>[] = [
    {
      key: "title",
      title: t("pol.param"),
      main: true,
      cell: (p) => (
        <>
          {tx(p.title)}
          {p.note && tx(p.note) && <span className="refused-more">{tx(p.note)}</span>}
        </>
      ),
    },
    { key: "value", title: t("pol.value"), align: "right", cell: (p) => <b className="nowrap">{tx(p.text)}</b> },
    { key: "source", title: t("pol.source"), cell: (p) => p.cite },
    { key: "trust", title: t("pol.trust"), cell: (p) => (p.trust && trusts[p.trust] ? t(trusts[p.trust] as Key) : p.trust) },
  ];
  if (used)
    columns.push({
      key: "used",
      title: t("pol.used"),
      cell: (p) => <span className="nowrap">{p.used_by.map((u) => tx(u.title)).join(t("word.and"))}</span>,
    });
  return <Table name={t("pol.tab.parameters")} rows={params} columns={columns} rowKey={(p) => p.name} />;
}
