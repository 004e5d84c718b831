import { App, Button } from "antd";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { daysLeft, formatDay, formatLastDay, formatMoment } from "../words/date";
import { capital, formatMoney } from "../words/money";

/** Money in words of the reader's language; the exact capitals on hover. */
export function Money({ fen }: { fen: number }) {
  const { lang } = useSpeech();
  return (
    <span className="nowrap" title={lang === "zh" ? capital(fen) : undefined}>
      {formatMoney(fen, lang)}
    </span>
  );
}

export function Day({ at }: { at: string | null | undefined }) {
  const { t } = useSpeech();
  if (!at) return <span className="muted">{t("word.none")}</span>;
  return (
    <time dateTime={at} className="nowrap" title={formatMoment(at)}>
      {formatDay(at)}
    </time>
  );
}

export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} className="nowrap">
      {formatMoment(at)}
    </time>
  );
}

/** Due is a deadline: its last day, and what is left in working days where the server counted them. */
export function Due({ at, workdays, plain }: { at?: string | null; workdays?: number | null; plain?: boolean }) {
  const { t } = useSpeech();
  if (!at) return <span className="muted">{t("word.none")}</span>;
  const left = workdays ?? null;
  const late = daysLeft(at) <= 0;
  const words = late
    ? left !== null && left < 0
      ? t("time.over", { n: -left })
      : t("time.overPlain")
    : left === null
      ? t("time.days", { n: daysLeft(at) })
      : left === 0
        ? t("time.today")
        : t("time.workdays", { n: left });
  const tone = late ? "returned" : left !== null && left <= 3 ? "waiting" : undefined;
  return (
    <span className="due">
      <time dateTime={at} className="nowrap">
        {formatLastDay(at)}
      </time>{" "}
      {plain ? (
        <span className="muted">{words}</span>
      ) : (
        <span className={tone ? `badge s-${tone}` : "small muted nowrap"}>{words}</span>
      )}
    </span>
  );
}

/** Digest shows the start of a digest and copies all of it. */
export function Digest({ value, short = true }: { value: string; short?: boolean }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  return (
    <span className="digest" title={value}>
      {short ? `${value.slice(0, 12)}…` : value}{" "}
      <Button
        type="text"
        size="small"
        className="no-print"
        aria-label={t("act.copy")}
        icon={<Icon name="case" size={12} />}
        onClick={() => {
          void navigator.clipboard?.writeText(value);
          void message.success(t("act.copied"));
        }}
      />
    </span>
  );
}
