import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo } from "react";
import { q } from "../../api/queries";
import type { Thread, ThreadNode } from "../../api/types";
import { Icon } from "../../design/icons";
import "../../design/thread.css";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { formatDay } from "../../words/date";
import { DossierPanel } from "./dossier";
import { TimeLine } from "./line";
import { Results, Sources } from "./money";

/** ThreadPage is all that belongs together with a case: what it is about, in order of time, with the money of all of it. */
export function ThreadPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const thread = useQuery(q.thread(id));
  return (
    <Load page query={thread} bones={<Bones lines={12} height={28} />}>
      {(data) => <Body id={id} thread={data} />}
    </Load>
  );
}

const when = (n: ThreadNode) => n.opened ?? n.last ?? "";

function Body({ id, thread }: { id: string; thread: Thread }) {
  const { t, tx } = useSpeech();
  const self = thread.nodes.find((n) => n.id === id);
  const title = self?.title || tx(self?.kindTitle) || id;
  // What may only be known to be there has no date: it stands after what it belongs to.
  const rows = useMemo(() => inOrder(thread), [thread]);
  return (
    <div className="thread">
      <PageHead
        title={t("thread.title")}
        lead={t("thread.lead", { title })}
        back={{ to: `/cases/${id}`, label: t("thread.back") }}
      >
        <Button icon={<Icon name="print" />} onClick={() => window.print()}>
          {t("act.print")}
        </Button>
      </PageHead>
      <div className="stack">
        {thread.more && <Note status="running">{t("thread.more")}</Note>}
        <Numbers rows={rows} />
        <Stages rows={rows} />
        <div className="halves">
          <Sources money={thread.money} />
          <Results results={thread.results} />
        </div>
        <DossierPanel id={id} />
        <Sheet title={t("thread.line")} id="line">
          {rows.length < 2 && (
            <Empty icon="chain" title={t("thread.alone")}>
              {t("thread.alone.way")}
            </Empty>
          )}
          <TimeLine rows={rows} edges={thread.edges} here={id} />
        </Sheet>
      </div>
    </div>
  );
}

/** inOrder is the nodes by the day on which each began; one without a day follows the first that it is linked with. */
function inOrder(thread: Thread): ThreadNode[] {
  const dated = thread.nodes.filter((n) => when(n) !== "").sort((a, b) => when(a).localeCompare(when(b)));
  for (const n of thread.nodes.filter((x) => when(x) === "")) {
    const edge = thread.edges.find((e) => e.from === n.id || e.to === n.id);
    const beside = dated.findIndex((d) => d.id === edge?.from || d.id === edge?.to);
    dated.splice(beside < 0 ? dated.length : beside + 1, 0, n);
  }
  return dated;
}

function Numbers({ rows }: { rows: ThreadNode[] }) {
  const { t } = useSpeech();
  // A record that a case came to may have last changed long before: the thread begins with what began in it.
  const begun = rows.flatMap((n) => [n.opened ?? n.last, ...(n.events ?? []).map((e) => e.at)]).filter((x): x is string => !!x);
  const days = [...begun, ...rows.flatMap((n) => n.last ?? [])];
  const [first, last] = [begun.reduce((a, b) => (b < a ? b : a), begun[0] ?? ""), days.reduce((a, b) => (b > a ? b : a), "")];
  const cells = [
    { label: t("thread.cases"), value: rows.filter((n) => n.what === "case").length },
    { label: t("thread.records"), value: rows.filter((n) => n.what === "record").length },
    { label: t("thread.steps"), value: rows.reduce((sum, n) => sum + (n.steps ?? 0), 0) },
  ];
  return (
    <dl className="counts thread-counts">
      {cells.map((c) => (
        <div key={c.label} className="count-cell">
          <dt>{c.label}</dt>
          <dd>{c.value}</dd>
        </div>
      ))}
      <div className="count-cell">
        <dt>{t("thread.span")}</dt>
        <dd className="thread-span">{first ? `${formatDay(first)} – ${formatDay(last)}` : t("word.none")}</dd>
      </div>
    </dl>
  );
}

/** Stages is what the thread went through, each with its way down the page. */
function Stages({ rows }: { rows: ThreadNode[] }) {
  const { t, tx } = useSpeech();
  const stages: { title: string; first: string; n: number }[] = [];
  for (const n of rows) {
    const title = tx(n.kindTitle);
    const known = stages.find((s) => s.title === title);
    if (known) known.n++;
    else stages.push({ title, first: n.id, n: 1 });
  }
  if (stages.length < 2) return null;
  return (
    <nav className="thread-stages" aria-label={t("thread.stages")}>
      <ol>
        {stages.map((s) => (
          <li key={s.first}>
            <Link to="." hash={s.first} replace>
              {s.title}
              {s.n > 1 && <span className="muted"> {s.n}</span>}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
