// One row of the meeting's chart: every sheet as a dot, the value as a line, and two standard errors to each side.
import { useSpeech } from "../../i18n";

export type Scale = { low: number; high: number; step: number };
export type Dot = { value: number; name: string; odd: boolean };

const at = (v: number, s: Scale) => `${Math.min(100, Math.max(0, ((v - s.low) / Math.max(s.high - s.low, 1e-9)) * 100))}%`;

const marks = (s: Scale) => Array.from({ length: Math.round((s.high - s.low) / s.step) + 1 }, (_, i) => s.low + i * s.step);

/** Ticks are the numbers above the chart. */
export function Ticks({ scale }: { scale: Scale }) {
  return (
    <span className="ticks" aria-hidden="true">
      {marks(scale).map((v) => (
        <span key={v} style={{ left: at(v, scale) }}>
          {v}
        </span>
      ))}
    </span>
  );
}

/** Spread draws one proposal. Dots of the same value stand above each other. */
export function Spread({ value, error, scale, dots }: { value: number; error: number; scale: Scale; dots: Dot[] }) {
  const { t, lang } = useSpeech();
  const low = Math.max(0, value - 2 * error);
  const high = value + 2 * error;
  const said = [
    t("meeting.between", { low: low.toFixed(2), high: high.toFixed(2) }),
    ...dots.map((d) => `${d.name} ${d.value}`),
  ].join(lang === "zh" ? "，" : ", ");
  const level = (i: number) => dots.slice(0, i).filter((d) => d.value === dots[i]?.value).length;
  return (
    <span className="spread-row" role="img" aria-label={said}>
      {marks(scale).map((v) => (
        <i key={v} className="grid" style={{ left: at(v, scale) }} />
      ))}
      <i className="range" style={{ left: at(low, scale), right: `calc(100% - ${at(high, scale)})` }} />
      {dots.map((d, i) => (
        <i
          key={`${d.name}${i}`}
          className={d.odd ? "dot odd" : "dot"}
          style={{ left: at(d.value, scale), marginTop: -4 * level(i) }}
          title={`${d.name} ${d.value}`}
        />
      ))}
      <i className="value" style={{ left: at(value, scale) }} />
    </span>
  );
}
