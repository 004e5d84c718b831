// The two days that every figure answers to, in the address: as of which, and as known on which.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Input, Segmented } from "antd";
import { useEffect, useState } from "react";
import type { FigureDays } from "../../api/queries";
import type { Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { parseDate } from "../../words/date";

export type FigureSearch = FigureDays & { by?: string; of?: string; month?: string };

/** useFigureSearch reads and changes what the address says of a figure. */
export function useFigureSearch(): [FigureSearch, (change: FigureSearch) => void] {
  const search = useSearch({ strict: false }) as FigureSearch;
  const navigate = useNavigate();
  const change = (next: FigureSearch) => {
    const all: Record<string, string> = {};
    for (const [key, value] of Object.entries({ ...search, ...next })) if (value) all[key] = String(value);
    void navigate({ to: ".", search: all as never, replace: true });
  };
  return [search, change];
}

/** only the two days, for a question to the server. */
export function daysOf({ day, known }: FigureDays): FigureDays {
  return { ...(day ? { day } : {}), ...(known ? { known } : {}) };
}

/** shownDays are the days of what a figure's page shows: those asked for, or of the last year with anything in it. */
export function shownDays(figure: Figure, search: FigureDays): FigureDays {
  return figure.latest ? { ...daysOf(search), day: figure.latest.day } : daysOf(search);
}

/** ends are the days that people ask for: today, the last day of the month before, and of the year before. */
function ends(): { key: "today" | "month" | "year"; day: string }[] {
  const now = new Date(Date.now() + 8 * 3_600_000);
  const iso = (d: Date) => d.toISOString().slice(0, 10);
  return [
    { key: "today", day: "" },
    { key: "month", day: iso(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0))) },
    { key: "year", day: iso(new Date(Date.UTC(now.getUTCFullYear() - 1, 11, 31))) },
  ];
}

/** Day is a day that is typed, in whatever way people write one; a calendar of the browser would speak the browser's language. */
function Day({ label, hint, value, change }: { label: string; hint?: string; value: string; change: (day: string) => void }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const wrong = typed.trim() !== "" && parseDate(typed) === null;
  const done = () => {
    if (!wrong) change(typed.trim() === "" ? "" : (parseDate(typed) ?? ""));
  };
  return (
    <label className="fig-day" title={hint}>
      <span className="small muted">{label}</span>
      <Input
        size="small"
        value={typed}
        placeholder={t("fig.day.shape")}
        status={wrong ? "error" : ""}
        aria-invalid={wrong}
        onChange={(e) => setTyped(e.target.value)}
        onBlur={done}
        onPressEnter={done}
      />
    </label>
  );
}

export function Days() {
  const { t } = useSpeech();
  const [search, change] = useFigureSearch();
  const at = ends();
  const now = at.find((e) => e.day === (search.day ?? ""))?.key;
  return (
    <>
      <Segmented
        size="small"
        aria-label={t("fig.day")}
        value={now}
        options={at.map((e) => ({ value: e.key, label: t(`fig.at.${e.key}`) }))}
        onChange={(key) => change({ day: at.find((e) => e.key === key)?.day ?? "" })}
      />
      <Day label={t("fig.day")} value={search.day ?? ""} change={(day) => change({ day })} />
      <Day label={t("fig.known")} hint={t("fig.known.hint")} value={search.known ?? ""} change={(known) => change({ known })} />
    </>
  );
}
