// The expert's desk: what to answer, what to review and by when, and one's own record over the years.
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

export function ReviewsPage() {
  const { t } = useSpeech();
  const reviews = useQuery(q.reviews());
  return (
    <>
      <PageHead title={t("nav.reviews")} lead={t("reviews.lead")} />
      <Load query={reviews} bones={<Bones lines={8} />}>
        {(data) => <Body reviews={data} />}
      </Load>
    </>
  );
}

function Body({ reviews: r }: { reviews: Reviews }) {
  const { t } = useSpeech();
  const work = r.now.filter((i) => i.kind === "work" && i.do.length > 0);
  const calls = r.now.filter((i) => i.kind === "invitation" && i.do.length > 0);
  const rest = r.now.filter((i) => i.do.length === 0);
  return (
    <div className="stack-l">
      {r.interests && <Interests of={r.interests} />}
      <Cards title={t("reviews.invitations")} list={calls} none={t("reviews.invitations.none")} />
      <Cards title={t("reviews.work")} list={work} none={t("reviews.work.none")} />
      {rest.length > 0 && <Past title={t("reviews.waiting")} list={rest} />}
      {r.years.length > 0 && <Years reviews={r} />}
      {r.past.length > 0 && <Past title={t("reviews.past")} list={r.past} />}
    </div>
  );
}

/** Interests is how the own statement stands: it holds for a year, and whose does not hold is not drawn. */
function Interests({ of: d }: { of: NonNullable<Reviews["interests"]> }) {
  const { t } = useSpeech();
  const words = !d.confirmed
    ? t("reviews.interests.never")
    : t(d.over ? "reviews.interests.over" : "reviews.interests.holds", {
        day: formatDay(d.confirmed),
        until: formatDay(d.until ?? ""),
      });
  return (
    <Note status={d.over ? "returned" : "done"}>
      <p>{words}</p>
      {d.case ? (
        <Link to="/cases/$id" params={{ id: d.case }}>
          {t("reviews.interests.open")}
        </Link>
      ) : (
        <Link to="/cases/new">{t("reviews.interests.state")}</Link>
      )}
    </Note>
  );
}

function Cards({ title, list, none }: { title: string; list: ReviewItem[]; none: string }) {
  return (
    <Sheet title={`${title} ${list.length || ""}`.trim()}>
      {list.length === 0 ? (
        <Empty icon="check" title={none} />
      ) : (
        <ul className="plain review-cards">
          {list.map((i) => (
            <Card key={i.record} item={i} />
          ))}
        </ul>
      )}
    </Sheet>
  );
}

function Card({ item: i }: { item: ReviewItem }) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const view = useQuery({ ...q.case(i.case), enabled: false });
  const [chosen, setChosen] = useState<{ view: View; option: Option } | null>(null);
  const act = async (step: string) => {
    const read = (await view.refetch()).data;
    const option = read?.options.find((o) => o.record === i.record && o.step === step);
    if (!read || !option) return;
    if (option.form) void navigate(stepAddress(read, option) as never);
    else setChosen({ view: read, option });
  };
  const [main, ...others] = i.do.filter((d) => (d.refused ?? []).length === 0);
  return (
    <li className="review-card">
      <div>
        <Link to="/cases/$id" params={{ id: i.case }} className="strong">
          {i.title}
        </Link>
        <p className="muted">{[i.of, tx(i.mechanism), tx(i.state.title)].filter(Boolean).join(" · ")}</p>
      </div>
      <p>
        <span className="muted">{t("reviews.by")}</span> <Due at={i.due} workdays={i.workdays} />
      </p>
      {main?.tells && <p className="small">{tx(main.tells)}</p>}
      <div className="row">
        {main && (
          <Button type="primary" onClick={() => void act(main.step)}>
            {tx(main.title)}
          </Button>
        )}
        {others.map((d) => (
          <Button key={d.step} onClick={() => void act(d.step)}>
            {tx(d.title)}
          </Button>
        ))}
      </div>
      {chosen && (
        <ConfirmAct
          view={chosen.view}
          option={chosen.option}
          askReason
          onClose={() => setChosen(null)}
          onDone={() => setChosen(null)}
        />
      )}
    </li>
  );
}

function Years({ reviews: r }: { reviews: Reviews }) {
  const { t } = useSpeech();
  return (
    <Sheet title={t("reviews.years")} pad={false}>
      <Table
        name={t("reviews.years")}
        rows={r.years}
        rowKey={(y) => String(y.year)}
        columns={[
          { key: "year", title: t("reviews.year"), main: true, cell: (y) => y.year },
          { key: "invited", title: t("reviews.invited"), align: "right", cell: (y) => y.invited },
          { key: "accepted", title: t("reviews.accepted"), align: "right", cell: (y) => y.accepted },
          { key: "dropped", title: t("reviews.dropped"), align: "right", cell: (y) => y.dropped },
          {
            key: "given",
            title: t("reviews.given"),
            align: "right",
            cell: (y) => t("panels.given.of", { n: y.given, all: y.asked }),
          },
          {
            key: "days",
            title: t("reviews.days"),
            align: "right",
            cell: (y) => (y.given > 0 ? t("reviews.days.n", { n: y.days.toFixed(1) }) : t("word.none")),
          },
        ]}
      />
    </Sheet>
  );
}

function Past({ title, list }: { title: string; list: ReviewItem[] }) {
  const { t, tx } = useSpeech();
  return (
    <Sheet title={title} pad={false}>
      <Table
        name={title}
        rows={list}
        rowKey={(i) => i.record}
        href={(i) => `/cases/${i.case}`}
        columns={[
          { key: "title", title: t("col.title"), main: true, width: "40%", cell: (i) => i.title },
          { key: "part", title: t("reviews.part"), cell: (i) => [tx(i.part), i.of].filter(Boolean).join(" · ") },
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
