import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { q } from "../../api/queries";
import type { Cockpit, FigureCard } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { bars, lines } from "../../kit/chart-shapes";
import { Digest } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { axisText, figureNumber, figureText, growthText, monthText } from "../../words/figure";
import { useAimWords } from "./card";
import { useFigureSearch } from "./days";

/** BriefPage is the month's report: words, charts and a table, to be read or printed; every number leads to its figure. */
export function BriefPage() {
  const { t, lang } = useSpeech();
  const [search, change] = useFigureSearch();
  const month = /^\d{4}-\d{2}$/.test(search.month ?? "") ? (search.month as string) : thisMonth();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const day = month === today.slice(0, 7) ? today : lastDay(month);
  const figures = useQuery(q.figures({ day }));
  const freezes = useQuery(q.freezes());
  const frozen = freezes.data?.find((f) => f.month === month);
  return (
    <article className="brief">
      <PageHead
        title={t("brief.title", { month: monthText(month, lang) })}
        lead={t("brief.lead", { day })}
        back={{ to: "/figures", label: t("fig.title") }}
      >
        <Input
          type="month"
          size="small"
          aria-label={t("fig.month")}
          value={month}
          onChange={(e) => e.target.value && change({ month: e.target.value })}
        />
        <Button icon={<Icon name="print" />} onClick={() => window.print()}>
          {t("act.print")}
        </Button>
      </PageHead>
      <p className="small muted brief-seal">
        {frozen ? (
          <>
            {t("brief.frozen", { digest: "" })}
            <Digest value={frozen.digest} />
          </>
        ) : (
          t("brief.open")
        )}
      </p>
      <Load query={figures} bones={<Bones lines={10} height={24} />}>
        {(c) => <Whole cockpit={c} day={day} />}
      </Load>
    </article>
  );
}

function thisMonth(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
}

function lastDay(month: string): string {
  const [y, m] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
}

function Whole({ cockpit, day }: { cockpit: Cockpit; day: string }) {
  const { t, tx, lang } = useSpeech();
  const named = cockpit.figures.filter((f) => f.cockpit);
  const wrong = cockpit.figures.filter((f) => f.alerts > 0);
  const link = (f: FigureCard, text: string, hash?: string) => (
    <Link to="/figures/$name" params={{ name: f.name }} search={{ day } as never} hash={hash}>
      {text}
    </Link>
  );
  return (
    <div className="stack-l">
      <ol className="brief-text">
        {named.map((f) => (
          <Sentence key={f.name} card={f} day={day} />
        ))}
      </ol>
      <section className="stack">
        <h2>{t("brief.charts")}</h2>
        <div className="brief-charts">
          {named.map((f) => (
            <Chart
              key={f.name}
              title={tx(f.title)}
              aside={f.unit === "元" || (lang === "en" && f.unit !== "%") ? undefined : f.unit}
              height={200}
              table={{
                head: [t("fig.month"), t("fig.value")],
                rows: f.spark.map((m) => [monthText(m.month, lang), figureText(f.unit, m.value, lang)]),
              }}
              draw={(look) => {
                const axis = {
                  x: f.spark.map((m) => m.month.slice(2)),
                  format: axisText(f.unit, lang),
                  counts: f.unit !== "元" && f.unit !== "%",
                  series: [{ name: tx(f.title), values: f.spark.map((m) => figureNumber(f.unit, m.value)) }],
                };
                return { ...(f.period === "year" ? bars(look, axis) : lines(look, axis)), legend: { show: false } };
              }}
            />
          ))}
        </div>
      </section>
      <section className="stack on-a-page-of-its-own">
        <h2>{t("brief.table")}</h2>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("fig.name")}</th>
              <th scope="col" className="right">
                {t("fig.value")}
              </th>
              <th scope="col" className="right">
                {t("fig.growth")}
              </th>
            </tr>
          </thead>
          <tbody>
            {cockpit.figures.map((f) => (
              <tr key={f.name}>
                <th scope="row" data-label={t("fig.name")}>
                  {tx(f.title)}
                </th>
                <td className="right" data-label={t("fig.value")}>
                  {link(f, figureText(f.unit, (f.latest ?? f.value).value, lang))}
                  {f.latest && <span className="small muted"> {t("fig.latest.short", { last: f.latest.day.slice(0, 4) })}</span>}
                </td>
                <td className="right" data-label={t("fig.growth")}>
                  {f.growth === null || f.unit === "%" ? "–" : growthText(f.growth)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="stack-s">
        <h2>{t("brief.alerts")}</h2>
        {wrong.length === 0 ? (
          <p>{t("brief.alerts.none")}</p>
        ) : (
          <ul className="stack-s">
            {wrong.map((f) => (
              <li key={f.name}>{link(f, `${tx(f.title)} · ${t("fig.alerts", { n: f.alerts })}`, "alerts")}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** Sentence says one figure as a report does. */
function Sentence({ card, day }: { card: FigureCard; day: string }) {
  const { t, tx, lang } = useSpeech();
  const state = useAimWords(card);
  const growth = card.unit === "%" ? null : card.growth;
  const shown = card.latest ?? card.value;
  const [before, after] = t("brief.says", { title: tx(card.title), value: "\u0000" }).split("\u0000");
  return (
    <li>
      {before}
      <Link to="/figures/$name" params={{ name: card.name }} search={{ day: card.latest?.day ?? day } as never}>
        <strong>{figureText(card.unit, shown.value, lang)}</strong>
      </Link>
      {after}
      {card.latest && t("brief.latest", { year: day.slice(0, 4), last: card.latest.day.slice(0, 4) })}
      {growth !== null && growth > 0 && t("brief.up", { growth: growthText(growth).slice(1) })}
      {growth !== null && growth < 0 && t("brief.down", { growth: growthText(growth).slice(1) })}
      {growth === 0 && t("brief.flat")}
      {card.aim && t("brief.aim", { target: figureText(card.unit, card.aim.target.value, lang), day: card.aim.target.at, state })}
      {t("brief.end")}
    </li>
  );
}
