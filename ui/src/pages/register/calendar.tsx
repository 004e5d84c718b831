import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { Booking } from "../../api/types";
import "../../design/calendar.css";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { formatDay } from "../../words/date";
import { monthOf, shift, weeksOf } from "./month";

/** Bookings is the calendar of a record, where a mechanism books such: which days are taken, and by whom as far as one may know. */
export function Bookings({ record }: { record: string }) {
  const { t, tx, lang } = useSpeech();
  const today = formatDay(new Date());
  const [month, setMonth] = useState(monthOf(today));
  const weeks = weeksOf(month);
  const days = weeks.flat();
  const data = useQuery(q.calendar(record, days[0] ?? today, days[days.length - 1] ?? today)).data;
  if (!data?.booked) return null;
  const on = (day: string) => data.bookings.filter((b) => b.from <= day && b.until >= day);
  const inMonth = data.bookings.filter((b) => monthOf(b.from) <= month && monthOf(b.until) >= month);
  const taken = days.filter((d) => monthOf(d) === month && on(d).length > 0).length;
  const name = t("calendar.month", { y: month.slice(0, 4), m: Number(month.slice(5)) });
  return (
    <Sheet
      title={t("calendar.title")}
      id="calendar"
      aside={<span className="muted small">{t("calendar.days", { n: taken })}</span>}
    >
      <div className="stack">
        <div className="calendar-head">
          <strong className="grow" aria-live="polite">
            {name}
          </strong>
          <Button size="small" onClick={() => setMonth(shift(month, -1))}>
            {t("calendar.before")}
          </Button>
          <Button size="small" onClick={() => setMonth(monthOf(today))}>
            {t("calendar.today")}
          </Button>
          <Button size="small" onClick={() => setMonth(shift(month, 1))}>
            {t("calendar.after")}
          </Button>
        </div>
        <table className="calendar">
          <caption className="visually-hidden">{t("calendar.caption", { month: name })}</caption>
          <thead>
            <tr>
              {weekdays(lang).map((d) => (
                <th key={d} scope="col">
                  {d}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => {
                  const here = on(day);
                  const marks = [monthOf(day) !== month && "out", day === today && "today", here.length > 0 && "taken"];
                  return (
                    <td key={day} className={marks.filter(Boolean).join(" ")}>
                      <time dateTime={day}>{Number(day.slice(8))}</time>
                      {here.length > 0 && <span className="visually-hidden">{t("calendar.taken")}</span>}
                      {here.map((b, i) => (
                        <span className="calendar-chip" key={i}>
                          <Who booking={b} />
                        </span>
                      ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {inMonth.length === 0 ? (
          <p className="muted">{t("calendar.none")}</p>
        ) : (
          <section aria-label={t("calendar.list")} className="stack-s">
            <h3>{t("calendar.list")}</h3>
            <ul className="stack-s">
              {inMonth.map((b, i) => (
                <li key={i} className="row">
                  <span className="nowrap">
                    {b.from === b.until ? b.from : t("calendar.span", { from: b.from, until: b.until })}
                  </span>
                  <Who booking={b} />
                  {b.client && <span className="muted">{b.client}</span>}
                  {b.state && <Standing status={standingOf(b.state)}>{tx(b.state.title)}</Standing>}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Sheet>
  );
}

function Who({ booking: b }: { booking: Booking }) {
  const { t } = useSpeech();
  if (!b.seen || !b.case)
    return (
      <span className="muted">
        <Icon name="lock" size={12} /> {t("calendar.taken")}
      </span>
    );
  return (
    <Link to="/cases/$id" params={{ id: b.case }}>
      {b.label || b.case}
    </Link>
  );
}

function weekdays(lang: "zh" | "en"): string[] {
  return lang === "zh" ? ["一", "二", "三", "四", "五", "六", "日"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
}
