// The two days that every figure answers to, in the address: as of which, and as known on which.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Input } from "antd";
import type { FigureDays } from "../../api/queries";
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

export function Days() {
  const { t } = useSpeech();
  const [search, change] = useFigureSearch();
  const field = (key: "day" | "known", label: string, hint?: string) => (
    <label className="fig-day" title={hint}>
      <span className="small muted">{label}</span>
      <Input
        type="date"
        size="small"
        value={search[key] ?? ""}
        onChange={(e) => {
          if (e.target.value === "" || parseDate(e.target.value)) change({ [key]: e.target.value });
        }}
      />
    </label>
  );
  return (
    <>
      {field("day", t("fig.day"))}
      {field("known", t("fig.known"), t("fig.known.hint"))}
    </>
  );
}
