import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { q } from "../api/queries";
import { useSpeech } from "../i18n";
import { Due } from "../kit/figures";
import { Load } from "../kit/load";
import { Empty } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import { Table, TableBones } from "../kit/table";

/** BenchPage is an examiner's work list: what is judged with reasons by clause. */
export function BenchPage() {
  const { t, tx } = useSpeech();
  const list = useQuery(q.bench());
  return (
    <>
      <PageHead title={t("bench.title")} lead={t("bench.lead")} back={{ to: "/desk", label: t("nav.desk") }} />
      <Sheet pad={false}>
        <Load query={list} bones={<TableBones columns={5} />}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon="check" title={t("bench.none")}>
                {t("bench.none.way")}
              </Empty>
            ) : (
              <Table
                name={t("bench.title")}
                rows={items}
                rowKey={(r) => `${r.case} ${r.act.record} ${r.act.step}`}
                href={(r) => `/cases/${r.case}/do/${r.act.step}${r.act.part ? `?record=${r.act.record}` : ""}`}
                columns={[
                  { key: "title", title: t("col.title"), main: true, cell: (r) => r.title },
                  { key: "act", title: t("bench.act"), cell: (r) => tx(r.act.title) },
                  { key: "mechanism", title: t("col.mechanism"), cell: (r) => tx(r.mechanism.title) },
                  { key: "party", title: t("col.party"), cell: (r) => r.party },
                  { key: "due", title: t("col.due"), cell: (r) => <Due at={r.due} workdays={r.workdays} /> },
                ]}
              />
            )
          }
        </Load>
      </Sheet>
    </>
  );
}

/** NextAtBench leads to what is next on the list once one is done. */
export function NextAtBench({ here }: { here: string }) {
  const { t } = useSpeech();
  const list = useQuery(q.bench());
  const rest = (list.data ?? []).filter((r) => r.case !== here);
  const next = rest[0];
  if (!next) return null;
  return (
    <p className="small">
      <span className="muted">{t("bench.left", { n: rest.length })} · </span>
      <Link to="/cases/$id/do/$step" params={{ id: next.case, step: next.act.step }}>
        {t("bench.next", { title: next.title })}
      </Link>
    </p>
  );
}
