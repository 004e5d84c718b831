import { useQuery } from "@tanstack/react-query";
import { q } from "../../api/queries";
import type { NoticeView, Values, View } from "../../api/types";
import { FactRow, FieldValue } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { Digest } from "../../kit/figures";
import { Empty, Note } from "../../kit/note";
import { noticeStanding, Standing } from "../../kit/standing";
import { daysLeft, formatDay, formatLastDay } from "../../words/date";

const words: Record<string, Key> = {
  running: "notice.running",
  stood: "notice.stood",
  upheld: "notice.upheld",
  dropped: "notice.dropped",
};

/** Notices lists the case's public notices: until when, what was frozen, and how each ended. */
export function Notices({ view, anonymous }: { view: View; anonymous?: boolean }) {
  const { t } = useSpeech();
  if (view.notices.length === 0) {
    return (
      <Empty icon="hall" title={t("case.notices.none")}>
        {t("case.notices.none.way")}
      </Empty>
    );
  }
  return (
    <div className="stack-l">
      {view.notices.map((n) => (
        <Notice key={n.id} view={view} notice={n} anonymous={anonymous} />
      ))}
    </div>
  );
}

function Notice({ view, notice, anonymous }: { view: View; notice: NoticeView; anonymous?: boolean }) {
  const { t } = useSpeech();
  const left = daysLeft(notice.to);
  const word = words[notice.state];
  return (
    <section className="stack-s" aria-label={notice.title}>
      <div className="row">
        <h2>{notice.title}</h2>
        <Standing status={noticeStanding[notice.state] ?? "running"}>{word ? t(word) : notice.state}</Standing>
      </div>
      <p className="muted">
        {t("notice.period")} {t("time.from", { from: formatDay(notice.from), to: formatLastDay(notice.to) })}
        {notice.state === "running" && left > 0 && !anonymous && ` · ${t("time.days", { n: left })}`}
      </p>
      {notice.state === "running" && <Note status="running">{t("notice.frozen")}</Note>}
      <dl className="facts">
        {Object.entries(notice.content).map(([path, value]) => (
          <FrozenRow key={path} view={view} path={path} value={value} anonymous={anonymous} />
        ))}
        <FactRow label={t("notice.digest")}>
          <Digest value={notice.digest} />
        </FactRow>
      </dl>
    </section>
  );
}

/** FrozenRow shows one frozen field, or a whole form, as the mechanism defines it; plain text where it defines no such field. */
function FrozenRow({ view, path, value, anonymous }: { view: View; path: string; value: unknown; anonymous?: boolean }) {
  const { tx } = useSpeech();
  const mechanism = useQuery(q.mechanism(view.mechanism.name));
  const [formName, fieldName] = path.split(".");
  const form = mechanism.data?.forms.find((f) => f.name === formName);
  if (form && !fieldName && value && typeof value === "object") {
    return form.fields
      .filter((f) => f.name in value)
      .map((f) => (
        <FrozenRow
          key={f.name}
          view={view}
          path={`${formName}.${f.name}`}
          value={(value as Values)[f.name]}
          anonymous={anonymous}
        />
      ));
  }
  const field = form?.fields.find((f) => f.name === fieldName);
  return (
    <FactRow label={field ? tx(field.title) : path}>
      {field ? <FieldValue field={field} value={value} caseId={view.id} anonymous={anonymous} /> : <Plain value={value} />}
    </FactRow>
  );
}

function Plain({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    return (
      <ul>
        {value.map((v, i) => (
          <li key={i}>
            <Plain value={v} />
          </li>
        ))}
      </ul>
    );
  }
  if (value && typeof value === "object") return <>{Object.values(value).map(String).join(" · ")}</>;
  return <>{String(value ?? "")}</>;
}
