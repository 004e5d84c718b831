import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { palettes, series } from "../design/tokens";
import { SpeechProvider } from "../i18n";
import { Chart, type Look, Spark } from "./chart";
import { bars, flow, lines } from "./chart-shapes";

const look: Look = { palette: palettes.light, inks: series.light, font: "serif", size: 12, lang: "zh" };
type Drawn = { type: string; name?: string; data: unknown[]; lineStyle: { type?: string }; color: string; stack?: string };

describe("the shapes", () => {
  it("keeps a gap a gap, dashes what did not happen, and stacks a band above its lower edge", () => {
    const option = lines(look, {
      x: ["1", "2"],
      series: [
        { name: "a", values: [1, null] },
        { name: "b", values: [1, 4], dashed: true, band: { low: [1, 2], high: [1, 7] } },
      ],
    });
    const drawn = option.series as Drawn[];
    expect(drawn.map((d) => d.data)).toEqual([
      [1, null],
      [1, 2],
      [0, 5],
      [1, 4],
    ]);
    expect(drawn[0]?.lineStyle.type).toBe("solid");
    expect(drawn[3]?.lineStyle.type).toBe("dashed");
    expect((option.legend as { data: string[] }).data).toEqual(["a", "b"]);
  });

  it("gives every series its own colour", () => {
    const drawn = bars(look, {
      x: ["1"],
      series: [
        { name: "a", values: [1] },
        { name: "b", values: [2], stack: "s" },
      ],
    }).series as Drawn[];
    expect(new Set(drawn.map((d) => d.color)).size).toBe(2);
    expect(drawn[1]?.stack).toBe("s");
  });

  it("names the nodes of a flow by their labels", () => {
    const option = flow(look, {
      nodes: [
        { name: "a", label: "需求" },
        { name: "b", label: "立项" },
      ],
      links: [{ source: "a", target: "b", value: 3 }],
    });
    const tip = (option.tooltip as { formatter: (p: object) => string }).formatter;
    expect(tip({ dataType: "edge", value: 3, data: { source: "a", target: "b" } })).toBe("需求 → 立项 3");
  });
});

describe("Chart", () => {
  it("has the table behind it, with its first column as row heads", () => {
    render(
      <SpeechProvider initial="zh">
        <Chart
          title="签约数"
          table={{
            head: ["月份", "件数"],
            rows: [
              ["1月", 3],
              ["2月", 5],
            ],
          }}
          draw={() => ({})}
          empty
        />
      </SpeechProvider>,
    );
    const table = within(screen.getByRole("table", { name: "签约数", hidden: true }));
    expect(table.getAllByRole("rowheader", { hidden: true }).map((h) => h.textContent)).toEqual(["1月", "2月"]);
    expect(screen.getByText("没有可画的数据")).toBeTruthy();
  });
});

describe("Spark", () => {
  it("draws a line through what is known, level where nothing changes, and nothing for one value", () => {
    const { container, rerender } = render(<Spark values={[1, null, 3]} label="近月" />);
    expect(container.querySelector("polyline")?.getAttribute("points")).toBe("2.0,22.0 94.0,2.0");
    rerender(<Spark values={[2, 2]} label="近月" />);
    expect(container.querySelector("polyline")?.getAttribute("points")).toBe("2.0,12.0 94.0,12.0");
    rerender(<Spark values={[2]} label="近月" />);
    expect(container.querySelector("svg")).toBeNull();
  });
});
