import { Button, Slider } from "antd";
import { useSpeech } from "../../i18n";

const ms = 86_400_000;
const iso = (n: number) => new Date(n * ms).toISOString().slice(0, 10);
const num = (day: string) => Math.floor(Date.parse(`${day}T00:00:00Z`) / ms);

/** DaySlider goes through the days from the first event to today; the marks are the days on which something happened. */
export function DaySlider({ days, today, on, go }: { days: string[]; today: string; on: string; go: (day: string) => void }) {
  const { t } = useSpeech();
  const first = days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : today;
  if (first >= today) return null;
  return (
    <div className="row no-print">
      <span className="small muted nowrap">{t("rights.day")}</span>
      <div style={{ flex: 1, minWidth: 200 }}>
        <Slider
          ariaLabelForHandle={t("rights.day")}
          min={num(first)}
          max={num(today)}
          value={num(on)}
          marks={Object.fromEntries(days.map((d) => [num(d), ""]))}
          tooltip={{ formatter: (n) => (n === undefined ? "" : iso(n)) }}
          onChange={(n) => go(iso(n))}
        />
      </div>
      <time dateTime={on} className="nowrap">
        {on}
      </time>
      <Button size="small" disabled={on === today} onClick={() => go("")}>
        {t("rights.today")}
      </Button>
    </div>
  );
}
