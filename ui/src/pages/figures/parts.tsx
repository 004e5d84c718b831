import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { q } from "../../api/queries";
import type { Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { bars } from "../../kit/chart-shapes";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { axisText, figureNumber, figureText } from "../../words/figure";
import { shownDays, useFigureSearch } from "./days";

/** Parts is a figure by one or two of its dimensions; every part leads to its facts. */
export function Parts({ figure }: { figure: Figure }) {
  const { t, tx } = useSpeech();
  const [search, change] = useFigureSearch();
  const first = figure.dims.find((d) => d.name === search.by?.split(",")[0]) ?? figure.dims[0];
  const second = figure.dims.find((d) => d.name === search.by?.split(",")[1] && d.name !== first?.name);
  const by = [first?.name, second?.name].filter(Boolean).join(",");
  const parts = useQuery(q.figureParts(figure.name, { ...shownDays(figure, search), by }));
  const options = figure.dims.map((d) => ({ value: d.name, label: tx(d.title) }));
  return (
    <div className="stack">
      <div className="row no-print">
        <span className="row">
          <span className="muted">{t("fig.by")}</span>
          <Select
            aria-label={t("fig.by")}
            value={first?.name}
            options={options}
            onChange={(v) => change({ by: v, of: "" })}
            style={{ minWidth: 160 }}
          />
        </span>
        {figure.dims.length > 1 && (
          <span className="row">
            <span className="muted">{t("fig.by.second")}</span>
            <Select
              aria-label={t("fig.by.second")}
              value={second?.name ?? ""}
              options={[{ value: "", label: t("fig.by.no") }, ...options.filter((o) => o.value !== first?.name)]}
              onChange={(v) => change({ by: [first?.name, v].filter(Boolean).join(","), of: "" })}
              style={{ minWidth: 160 }}
            />
          </span>
        )}
      </div>
      <Load query={parts} bones={<Bones lines={6} />}>
        {(p) => <Drawn figure={figure} parts={p} by={by} />}
      </Load>
    </div>
  );
}

type Answer = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof q.figureParts>["queryFn"]>>>>;

function Drawn({ figure, parts, by }: { figure: Figure; parts: Answer; by: string }) {
  const { t, tx, lang } = useSpeech();
  const [search] = useFigureSearch();
  const dims = by.split(",");
  const name = (dim: number, key: string) => tx(parts.titles[`${dims[dim]}/${key}`]) || key || t("fig.part.none");
  if (parts.parts.length === 0) return <Empty icon="chart" title={t("chart.none")} />;
  const keys = (i: number) => Array.from(new Set(parts.parts.map((p) => p.keys[i] ?? "")));
  const value = (a: string, b?: string) =>
    parts.parts.find((p) => p.keys[0] === a && (b === undefined || p.keys[1] === b))?.value ?? null;
  const rows = keys(0).sort((a, b) => total(b) - total(a));
  function total(a: string): number {
    return parts.parts.reduce((sum, p) => (p.keys[0] === a ? sum + p.value : sum), 0);
  }
  const drawn =
    dims.length === 1
      ? [{ name: t("fig.part.value"), values: rows.map((r) => figureNumber(figure.unit, value(r))) }]
      : keys(1).map((k) => ({ name: name(1, k), stack: "all", values: rows.map((r) => figureNumber(figure.unit, value(r, k))) }));
  const link = (of: string[], text: string) => (
    <Link
      to="/figures/$name"
      params={{ name: figure.name }}
      search={{ ...shownDays(figure, search), by, of: of.join(",") } as never}
      hash="facts"
      resetScroll={false}
    >
      {text}
    </Link>
  );
  const whole = !parts.overlap;
  return (
    <div className="stack-s">
      <Chart
        title={dims.map((d) => tx(figure.dims.find((x) => x.name === d)?.title)).join(" × ")}
        height={Math.max(160, rows.length * 28 + 64)}
        table={{
          head: [t("fig.by"), t("fig.part.value"), t("fig.part.facts")],
          rows: [
            ...parts.parts.map((p) => [
              link(p.keys, p.keys.map((k, i) => name(i, k)).join(" × ")),
              figureText(figure.unit, p.value, lang),
              p.facts,
            ]),
            ...(whole ? [[t("fig.part.sum"), figureText(figure.unit, parts.sum, lang), parts.value.facts]] : []),
          ],
        }}
        draw={(look) =>
          bars(look, {
            x: rows.map((r) => name(0, r)),
            series: drawn,
            sideways: true,
            format: axisText(figure.unit, lang),
            counts: figure.unit !== "元" && figure.unit !== "%",
          })
        }
      />
      {parts.overlap ? (
        <Note status="waiting">{t("fig.part.overlap", { why: tx(parts.overlap) })}</Note>
      ) : (
        <p className="small muted">
          {t("fig.part.sum")} {figureText(figure.unit, parts.sum, lang)}
          {parts.sum === parts.value.value ? ` · ${t("fig.part.whole")}` : ""}
        </p>
      )}
    </div>
  );
}
