// What is on record of an expert, for the expert: the interests as last confirmed, the years, and what was said of the work, to be answered.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../../api/queries";
import type { RecordView, Reviews, View } from "../../api/types";
import { Icon } from "../../design/icons";
import { FormFacts, Names } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { Due } from "../../kit/figures";
import { Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { Table } from "../../kit/table";
import { formatDay } from "../../words/date";
import { stepAddress } from "../case/names";

type Interests = NonNullable<Reviews["interests"]>;

export function interestWords(t: (key: Key, values?: Record<string, string | number>) => string, d: Interests): string {
  if (!d.confirmed) return t("reviews.interests.never");
  return t(d.over ? "reviews.interests.over" : "reviews.interests.holds", {
    day: formatDay(d.confirmed),
    until: formatDay(d.until ?? ""),
  });
}

export function Own({ reviews: r }: { reviews: Reviews }) {
  const { t } = useSpeech();
  const file = useQuery({ ...q.case(r.interests?.case ?? ""), enabled: Boolean(r.interests?.case) });
  if (r.years.length === 0 && !r.interests) return null;
  return (
    <Sheet
      title={t("reviews.file")}
      pad={false}
      aside={
        r.interests?.case ? (
          <Link to="/cases/$id" params={{ id: r.interests.case }} className="small">
            {t("reviews.interests.open")}
          </Link>
        ) : (
          r.interests && <Link to="/cases/new">{t("reviews.interests.state")}</Link>
        )
      }
    >
      {r.interests && !r.interests.over && (
        <p className="sheet-pad own-holds">
          <Icon name="check" size={12} /> {interestWords(t, r.interests)}
        </p>
      )}
      {file.data && <Said view={file.data} />}
      {r.years.length > 0 && <Years years={r.years} />}
    </Sheet>
  );
}

/** Said is what the file holds besides the statement: each remark, the reply to it, and how it stands; what may be answered is answered here. */
function Said({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const records = view.parts.flatMap((part) => part.records.map((r) => ({ part, r }))).toReversed();
  if (records.length === 0) return null;
  return (
    <Names value={view.names ?? {}}>
      <ul className="plain own-said">
        {records.map(({ part, r }) => (
          <li key={r.id} className="stack-s">
            <p className="row">
              <span className="strong">{t("case.part", { part: tx(part.title), n: r.number })}</span>
              <Standing status={standingOf(r.state, { mine: Boolean(r.due) })}>{tx(r.state.title)}</Standing>
              {!r.state.end && r.due && <Due at={r.due} />}
            </p>
            {r.forms.map((f) => (
              <FormFacts key={f.form.name} form={f.form} values={f.values} caseId={view.id} />
            ))}
            <Answers view={view} record={r} />
          </li>
        ))}
      </ul>
    </Names>
  );
}

function Answers({ view, record }: { view: View; record: RecordView }) {
  const { tx } = useSpeech();
  const list = view.options.filter((o) => o.record === record.id && o.form && (o.refused ?? []).length === 0);
  if (list.length === 0) return null;
  return (
    <p className="row">
      {list.map((o) => {
        const address = stepAddress(view, o);
        return (
          <Link key={o.step} to={address.to} search={{ ...address.search, from: "reviews" } as never}>
            <Button tabIndex={-1}>{tx(o.title)}</Button>
          </Link>
        );
      })}
    </p>
  );
}

function Years({ years }: { years: Reviews["years"] }) {
  const { t } = useSpeech();
  return (
    <Table
      name={t("reviews.years")}
      rows={years}
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
  );
}
