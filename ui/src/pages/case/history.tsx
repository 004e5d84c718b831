import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { HistoryView, View } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Moment } from "../../kit/figures";
import { type Column, Table } from "../../kit/table";
import { partTitle } from "./names";

/** History is every step that was done, each with its entry in the journal. */
export function History({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const file = `${view.id}.bundle.json`;
  const columns: Column<HistoryView>[] = [
    {
      key: "step",
      title: t("case.history.step"),
      main: true,
      cell: (h) => (
        <>
          {tx(h.title)}
          {h.part && (
            <span className="muted"> · {t("case.part", { part: tx(partTitle(view, h.part)) || h.part, n: h.number ?? "" })}</span>
          )}
          {h.reason && <span className="refused-more">{t("case.history.reason", { reason: h.reason })}</span>}
        </>
      ),
    },
    {
      key: "who",
      title: t("case.history.who"),
      cell: (h) => (
        <>
          {h.who || t("case.history.deadline")} <span className="small muted">{tx(h.seat)}</span>
        </>
      ),
    },
    {
      key: "move",
      title: t("case.history.move"),
      cell: (h) => (h.to && tx(h.from) !== tx(h.to) ? `${tx(h.from)} → ${tx(h.to)}` : tx(h.to)),
    },
    { key: "at", title: t("col.time"), cell: (h) => <Moment at={h.at} /> },
    {
      key: "proof",
      title: t("case.history.proof"),
      cell: (h) => (
        <Link to="/journal" search={{ leaf: h.leaf }} title={h.leaf}>
          {h.index === undefined ? t("case.history.pending") : t("case.history.sealed", { index: h.index })}
        </Link>
      ),
    },
  ];
  return (
    <div className="stack">
      <div className="spread">
        <div className="bundle-hint">
          <p>{t("case.number", { id: view.id })}</p>
          <p className="muted">{t("case.bundle.hint", { file })}</p>
        </div>
        <a href={`/api/cases/${view.id}/bundle`} download={file}>
          <Button tabIndex={-1} icon={<Icon name="down" />}>
            {t("case.bundle")}
          </Button>
        </a>
      </div>
      <div className="sheet">
        <Table name={t("case.tab.history")} rows={view.history.slice().reverse()} columns={columns} rowKey={(h) => `${h.seq}`} />
      </div>
    </div>
  );
}
