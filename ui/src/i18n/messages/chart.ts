// Charts of every page.
export const chart = {
  "chart.table": ["查看数据表", "Show the table"],
  "chart.drawing": ["正在绘图", "Drawing"],
  "chart.none": ["没有可画的数据", "Nothing to draw"],
  "chart.failed": ["图形无法显示，数据见下表", "The chart cannot be shown; the numbers are in the table"],
} as const satisfies Record<string, readonly [string, string]>;
