import { useSpeech } from "../../i18n";

/** Interval draws a value with two standard errors to each side, on a scale from 0 to high. */
export function Interval({ value, error, high }: { value: number; error: number; high: number }) {
  const { t } = useSpeech();
  const at = (v: number) => `${Math.min(100, Math.max(0, (v / Math.max(high, 1e-9)) * 100))}%`;
  const low = Math.max(0, value - 2 * error);
  const top = Math.min(high, value + 2 * error);
  return (
    <span className="interval" role="img" aria-label={t("meeting.between", { low: low.toFixed(2), high: top.toFixed(2) })}>
      <span className="interval-range" style={{ left: at(low), right: `calc(100% - ${at(top)})` }} />
      <span className="interval-value" style={{ left: at(value) }} />
    </span>
  );
}
