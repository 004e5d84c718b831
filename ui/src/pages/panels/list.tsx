// The officer's panel desk: which panels are to be brought together, which are at work, and how far each has come.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { PanelItem } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Due } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Empty } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { type Column, Table, TableBones } from "../../kit/table";

export function PanelsPage() {
  const { t } = useSpeech();
  const panels = useQuery(q.panels());
  return (
    <>
      <PageHead title={t("nav.panels")} lead={t("panels.lead")}>
        <Link to="/panels/replay">
          <Button tabIndex={-1}>{t("panels.replay")}</Button>
        </Link>
      </PageHead>
      <Load query={panels} bones={<TableBones rows={6} />}>
        {(list) => <Stages list={list} />}
      </Load>
    </>
  );
}

function Stages({ list }: { list: PanelItem[] }) {
  const { t } = useSpeech();
  if (list.length === 0)
    return (
      <Empty icon="panel" title={t("panels.none")}>
        {t("panels.none.way")}
      </Empty>
    );
  return (
    <div className="stack-l">
      {(["forming", "reviewing", "over"] as const).map((stage) => {
        const some = list.filter((p) => p.stage === stage);
        return some.length > 0 && <Stage key={stage} stage={stage} list={some} />;
      })}
    </div>
  );
}

function Stage({ stage, list }: { stage: "forming" | "reviewing" | "over"; list: PanelItem[] }) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string[]>([]);
  const may = stage === "forming" ? list.filter((p) => p.may && p.wanted > 0) : stage === "over" ? list : [];
  const columns: Column<PanelItem>[] = [
    { key: "title", title: t("col.title"), main: true, width: "34%", cell: (p) => p.title || tx(p.mechanism.title) },
    {
      key: "state",
      title: t("col.state"),
      cell: (p) => <Standing status={standingOf(p.state, { mine: p.may })}>{tx(p.state.title)}</Standing>,
    },
    {
      key: "people",
      title: t("panels.people"),
      cell: (p) => (
        <span>
          {[
            stage === "forming" && p.wanted > 0 && t("panels.wanted", { n: p.wanted }),
            p.invited > 0 && t("panels.invited", { n: p.invited }),
            p.accepted > 0 && t("panels.accepted", { n: p.accepted }),
            p.dropped > 0 && t("panels.dropped", { n: p.dropped }),
          ]
            .filter(Boolean)
            .join(t("word.comma"))}
        </span>
      ),
    },
    {
      key: "given",
      title: t("panels.given"),
      cell: (p) =>
        p.sealed ? (
          <span className="muted">{t("panels.sealed")}</span>
        ) : p.asked > 0 ? (
          t("panels.given.of", { n: p.given, all: p.asked })
        ) : (
          <span className="muted">{t("word.none")}</span>
        ),
    },
    { key: "due", title: t("col.due"), cell: (p) => <Due at={p.due} workdays={p.workdays} /> },
  ];
  if (may.length > 1)
    columns.unshift({
      key: "choose",
      title: t("panels.choose"),
      width: 64,
      cell: (p) =>
        may.includes(p) && (
          <Checkbox
            aria-label={t("panels.choose.one", { title: p.title })}
            checked={chosen.includes(p.case)}
            onChange={(e) => setChosen((was) => (e.target.checked ? [...was, p.case] : was.filter((c) => c !== p.case)))}
          />
        ),
    });
  const to = stage === "forming" ? "/panels/assign" : "/panels/meeting";
  return (
    <Sheet
      title={t(`panels.stage.${stage}`)}
      pad={false}
      aside={
        may.length > 1 && (
          <Button
            size="small"
            type={stage === "forming" ? "primary" : "default"}
            disabled={chosen.length === 0}
            onClick={() => void navigate({ to, search: { cases: chosen.join(",") } as never })}
          >
            {t(stage === "forming" ? "panels.assign.n" : "panels.meeting.n", { n: chosen.length })}
          </Button>
        )
      }
    >
      <Table
        name={t(`panels.stage.${stage}`)}
        rows={list}
        columns={columns}
        rowKey={(p) => p.case}
        href={(p) => `/panels/${p.case}`}
      />
    </Sheet>
  );
}
