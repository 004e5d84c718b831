import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { q } from "../api/queries";
import type { Desk, Item } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { Due, Moment, Money } from "../kit/figures";
import { Load } from "../kit/load";
import { Empty, Note } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import { Standing, standingOf } from "../kit/standing";
import { type Column, Table, TableBones } from "../kit/table";
import { useActor, useMayOpen } from "../shell/session";
import { daysLeft } from "../words/date";
import { FirstSteps } from "./first-steps";

export function DeskPage() {
  const { t } = useSpeech();
  const actor = useActor();
  const mayOpen = useMayOpen();
  const desk = useQuery(q.desk());
  return (
    <>
      <PageHead title={t("nav.desk")} lead={actor ? t("desk.hello", { name: actor.name }) : undefined}>
        <BenchLink />
        {mayOpen && (
          <Link to="/cases/new">
            <Button tabIndex={-1} icon={<Icon name="add" />}>
              {t("cases.new")}
            </Button>
          </Link>
        )}
      </PageHead>
      <Load query={desk} bones={<DeskBones />}>
        {(data) => <DeskBody desk={data} />}
      </Load>
    </>
  );
}

/** BenchLink leads examiners to their bench; nobody else sees it. */
function BenchLink() {
  const { t } = useSpeech();
  const list = useQuery(q.bench());
  const n = list.data?.length ?? 0;
  if (n === 0) return null;
  return (
    <Link to="/bench">
      <Button tabIndex={-1}>
        {t("bench.open")} {n}
      </Button>
    </Link>
  );
}

function DeskBody({ desk }: { desk: Desk }) {
  const { t } = useSpeech();
  const late =
    desk.waiting.filter((i) => i.due && daysLeft(i.due) <= 0).length +
    (desk.taxes ?? []).filter((m) => m.standing === "late").length;
  const soon = desk.waiting.filter((i) => i.due && daysLeft(i.due) > 0 && (i.workdays ?? 99) <= 3).length;
  const taxes = desk.taxes ?? [];
  const bare = desk.waiting.length + desk.others.length + desk.changed.length + desk.messages.length + taxes.length === 0;
  if (bare) return <FirstSteps />;
  return (
    <div className="stack-l">
      <dl className="counts">
        <Count label={t("desk.count.waiting")} n={desk.waiting.length + taxes.length} />
        <Count label={t("desk.count.soon")} n={soon} tone={soon > 0 ? "waiting" : undefined} />
        <Count label={t("desk.count.late")} n={late} tone={late > 0 ? "returned" : undefined} />
        <Count label={t("desk.count.others")} n={desk.others.length} />
      </dl>
      {taxes.map((m) => (
        <Note key={m.month} status={m.standing === "late" ? "returned" : "waiting"}>
          <p>
            <Link to="/money/fees" search={{ month: m.month }}>
              {t("desk.tax", { month: m.month })}
            </Link>
            <Money fen={m.tax - m.remitted} />
          </p>
          <p className="small">{t(m.standing === "late" ? "desk.tax.late" : "desk.tax.due", { due: m.due ?? "" })}</p>
        </Note>
      ))}
      <Sheet title={t("desk.waiting")} pad={false} id="waiting">
        {desk.waiting.length > 0 ? (
          <ItemTable name={t("desk.waiting")} items={desk.waiting} mine />
        ) : (
          <Empty icon="check" title={t("desk.waiting.none")}>
            {t("desk.waiting.none.way")}
          </Empty>
        )}
      </Sheet>
      {desk.waiting.length === 0 && taxes.length === 0 && <FirstSteps />}
      {desk.messages.length > 0 && (
        <Sheet title={t("desk.messages")} pad={false} id="messages">
          <Messages desk={desk} />
        </Sheet>
      )}
      <div className="halves">
        <Sheet title={t("desk.others")} pad={false} id="others">
          {desk.others.length > 0 ? (
            <ItemTable name={t("desk.others")} items={desk.others} />
          ) : (
            <Empty icon="clock" title={t("desk.others.none")} />
          )}
        </Sheet>
        <Sheet title={t("desk.changed")} pad={false} id="changed">
          {desk.changed.length > 0 ? <Changes desk={desk} /> : <Empty icon="bell" title={t("desk.changed.none")} />}
        </Sheet>
      </div>
    </div>
  );
}

function Count({ label, n, tone }: { label: string; n: number; tone?: "waiting" | "returned" }) {
  return (
    <div className="count-cell">
      <dt>{label}</dt>
      <dd className={tone ? `tone-${tone}` : undefined}>{n}</dd>
    </div>
  );
}

