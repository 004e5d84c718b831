import { Link } from "@tanstack/react-router";
import type { Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { lines } from "../../kit/chart-shapes";
import { Note } from "../../kit/note";
import { axisText, figureExact, figureNumber, figureText, printedText } from "../../words/figure";
import { Mismatches } from "./mismatches";

type One = Figure["beside"][number];

/** Besides is what others publish beside our own values, year by year, with every version of it and the identities that it breaks. */
export function Besides({ figure }: { figure: Figure }) {
  return (
    <div className="stack-l">
      {figure.beside.map((b) => (
        <Beside key={b.series} figure={figure} beside={b} />
      ))}
    </div>
  );
}

function Beside({ figure, beside }: { figure: Figure; beside: One }) {
  const { t, tx, lang } = useSpeech();
  const years = [...beside.years].reverse();
  const part = beside.relation === "part";
  const number = (n: number | null | undefined) => figureNumber(figure.unit, n);
  return (
    <section className="stack">
      <div>
        <h3>{tx(beside.title)}</h3>
        <p className="small muted">
          {tx(beside.source)} · {tx(beside.itemName)}（{beside.area}） · {t(`beside.${beside.relation}`)}
          {beside.note && ` · ${tx(beside.note)}`} ·{" "}
          <Link to="/figures/series" search={{ name: beside.series } as never}>
            {t("beside.open")}
          </Link>
        </p>
      </div>
      {years.length > 2 && (
        <Chart
          title={t("beside.title")}
          aside={figure.unit === "元" ? undefined : figure.unit}
          height={240}
          draw={(look) =>
            lines(look, {
              x: years.map((y) => String(y.year)),
              series: [
                { name: t("beside.theirs"), values: years.map((y) => number(y.value)) },
                { name: t("beside.ours"), values: years.map((y) => number(y.ours)) },
              ],
              format: axisText(figure.unit, lang),
              counts: figure.unit !== "元" && figure.unit !== "%",
            })
          }
          table={{
            head: [t("beside.year"), t("beside.theirs"), t("beside.ours")],
            rows: beside.years.map((y) => [
              y.year,
              figureText(figure.unit, y.value, lang),
              figureText(figure.unit, y.ours, lang),
            ]),
          }}
        />
      )}
      <div className="table-wrap">
        <table className="table">
          <caption className="visually-hidden">{tx(beside.title)}</caption>
          <thead>
            <tr>
              <th scope="col">{t("beside.year")}</th>
              <th scope="col" className="right">
                {t("beside.theirs")}
              </th>
              <th scope="col" className="right">
                {t("beside.ours")}
              </th>
              <th scope="col">{part ? t("beside.share") : ""}</th>
              <th scope="col">{t("series.table")}</th>
            </tr>
          </thead>
          <tbody>
            {beside.years.slice(0, 12).map((y) => (
              <tr key={y.year}>
                <th scope="row" data-label={t("beside.year")}>
                  {y.year}
                </th>
                <td className="right nowrap" data-label={t("beside.theirs")}>
                  {y.versions.map((v, i) => (
                    <p key={v.table + v.line} className={i > 0 ? "small muted" : undefined}>
                      {printedText(v.v, v.places)} {v.unit}
                    </p>
                  ))}
                </td>
                <td className="right nowrap" data-label={t("beside.ours")}>
                  {y.ours === null || y.ours === undefined ? (
                    "–"
                  ) : (
                    <Link to="/figures/$name" params={{ name: figure.name }} search={{ day: `${y.year}-12-31` } as never}>
                      {figureExact(figure.unit, y.ours, lang)}
                    </Link>
                  )}
                </td>
                <td data-label={part ? t("beside.share") : ""}>
                  <Standing year={y} part={part} />
                </td>
                <td className="small" data-label={t("series.table")}>
                  {y.versions.map((v) => (
                    <p key={v.table + v.line}>{t("series.cell", { file: v.file, line: v.line })}</p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(beside.findings ?? []).length > 0 && (
        <details>
          <summary>{t("beside.findings", { n: beside.findings?.length ?? 0 })}</summary>
          <Mismatches list={beside.findings ?? []} items={{ [beside.item]: beside.itemName }} />
        </details>
      )}
      {beside.years.some((y) => y.against) && <Note status="returned">{t("beside.against")}</Note>}
    </section>
  );
}

/** Standing says how a year's two values go together; nothing where one of them is missing. */
function Standing({ year, part }: { year: One["years"][number]; part: boolean }) {
  const { t } = useSpeech();
  const { value, ours, against } = year;
  if (value === null || value === undefined || ours === null || ours === undefined) return null;
  if (against) return <span className="badge s-returned">{t("beside.against")}</span>;
  if (part) return <>{value === 0 ? "" : `${((100 * ours) / value).toFixed(1)} %`}</>;
  return <span className="badge s-done">{t("beside.fits")}</span>;
}
