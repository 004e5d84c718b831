// The one chart of every page: a title, a drawing and the table behind it.
//
//   <Chart title="揭榜数" table={{ head: ["月份", "件数"], rows: [["1月", "3"]] }}
//     draw={(look) => lines(look, { x: ["1月"], series: [{ name: "件数", values: [3] }] })} />
//
// `draw` gives the library's option in today's colours and language; `lines`, `bars` and `flow` (chart-shapes.ts) make the usual ones. The
// library comes as a chunk of its own when a chart is first seen. It draws SVG, so a chart prints as sharp as its page.
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { loading } from "../api/client";
import { useMode } from "../design/mode";
import { useNarrow } from "../design/narrow";
import { fontStack, type Palette, palettes, series, sizes } from "../design/tokens";
import { useSpeech } from "../i18n";

/** Look is what a drawing needs to know of the page: colours, type and language. */
export type Look = { palette: Palette; inks: readonly string[]; font: string; size: number; lang: "zh" | "en"; narrow?: boolean };

export type ChartTable = { head: string[]; rows: ReactNode[][] };

type Props = {
  title: string;
  aside?: ReactNode; // unit, period
  table: ChartTable; // first column names the row; the others are numbers
  draw: (look: Look) => EChartsCoreOption;
  height?: number;
  empty?: boolean;
  onPick?: (name: string, series?: string) => void; // a bar, a point or a node was clicked; the table has the same as links
};

export function Chart({ title, aside, table, draw, height = 280, empty, onPick }: Props) {
  const { t } = useSpeech();
  const look = useLook();
  const [failed, setFailed] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <span>{title}</span>
        {aside && <small>{aside}</small>}
      </figcaption>
      <div className="chart-plot" style={{ height: failed ? 48 : height }}>
        {empty || failed ? (
          <span className="chart-said">{t(failed ? "chart.failed" : "chart.none")}</span>
        ) : (
          <Plot label={title} option={draw(look)} onPick={onPick} onFail={() => setFailed(true)} />
        )}
      </div>
      {table.rows.length > 0 && (
        <details open={failed || undefined}>
          <summary>{t("chart.table")}</summary>
          <BehindTable caption={title} table={table} />
        </details>
      )}
    </figure>
  );
}

function useLook(): Look {
  const { mode } = useMode();
  const { lang } = useSpeech();
  const narrow = useNarrow();
  return { palette: palettes[mode], inks: series[mode], font: fontStack, size: sizes.dense[0], lang, narrow };
}

function Plot({
  label,
  option,
  onPick,
  onFail,
}: {
  label: string;
  option: EChartsCoreOption;
  onPick?: Props["onPick"];
  onFail: () => void;
}) {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<EChartsType | null>(null);
  const [ready, setReady] = useState(false);
  const pick = useRef(onPick);
  pick.current = onPick;
  const fail = useRef(onFail);
  fail.current = onFail;

  useEffect(() => {
    let gone = false;
    let watch: ResizeObserver | undefined;
    const fit = () => {
      drawn.current?.resize();
      frame(place.current, drawn.current);
    };
    void loading(() => import("./chart-engine"))
      .then(({ init }) => {
        if (gone || !place.current) return;
        const chart = init(place.current, null, { renderer: "svg" });
        chart.on("click", (e) => pick.current?.(e.name, e.seriesName));
        drawn.current = chart;
        watch = new ResizeObserver(fit);
        watch.observe(place.current);
        window.addEventListener("beforeprint", fit);
        window.addEventListener("afterprint", fit);
        setReady(true);
      })
      .catch(() => fail.current());
    return () => {
      gone = true;
      watch?.disconnect();
      window.removeEventListener("beforeprint", fit);
      window.removeEventListener("afterprint", fit);
      drawn.current?.dispose();
      drawn.current = null;
    };
  }, []);

  useEffect(() => {
    if (!ready) return;
    drawn.current?.setOption({ animation: false, ...option }, { notMerge: true });
    frame(place.current, drawn.current);
  }, [ready, option]);

  return (
    <>
      <div ref={place} role="img" aria-label={label} style={{ width: "100%", height: "100%" }} />
      {!ready && (
        <span className="chart-said" role="status">
          {t("chart.drawing")}
        </span>
      )}
    </>
  );
}

/** frame tells the drawing its own size, so that paper, which is narrower than the screen, shrinks it instead of cutting it. */
function frame(place: HTMLElement | null, chart: EChartsType | null) {
  if (chart) place?.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
}

function BehindTable({ caption, table }: { caption: string; table: ChartTable }) {
  return (
    <div className="table-wrap">
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.head.map((h, i) => (
              <th key={i} scope="col" className={i > 0 ? "right" : undefined}>
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) =>
                j === 0 ? (
                  <th key={j} scope="row" data-label={table.head[j]}>
                    {cell}
                  </th>
                ) : (
                  <td key={j} className="right" data-label={table.head[j]}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Spark is a small line without axes: where a number came from, at a glance. Its words are in the label. */
export function Spark({
  values,
  label,
  width = 96,
  height = 24,
}: {
  values: (number | null)[];
  label: string;
  width?: number;
  height?: number;
}) {
  const known = values.filter((v): v is number => v !== null);
  if (known.length < 2) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const at = (v: number, i: number) => {
    const x = (i / (values.length - 1)) * (width - 4) + 2;
    const y = high === low ? height / 2 : height - 2 - ((v - low) / (high - low)) * (height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const points = values.flatMap((v, i) => (v === null ? [] : [at(v, i)]));
  const [lastX, lastY] = (points.at(-1) ?? "0,0").split(",");
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polyline points={points.join(" ")} fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={lastX} cy={lastY} r="2" fill="var(--accent)" />
    </svg>
  );
}
