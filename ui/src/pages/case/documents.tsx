import type { DocumentView, View } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { Empty } from "../../kit/note";
import { type Column, Table } from "../../kit/table";
import { formatSize } from "../../words/size";

/** Documents lists what was uploaded and the papers that the system made, which open to be printed. */
export function Documents({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  if (view.documents.length === 0) {
    return (
      <Empty icon="attach" title={t("case.documents.none")}>
        {t("case.documents.none.way")}
      </Empty>
    );
  }
  const columns: Column<DocumentView>[] = [
    {
      key: "name",
      title: t("case.documents.name"),
      main: true,
      cell: (d) =>
        d.made ? (
          <a href={`/api/cases/${view.id}/papers/${d.digest}`} target="_blank" rel="noreferrer">
            {tx(d.title) || d.name}
          </a>
        ) : (
          <a href={`/api/documents/${d.digest}?case=${encodeURIComponent(view.id)}`} download={d.name}>
            {tx(d.title) || d.name}
          </a>
        ),
    },
    {
      key: "kind",
      title: t("case.documents.kind"),
      cell: (d) => (d.made ? `${t("case.documents.made")} · ${t("case.documents.paper")}` : t("case.documents.uploaded")),
    },
    { key: "size", title: t("case.documents.size"), align: "right", cell: (d) => (d.size > 0 ? formatSize(d.size) : "") },
    { key: "digest", title: t("case.documents.digest"), cell: (d) => <Digest value={d.digest} /> },
    { key: "at", title: t("col.time"), cell: (d) => <Moment at={d.at} /> },
  ];
  return (
    <div className="sheet">
      <Table name={t("case.tab.documents")} rows={view.documents} columns={columns} rowKey={(d) => `${d.digest}-${d.at}`} />
    </div>
  );
}
