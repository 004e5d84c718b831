import type { Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { type Line, lines } from "../../kit/chart-shapes";
import { axisText, figureNumber, figureText, monthText } from "../../words/figure";

/** Trend draws month ends, the pace to the target and, until its day, what the pipeline may bring. */
export function Trend({ figure }: { figure: Figure }) {
  const { t, lang } = useSpeech();
  const { unit, series, aim } = figure;
  const outlook = aim?.outlook ?? [];
  const months = series.map((m) => m.month);
  for (const o of outlook) if (!months.includes(o.at.slice(0, 7))) months.push(o.at.slice(0, 7));
  const pad = (n: number): null[] => Array.from({ length: n }, () => null);
  const actual = months.map((m) => figureNumber(unit, series.find((s) => s.month === m)?.value));
  const drawn: Line[] = [{ name: t("fig.line.actual"), values: actual }];
  if (aim) drawn.push({ name: t("fig.line.pace"), values: months.map((m) => paceAt(m, aim, unit)), dashed: true });
  if (outlook.length > 0) {
    const from = months.length - outlook.length;
    const join = (key: "Low" | "Mid" | "High") => [...pad(from), ...outlook.map((o) => figureNumber(unit, o[key]))];
    const start = (list: (number | null)[]) => {
      const out = [...list];
      if (from > 0) out[from - 1] = actual[from - 1] ?? null; // the forecast begins where what happened ends
      return out;
    };
    drawn.push({
      name: t("fig.line.forecast"),
      values: start(join("Mid")),
      dashed: true,
      band: { low: start(join("Low")), high: start(join("High")) },
    });
  }
  const text = (n: number | null | undefined) => (n === null || n === undefined ? "–" : axisText(unit, lang)(n));
  const forecast = drawn.find((d) => d.band);
  return (
    <div className="stack-s">
      <Chart
        title={t("fig.sec.trend")}
        aside={unit === "元" ? undefined : unit}
        height={320}
        table={{
          head: [t("fig.month"), ...drawn.map((d) => d.name), ...(forecast ? [t("fig.low"), t("fig.high")] : [])],
          rows: months.map((m, i) => [
            monthText(m, lang),
            ...drawn.map((d) => text(d.values[i])),
            ...(forecast?.band ? [text(forecast.band.low[i]), text(forecast.band.high[i])] : []),
          ]),
        }}
        draw={(look) =>
          lines(look, {
            x: months.map((m) => monthText(m, lang)),
            series: drawn,
            format: axisText(unit, lang),
            counts: unit !== "元" && unit !== "%",
          })
        }
      />
      {outlook.length > 0 && (
        <p className="small muted">
          {t("fig.outlook")}{" "}
          <strong>
            {t("fig.between", {
              low: figureText(unit, outlook.at(-1)?.Low, lang),
              high: figureText(unit, outlook.at(-1)?.High, lang),
            })}
          </strong>
          。{t("fig.forecast.note")}
        </p>
      )}
    </div>
  );
}

/** paceAt is the straight line at the end of a month; nothing before it begins. */
function paceAt(month: string, aim: NonNullable<Figure["aim"]>, unit: string): number | null {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const [y, m] = month.split("-").map(Number) as [number, number];
  const at = Date.UTC(y, m, 0) / 86_400_000;
  const [a, b] = [day(aim.from.at), day(aim.target.at)];
  if (at < a || a >= b) return null;
  const value = at >= b ? aim.target.value : aim.from.value + ((aim.target.value - aim.from.value) * (at - a)) / (b - a);
  return figureNumber(unit, Math.round(value));
}
