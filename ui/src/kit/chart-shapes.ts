// The usual drawings as options of the chart library: lines over time with a band and a dashed goal, bars beside or on one another, and a flow.
import type { EChartsCoreOption } from "echarts/core";
import type { Look } from "./chart";

export type Line = {
  name: string;
  values: (number | null)[];
  dashed?: boolean; // a goal or a forecast, not what happened
  band?: { low: (number | null)[]; high: (number | null)[] };
};

export type Bars = { name: string; values: (number | null)[]; stack?: string };

type Axis = { x: string[]; unit?: string; format?: (n: number) => string; counts?: boolean }; // counts: no marks between whole numbers

const marks = ["circle", "triangle", "rect", "diamond", "arrow", "pin", "roundRect"];

function ground(look: Look, { x, unit, format, counts }: Axis, sideways = false): EChartsCoreOption {
  const words = { color: look.palette.muted, fontFamily: look.font, fontSize: look.size };
  const names = {
    type: "category",
    data: x,
    inverse: sideways,
    // On a phone long names break into lines and leave the drawing two thirds of the width.
    axisLabel: { ...words, hideOverlap: true, ...(sideways && look.narrow ? { width: 104, overflow: "break" } : {}) },
    axisLine: { lineStyle: { color: look.palette.edge } },
    axisTick: { show: false },
  };
  const numbers = {
    type: "value",
    name: unit,
    minInterval: counts ? 1 : undefined,
    nameTextStyle: { ...words, align: sideways ? "center" : "left" },
    splitNumber: sideways && look.narrow ? 2 : undefined,
    axisLabel: { ...words, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: look.palette.line } },
  };
  return {
    color: [...look.inks],
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.palette.text },
    grid: { left: 8, right: 16, top: unit ? 40 : 32, bottom: 8, containLabel: true },
    legend: { top: 0, right: 0, textStyle: { ...words, color: look.palette.text }, itemWidth: 16, itemHeight: 8 },
    tooltip: {
      ...tip(look),
      trigger: "axis",
      valueFormatter: (v: unknown) => (typeof v === "number" ? (format?.(v) ?? String(v)) : "–"),
    },
    xAxis: sideways ? numbers : names,
    yAxis: sideways ? names : numbers,
  };
}

function tip(look: Look) {
  return {
    backgroundColor: look.palette.surface,
    borderColor: look.palette.edge,
    textStyle: { color: look.palette.text, fontFamily: look.font, fontSize: look.size },
    confine: true,
  };
}

/** lines draws values over time; what is missing is a gap and never a zero. */
export function lines(look: Look, axis: Axis & { series: Line[] }): EChartsCoreOption {
  const drawn = axis.series.flatMap((s, i) => {
    const ink = look.inks[i % look.inks.length];
    const line = {
      type: "line",
      name: s.name,
      data: s.values,
      symbol: marks[i % marks.length],
      symbolSize: axis.x.length > 24 ? 0 : 6,
      connectNulls: false,
      color: ink,
      lineStyle: { color: ink, width: 2, type: s.dashed ? "dashed" : "solid" },
    };
    if (!s.band) return [line];
    const { low, high } = s.band;
    const quiet = {
      type: "line",
      stack: `band ${i}`,
      symbol: "none",
      silent: true,
      lineStyle: { opacity: 0 },
      tooltip: { show: false },
    };
    return [
      { ...quiet, data: low },
      {
        ...quiet,
        data: high.map((h, k) => (h === null || low[k] === null || low[k] === undefined ? null : h - (low[k] as number))),
        areaStyle: { color: ink, opacity: 0.16 },
      },
      line,
    ];
  });
  const option = ground(look, axis);
  return { ...option, legend: { ...(option.legend as object), data: axis.series.map((s) => s.name) }, series: drawn };
}

/** crossing draws points by two measures, each series joined by a line; a `single` one stands out as a large mark. */
export function crossing(
  look: Look,
  { x, y, series }: { x: string; y: string; series: { name: string; points: { x: number; y: number }[]; single?: boolean }[] },
): EChartsCoreOption {
  const option = ground(look, { x: [], unit: y });
  const numbers = option.yAxis as Record<string, unknown>;
  return {
    ...option,
    legend: { ...(option.legend as object), data: series.map((s) => s.name) },
    tooltip: {
      ...tip(look),
      trigger: "item",
      formatter: (p: { seriesName: string; value: [number, number] }) =>
        `${p.seriesName}<br/>${x} ${p.value[0]}<br/>${y} ${p.value[1]}`,
    },
    grid: { ...(option.grid as object), bottom: 28 },
    xAxis: { ...numbers, name: x, nameLocation: "middle", nameGap: 28, scale: true, splitLine: { show: false } },
    yAxis: { ...numbers, scale: true },
    series: series.map((s, i) => ({
      type: s.single ? "scatter" : "line",
      name: s.name,
      data: s.points.map((p) => [p.x, p.y]),
      symbol: s.single ? "diamond" : "circle",
      symbolSize: s.single ? 16 : 6,
      z: s.single ? 3 : 2,
      color: look.inks[i % look.inks.length],
    })),
  };
}

/** bars draws parts beside one another, or on one another where they have the same `stack`; sideways for long names. */
export function bars(look: Look, axis: Axis & { series: Bars[]; sideways?: boolean }): EChartsCoreOption {
  return {
    ...ground(look, axis, axis.sideways),
    series: axis.series.map((s, i) => ({
      type: "bar",
      name: s.name,
      data: s.values,
      stack: s.stack,
      barMaxWidth: 32,
      color: look.inks[i % look.inks.length],
    })),
    ...(axis.series.length < 2 ? { legend: { show: false } } : {}),
  };
}

/** flow draws how much goes from where to where; a node's `name` is its key, and `label` what is written. */
export function flow(
  look: Look,
  {
    nodes,
    links,
    format,
  }: {
    nodes: { name: string; label: string }[];
    links: { source: string; target: string; value: number }[];
    format?: (n: number) => string;
  },
): EChartsCoreOption {
  const label = new Map(nodes.map((n) => [n.name, n.label]));
  return {
    textStyle: { fontFamily: look.font },
    tooltip: {
      ...tip(look),
      trigger: "item",
      formatter: (p: { dataType: string; name: string; value: number; data: { source?: string; target?: string } }) => {
        const n = format?.(p.value) ?? String(p.value);
        return p.dataType === "edge"
          ? `${label.get(p.data.source ?? "")} → ${label.get(p.data.target ?? "")} ${n}`
          : `${label.get(p.name)} ${n}`;
      },
    },
    series: [
      {
        type: "sankey",
        left: 8,
        right: 120,
        top: 8,
        bottom: 8,
        nodeAlign: "left",
        nodeGap: 16,
        data: nodes.map((n, i) => ({ name: n.name, itemStyle: { color: look.inks[i % look.inks.length] } })),
        links,
        lineStyle: { color: "source", opacity: 0.32 },
        label: {
          color: look.palette.text,
          fontSize: look.size,
          width: 112,
          overflow: "break",
          formatter: (p: { name: string }) => label.get(p.name) ?? p.name,
        },
      },
    ],
  };
}