function ItemTable({ name, items, mine }: { name: string; items: Item[]; mine?: boolean }) {
  const { t, tx } = useSpeech();
  const columns: Column<Item>[] = [
    {
      key: "title",
      title: t("col.title"),
      main: true,
      width: mine ? "36%" : "30%",
      cell: (i) => i.title || tx(i.mechanism.title),
    },
    {
      key: "state",
      title: t("col.state"),
      cell: (i) => <Standing status={standingOf(i.state, { mine })}>{tx(i.state.title)}</Standing>,
    },
    mine
      ? {
          key: "do",
          title: t("col.do"),
          cell: (i) => Array.from(new Set((i.do ?? []).map((d) => tx(d.title)))).join(t("word.and")),
        }
      : { key: "waits", title: t("col.waits"), width: "26%", cell: (i) => tx(i.waits) },
    { key: "due", title: t("col.due"), cell: (i) => <Due at={i.due} workdays={i.workdays} /> },
  ];
  if (mine) columns.splice(1, 0, { key: "party", title: t("col.party"), cell: (i) => i.party });
  return <Table name={name} rows={items} columns={columns} rowKey={(i) => i.case} href={(i) => `/cases/${i.case}`} />;
}

type Change = Desk["changed"][number];

/** byCase gathers changes under their case, the case that changed last first: thirty scores of one review are one piece of news. */
export function byCase(changed: readonly Change[]): { last: Change; earlier: Change[] }[] {
  const cases = new Map<string, { last: Change; earlier: Change[] }>();
  for (const c of changed) {
    const known = cases.get(c.case);
    if (known) known.earlier.push(c);
    else cases.set(c.case, { last: c, earlier: [] });
  }
  return [...cases.values()];
}

/** CHANGES_AT_ONCE is how many cases the feed shows before it is asked for more: about as long as the list beside it. */
const CHANGES_AT_ONCE = 6;

function Changes({ desk }: { desk: Desk }) {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const cases = byCase(desk.changed);
  return (
    <>
      <ul className="feed">
        {(all ? cases : cases.slice(0, CHANGES_AT_ONCE)).map(({ last, earlier }) => (
          <li key={last.case}>
            <Link to="/cases/$id" params={{ id: last.case }}>
              {last.title}
            </Link>
            <ChangeLine change={last} />
            {earlier.length > 0 && (
              <details>
                <summary className="small">{t("desk.changed.earlier", { n: earlier.length })}</summary>
                {earlier.map((c, i) => (
                  <ChangeLine key={i} change={c} />
                ))}
              </details>
            )}
          </li>
        ))}
      </ul>
      {!all && cases.length > CHANGES_AT_ONCE && (
        <div className="feed-more">
          <Button type="link" onClick={() => setAll(true)}>
            {t("desk.changed.more", { n: cases.length - CHANGES_AT_ONCE })}
          </Button>
        </div>
      )}
    </>
  );
}

/** Messages are what cases tell, and what was offered for needs that wait; the latest first. */
function Messages({ desk }: { desk: Desk }) {
  const { t, tx } = useSpeech();
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className="feed">
        {(all ? desk.messages : desk.messages.slice(0, CHANGES_AT_ONCE)).map((m) => (
          <li key={m.id}>
            {m.case ? (
              <Link to="/cases/$id" params={{ id: m.case }}>
                {m.title}
              </Link>
            ) : m.handed ? (
              <Link to="/register/handed/$id" params={{ id: m.handed }}>
                {m.title}
              </Link>
            ) : (
              <Link to="/match" search={{ view: "waiting" }}>
                {m.title}
              </Link>
            )}
            <div className="feed-step">
              <p>{tx(m.text)}</p>
              <p className="small muted">
                <Moment at={m.at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {!all && desk.messages.length > CHANGES_AT_ONCE && (
        <div className="feed-more">
          <Button type="link" onClick={() => setAll(true)}>
            {t("desk.messages.more", { n: desk.messages.length - CHANGES_AT_ONCE })}
          </Button>
        </div>
      )}
    </>
  );
}

function ChangeLine({ change: { step } }: { change: Change }) {
  const { t, tx } = useSpeech();
  return (
    <div className="feed-step">
      <p>
        {tx(step.title)}
        {step.to && <span className="muted"> → {tx(step.to)}</span>}
      </p>
      {step.reason && <p className="small">{t("case.history.reason", { reason: step.reason })}</p>}
      <p className="small muted">
        {tx(step.seat) || t("case.history.deadline")} · <Moment at={step.at} />
      </p>
    </div>
  );
}

function DeskBones() {
  return (
    <div className="stack-l">
      <div className="counts">
        {[0, 1, 2, 3].map((i) => (
          <div key={i} className="count-cell">
            <span className="bone" style={{ width: 80 }} />
            <span className="bone" style={{ width: 40, height: 32, marginTop: 8 }} />
          </div>
        ))}
      </div>
      <div className="sheet">
        <TableBones rows={5} columns={5} />
      </div>
    </div>
  );
}
