// The expert's desk: what to answer, what to review and by when, what was typed and not sent, and one's own record over the years.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { Option, ReviewItem, Reviews, View } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Due } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { Table } from "../../kit/table";
import { formatDay } from "../../words/date";
import { ConfirmAct } from "../case/confirm";
import { stepAddress } from "../case/names";
import { interestWords, Own } from "./own";

export function ReviewsPage() {
  const reviews = useQuery(q.reviews());
  return (
    <Load page query={reviews} bones={<Bones lines={8} />}>
      {(data) => <Body reviews={data} />}
    </Load>
  );
}

function Body({ reviews: r }: { reviews: Reviews }) {
  const { t } = useSpeech();
  const work = r.now.filter((i) => i.kind === "work" && i.do.length > 0);
  const calls = r.now.filter((i) => i.kind === "invitation" && i.do.length > 0);
  const rest = r.now.filter((i) => i.do.length === 0);
  return (
    <>
      <PageHead title={t("nav.reviews")} lead={<Todo work={work} calls={calls} />} />
      <div className="stack-l">
        {r.interests?.over && (
          <Note status="returned">
            <InterestLine of={r.interests} />
          </Note>
        )}
        {calls.length > 0 && (
          <Sheet title={`${t("reviews.invitations")} ${calls.length}`}>
            <ul className="plain review-cards">
              {calls.map((i) => (
                <Invitation key={i.record} item={i} />
              ))}
            </ul>
          </Sheet>
        )}
        {work.length > 0 ? (
          casesOf(work).map((list) => <Work key={list[0]?.case} list={list} />)
        ) : (
          <div className="sheet">
            <Empty icon="check" title={t("reviews.work.none")} />
          </div>
        )}
        {rest.length > 0 && <Waiting list={rest} />}
        <Own reviews={r} />
        <Past list={r.past.filter((p) => !r.now.some((i) => i.case === p.case))} />
      </div>
    </>
  );
}

/** Todo says in one line what waits, and by when the first of it. */
function Todo({ work, calls }: { work: ReviewItem[]; calls: ReviewItem[] }) {
  const { t } = useSpeech();
  const first = [...work, ...calls].filter((i) => i.due).toSorted((a, b) => (a.due ?? "").localeCompare(b.due ?? ""))[0];
  if (work.length + calls.length === 0) return <>{t("reviews.todo.none")}</>;
  return (
    <span className="row">
      <span className="strong">
        {[
          calls.length > 0 && t("reviews.todo.calls", { n: calls.length }),
          work.length > 0 && t("reviews.todo.work", { n: work.length }),
        ]
          .filter(Boolean)
          .join(t("word.comma"))}
      </span>
      {first && (
        <span>
          {t("reviews.todo.first")} <Due at={first.due} workdays={first.workdays} />
        </span>
      )}
      <span className="small muted">{t("reviews.lead")}</span>
    </span>
  );
}

function InterestLine({ of: d }: { of: NonNullable<Reviews["interests"]> }) {
  const { t } = useSpeech();
  return (
    <>
      <p>{interestWords(t, d)}</p>
      {d.case ? (
        <Link to="/cases/$id" params={{ id: d.case }}>
          {t("reviews.interests.open")}
        </Link>
      ) : (
        <Link to="/cases/new">{t("reviews.interests.state")}</Link>
      )}
    </>
  );
}

/** casesOf groups items by their case, in the order in which they come. */
function casesOf(list: ReviewItem[]): ReviewItem[][] {
  const groups = new Map<string, ReviewItem[]>();
  for (const i of list) groups.set(i.case, [...(groups.get(i.case) ?? []), i]);
  return [...groups.values()];
}

/** useDoing does what an item offers: a form on its page, anything else after it was confirmed. */
function useDoing(i: ReviewItem) {
  const navigate = useNavigate();
  const view = useQuery({ ...q.case(i.case), enabled: false });
  const [chosen, setChosen] = useState<{ view: View; option: Option } | null>(null);
  const act = async (step: string) => {
    const read = (await view.refetch()).data;
    const option = read?.options.find((o) => o.record === i.record && o.step === step);
    if (!read || !option) return;
    const address = stepAddress(read, option);
    if (option.form) void navigate({ to: address.to, search: { ...address.search, from: "reviews" } } as never);
    else setChosen({ view: read, option });
  };
  const dialog = chosen && (
    <ConfirmAct
      view={chosen.view}
      option={chosen.option}
      askReason
      onClose={() => setChosen(null)}
      onDone={() => setChosen(null)}
    />
  );
  return { act, dialog, can: i.do.filter((d) => (d.refused ?? []).length === 0) };
}

