import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../api/queries";
import type { Desk, Item } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { Due, Moment } from "../kit/figures";
import { Load } from "../kit/load";
import { Empty } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import { Standing, standingOf } from "../kit/standing";
import { type Column, Table, TableBones } from "../kit/table";
import { useActor } from "../shell/session";
import { daysLeft } from "../words/date";

export function DeskPage() {
  const { t } = useSpeech();
  const actor = useActor();
  const desk = useQuery(q.desk());
  return (
    <>
      <PageHead title={t("nav.desk")} lead={actor ? t("desk.hello", { name: actor.name }) : undefined}>
        <Link to="/cases/new">
          <Button tabIndex={-1} icon={<Icon name="add" />}>
            {t("cases.new")}
          </Button>
        </Link>
      </PageHead>
      <Load query={desk} bones={<DeskBones />}>
        {(data) => <DeskBody desk={data} />}
      </Load>
    </>
  );
}

function DeskBody({ desk }: { desk: Desk }) {
  const { t } = useSpeech();
  const late = desk.waiting.filter((i) => i.due && daysLeft(i.due) <= 0).length;
  const soon = desk.waiting.filter((i) => i.due && daysLeft(i.due) > 0 && (i.workdays ?? 99) <= 3).length;
  return (
    <div className="stack-l">
      <dl className="counts">
        <Count label={t("desk.count.waiting")} n={desk.waiting.length} />
        <Count label={t("desk.count.soon")} n={soon} tone={soon > 0 ? "waiting" : undefined} />
        <Count label={t("desk.count.late")} n={late} tone={late > 0 ? "returned" : undefined} />
        <Count label={t("desk.count.others")} n={desk.others.length} />
      </dl>
      <Sheet title={t("desk.waiting")} pad={false} id="waiting">
        {desk.waiting.length > 0 ? (
          <ItemTable name={t("desk.waiting")} items={desk.waiting} mine />
        ) : (
          <Empty icon="check" title={t("desk.waiting.none")}>
            {t("desk.waiting.none.way")}
          </Empty>
        )}
      </Sheet>
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
      width: "36%",
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
      : { key: "waits", title: t("col.waits"), cell: (i) => tx(i.waits) },
    { key: "due", title: t("col.due"), cell: (i) => <Due at={i.due} workdays={i.workdays} /> },
  ];
  if (mine) columns.splice(1, 0, { key: "party", title: t("col.party"), cell: (i) => i.party });
  return <Table name={name} rows={items} columns={columns} rowKey={(i) => i.case} href={(i) => `/cases/${i.case}`} />;
}

function Changes({ desk }: { desk: Desk }) {
  const { t, tx } = useSpeech();
  return (
    <ul className="feed">
      {desk.changed.map((c) => (
        <li key={`${c.case}-${c.step.seq}`}>
          <Link to="/cases/$id" params={{ id: c.case }}>
            {c.title}
          </Link>
          <p>
            {tx(c.step.title)}
            {c.step.to && <span className="muted"> → {tx(c.step.to)}</span>}
          </p>
          {c.step.reason && <p className="small">{t("case.history.reason", { reason: c.step.reason })}</p>}
          <p className="small muted">
            {tx(c.step.seat)} · <Moment at={c.step.at} />
          </p>
        </li>
      ))}
    </ul>
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
