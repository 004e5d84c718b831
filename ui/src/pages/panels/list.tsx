// The officer's panel desk: what is to be done about each panel and by whom, how far each has come, and what was reviewed.
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
import { NextWords, nextOf, Pips, Steps } from "./way";

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
        {(list) => <Groups list={list} />}
      </Load>
    </>
  );
}

type Group = "mine" | "running" | "over";

/** groupOf puts a panel where its reader looks for it: what is theirs to do, what others are at, what is done. */
function groupOf(p: PanelItem): Group {
  if (p.stage === "over") return "over";
  return nextOf(p).mine ? "mine" : "running";
}

function Groups({ list }: { list: PanelItem[] }) {
  const { t } = useSpeech();
  if (list.length === 0)
    return (
      <Empty icon="panel" title={t("panels.none")}>
        {t("panels.none.way")}
      </Empty>
    );
  return (
    <div className="stack-l">
      {(["mine", "running", "over"] as const).map((group) => {
        const some = list.filter((p) => groupOf(p) === group);
        return some.length > 0 && <Panels key={group} group={group} list={some} />;
      })}
    </div>
  );
}

/** How many of what was reviewed are shown before somebody asks for the rest. */
const some = 12;

function Panels({ group, list }: { group: Group; list: PanelItem[] }) {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState<string[]>([]);
  const [all, setAll] = useState(false);
  const may = list.filter((p) => (group === "mine" ? p.may && p.wanted > 0 && p.stage === "forming" : p.accepted > 0));
  const columns = useColumnsOf(group);
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
  const rows = group === "over" && !all ? list.slice(0, some) : list;
  return (
    <Sheet
      title={t("panels.group.n", { name: t(`panels.group.${group}`), n: list.length })}
      pad={false}
      aside={may.length > 1 && <Together group={group} chosen={chosen} />}
    >
      <Table
        name={t(`panels.group.${group}`)}
        rows={rows}
        columns={columns}
        rowKey={(p) => p.case}
        href={(p) => `/panels/${p.case}`}
      />
      {rows.length < list.length && (
        <div className="list-foot">
          <Button size="small" onClick={() => setAll(true)}>
            {t("panels.show.rest", { n: list.length - rows.length })}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

/** Together leads to the page on which the chosen cases are dealt with at once. */
function Together({ group, chosen }: { group: Group; chosen: string[] }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const to = group === "mine" ? "/panels/assign" : "/panels/meeting";
  const what = group === "mine" ? "assign" : "meeting";
  return chosen.length === 0 ? (
    <span className="small muted">{t(`panels.${what}.hint`)}</span>
  ) : (
    <Button
      type={group === "mine" ? "primary" : "default"}
      onClick={() => void navigate({ to, search: { cases: chosen.join(",") } as never })}
    >
      {t(`panels.${what}.n`, { n: chosen.length })}
    </Button>
  );
}

function useColumnsOf(group: Group): Column<PanelItem>[] {
  const { t, tx } = useSpeech();
  const title: Column<PanelItem> = {
    key: "title",
    title: t("col.title"),
    main: true,
    width: "30%",
    cell: (p) => p.title || tx(p.mechanism.title),
  };
  const people: Column<PanelItem> = { key: "people", title: t("panels.people"), cell: (p) => <Pips panel={p} /> };
  const due: Column<PanelItem> = {
    key: "due",
    title: t("panels.due"),
    align: "right",
    cell: (p) => <Due at={p.due} workdays={p.workdays} />,
  };
  if (group !== "over")
    return [
      title,
      { key: "at", title: t("panels.stage"), cell: (p) => <Steps at={nextOf(p).at} /> },
      { key: "next", title: t("panels.next"), width: "22%", cell: (p) => <NextWords next={nextOf(p)} /> },
      people,
      due,
    ];
  return [
    title,
    {
      key: "state",
      title: t("col.state"),
      cell: (p) => <Standing status={standingOf(p.state, { mine: p.may })}>{tx(p.state.title)}</Standing>,
    },
    { key: "people", title: t("panels.people"), align: "right", cell: (p) => t("panels.n", { n: p.accepted }) },
    {
      key: "given",
      title: t("panels.given"),
      align: "right",
      cell: (p) =>
        p.asked > 0 ? t("panels.given.of", { n: p.given, all: p.asked }) : <span className="muted">{t("word.none")}</span>,
    },
    due,
  ];
}