function Invitation({ item: i }: { item: ReviewItem }) {
  const { t, tx } = useSpeech();
  const { act, dialog, can } = useDoing(i);
  return (
    <li className="review-card">
      <div>
        <Link to="/cases/$id" params={{ id: i.case }} className="strong">
          {i.title}
        </Link>
        <p className="muted">{tx(i.mechanism)}</p>
      </div>
      <p>
        <span className="muted">{t("reviews.by")}</span> <Due at={i.due} workdays={i.workdays} />
      </p>
      {can[0]?.tells && <p className="small">{tx(can[0].tells)}</p>}
      <div className="row">
        {can.map((d, n) => (
          <Button key={d.step} type={n === 0 ? "primary" : "default"} onClick={() => void act(d.step)}>
            {tx(d.title)}
          </Button>
        ))}
      </div>
      {dialog}
    </li>
  );
}

/** Work is what one case asks to be reviewed: each piece with how far it is. */
function Work({ list }: { list: ReviewItem[] }) {
  const { t, tx } = useSpeech();
  const [first] = list;
  if (!first) return null;
  const tells = first.do.find((d) => d.tells && (d.refused ?? []).length === 0)?.tells;
  return (
    <section className="sheet" aria-label={`${t("reviews.work")} ${first.title}`}>
      <header>
        <h2>
          <span className="muted small">{t("reviews.work")}</span> {first.title}
        </h2>
        <Link to="/cases/$id" params={{ id: first.case }} className="small">
          {t("reviews.read")}
        </Link>
      </header>
      <ul className="plain review-list">
        {list.map((i) => (
          <Piece key={i.record} item={i} />
        ))}
      </ul>
      {tells && <p className="review-tells small muted">{tx(tells)}</p>}
    </section>
  );
}

function Piece({ item: i }: { item: ReviewItem }) {
  const { t, tx } = useSpeech();
  const { act, dialog, can } = useDoing(i);
  return (
    <li className="review-card review-piece">
      <div>
        <span className="strong">
          {i.of ? `${t("case.part", { part: tx(i.of.part), n: i.of.number })} ${i.of.who ?? ""}` : tx(i.part)}
        </span>
        <p className="row">
          <Standing status={i.draft ? "running" : "waiting"} icon={i.draft ? "pen" : "clock"}>
            {t(i.draft ? "reviews.item.draft" : "reviews.item.new")}
          </Standing>
          <span>
            <span className="muted">{t("reviews.by")}</span> <Due at={i.due} workdays={i.workdays} />
          </span>
        </p>
      </div>
      <div className="row">
        {can.map((d, n) => (
          <Button key={d.step} type={n === 0 ? "primary" : "text"} onClick={() => void act(d.step)}>
            {tx(d.title)}
          </Button>
        ))}
      </div>
      {dialog}
    </li>
  );
}

function Waiting({ list }: { list: ReviewItem[] }) {
  const { t, tx } = useSpeech();
  return (
    <Sheet title={t("reviews.waiting")} pad={false}>
      <Table
        name={t("reviews.waiting")}
        rows={list}
        rowKey={(i) => i.record}
        href={(i) => `/cases/${i.case}`}
        columns={[
          { key: "title", title: t("col.title"), main: true, width: "50%", cell: (i) => i.title },
          {
            key: "state",
            title: t("col.state"),
            cell: (i) => <Standing status={standingOf(i.state)}>{tx(i.state.title)}</Standing>,
          },
          { key: "since", title: t("panels.since"), cell: (i) => formatDay(i.since) },
        ]}
      />
    </Sheet>
  );
}

/** How many past cases are shown before somebody asks for the rest. */
const some = 8;

/** Past is what was done, a row a case. */
function Past({ list }: { list: ReviewItem[] }) {
  const { t, tx } = useSpeech();
  const [all, setAll] = useState(false);
  const groups = casesOf(list);
  if (groups.length === 0) return null;
  const rows = all ? groups : groups.slice(0, some);
  const opinions = (g: ReviewItem[]) => g.filter((i) => i.kind === "work").length;
  return (
    <Sheet title={t("reviews.past")} pad={false}>
      <Table
        name={t("reviews.past")}
        rows={rows}
        rowKey={(g) => g[0]?.case ?? ""}
        href={(g) => `/cases/${g[0]?.case}`}
        columns={[
          { key: "title", title: t("col.title"), main: true, width: "50%", cell: (g) => g[0]?.title },
          { key: "mechanism", title: t("col.mechanism"), cell: (g) => g[0] && tx(g[0].mechanism) },
          {
            key: "part",
            title: t("reviews.part"),
            cell: (g) => (opinions(g) > 0 ? t("reviews.past.opinions", { n: opinions(g) }) : t("reviews.past.invited")),
          },
          { key: "since", title: t("panels.since"), cell: (g) => formatDay(g[0]?.since ?? "") },
        ]}
      />
      {rows.length < groups.length && (
        <div className="list-foot">
          <Button size="small" onClick={() => setAll(true)}>
            {t("panels.show.rest", { n: groups.length - rows.length })}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
