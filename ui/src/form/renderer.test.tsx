import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { Refusal } from "../api/refusals";
import type { Field, Form } from "../api/types";
import { SpeechProvider } from "../i18n";
import { FormRenderer } from "./renderer";
import { check, fieldId, parsePasted, pasteInto, refusalsOf, type TypedRow, toTyped, toWire, typedRow, wireRow } from "./values";

const title = (zh: string) => ({ zh, en: zh });
const field = (name: string, type: string, more: Partial<Field> = {}): Field => ({ name, title: title(name), type, ...more });

const form: Form = {
  name: "need",
  title: title("需求"),
  fields: [
    field("名称", "text", { max: 10, public: true }),
    field("类别", "choice", { choices: ["整机", "部件"].map((v) => ({ value: v, title: title(v) })) }),
    field("真实", "flag"),
    field("总额", "money"),
    field("占比", "share"),
    field("级别", "count"),
    field("日期", "date"),
    field("备注", "text", { optional: true, max: 500 }),
    field("明细", "rows", {
      min: 1,
      whole: "份额",
      rows: [field("事项", "text"), field("份额", "share"), field("金额", "money", { optional: true })],
    }),
  ],
};

function Harness({
  start = {},
  refusals = [],
  onValues,
}: {
  start?: TypedRow;
  refusals?: Refusal[];
  onValues?: (v: TypedRow) => void;
}) {
  const [values, setValues] = useState<TypedRow>({ ...typedRow(form.fields, {}), ...start });
  return (
    <QueryClientProvider client={new QueryClient()}>
      <SpeechProvider initial="zh">
        <App>
          <FormRenderer
            form={form}
            values={values}
            refusals={refusals}
            filled={{ 名称: "来自登记库" }}
            sources={{ 名称: title("登记库") }}
            onChange={(v) => {
              setValues(v);
              onValues?.(v);
            }}
          />
        </App>
      </SpeechProvider>
    </QueryClientProvider>
  );
}

describe("one renderer for every form", () => {
  it("gives every field a control with its name, and says what is optional and what will be public", () => {
    render(<Harness />);
    expect(screen.getByRole("textbox", { name: /名称/ })).toBeTruthy();
    expect(screen.getByRole("radiogroup", { name: /类别/ })).toBeTruthy();
    expect(screen.getByRole("radiogroup", { name: /真实/ })).toBeTruthy();
    expect(screen.getByRole("textbox", { name: "第 1 行 事项" })).toBeTruthy();
    expect(screen.getAllByText("选填")).toHaveLength(2); // the remark, and the column of amounts
    expect(screen.getByText("将公开")).toBeTruthy();
  });

  it("echoes an amount in the other unit and in capitals, and takes full-width digits", async () => {
    let seen: TypedRow = {};
    render(
      <Harness
        onValues={(v) => {
          seen = v;
        }}
      />,
    );
    await userEvent.type(screen.getByRole("textbox", { name: "总额" }), "８００.5");
    expect(screen.getByText("捌佰万伍仟元整")).toBeTruthy();
    expect(screen.getByText(/8,005,000 元/)).toBeTruthy();
    expect(wireRow(form.fields, seen).总额).toBe(800_500_000);
  });

  it("keeps what is no value as it was typed, says so at the field, and lets the server read it", async () => {
    let seen: TypedRow = {};
    render(
      <Harness
        onValues={(v) => {
          seen = v;
        }}
      />,
    );
    await userEvent.type(screen.getByRole("textbox", { name: "总额" }), "一百");
    await userEvent.type(screen.getByRole("textbox", { name: "日期" }), "2025-02-30");
    await userEvent.tab();
    expect(screen.getByText(/“一百”不是金额/)).toBeTruthy();
    expect(screen.getByText(/“2025-02-30”不是日期/)).toBeTruthy();
    expect(wireRow(form.fields, seen)).toMatchObject({ 总额: "一百万元", 日期: "2025-02-30" });
  });

  it("shows a refusal at its field, with the rule and the way out, also inside rows", () => {
    const at = (path: string): Refusal => ({
      kind: "invalid",
      id: "x",
      field: path,
      text: title(`不行:${path}`),
      rule: "沈科发〔2024〕6号",
      way: title("请改正"),
    });
    render(
      <Harness
        start={{ 明细: [typedRow(form.fields[8]?.rows ?? [], { 事项: "甲" })] }}
        refusals={[at("need.总额"), at("need.明细[0].份额")]}
      />,
    );
    expect(screen.getByText(/不行:need.总额/).textContent).toContain("沈科发〔2024〕6号");
    const cell = screen.getByRole("textbox", { name: "第 1 行 份额" });
    expect(cell.getAttribute("aria-invalid")).toBe("true");
    expect(document.getElementById(cell.getAttribute("aria-describedby") ?? "")?.textContent).toContain("不行");
  });

  it("says where a value came from, and brings it back", async () => {
    render(<Harness start={{ 名称: "改过的" }} />);
    expect(screen.getByText(/来源：登记库/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "恢复为自动填写的内容" }));
    expect((screen.getByRole("textbox", { name: /名称/ }) as HTMLInputElement).value).toBe("来自登记库");
  });

  it("takes rows from a spreadsheet, and sums shares against the whole", async () => {
    render(<Harness />);
    await userEvent.click(screen.getByRole("textbox", { name: "第 1 行 事项" }));
    await userEvent.paste("方案\t60%\t30万元\n试验\t３０\t5000元\n");
    expect((screen.getByRole("textbox", { name: "第 2 行 事项" }) as HTMLInputElement).value).toBe("试验");
    expect(screen.getByText(/还差 10 %/)).toBeTruthy();
    const cell = screen.getByRole("textbox", { name: "第 2 行 份额" });
    await userEvent.clear(cell);
    await userEvent.type(cell, "40");
    expect(screen.getByText(/合计正好 100 %/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "删除第 1 行" }));
    expect(within(screen.getByRole("group", { name: /明细/ })).queryByRole("textbox", { name: "第 2 行 事项" })).toBeNull();
  });
});

describe("values", () => {
  it("go to the wire and back unchanged", () => {
    const wire = {
      名称: "甲",
      类别: "部件",
      真实: false,
      总额: 12_345,
      占比: 333_333,
      级别: 5,
      日期: "2025-06-30",
      明细: [{ 事项: "一", 份额: 1_000_000, 金额: 800_000_000 }],
    };
    expect(wireRow(form.fields, typedRow(form.fields, wire))).toEqual(wire);
  });

  it("money keeps the fen whatever the unit", () => {
    const money = field("m", "money");
    for (const fen of [0, 1, 99, 100, 12_345, 1_000_000, 1_000_001, 800_500_000, 123_456_789_012])
      expect(toWire(money, toTyped(money, fen))).toBe(fen);
  });

  it("are checked for what is missing before anything is sent", () => {
    const keys = check(form, typedRow(form.fields, {}), (f) => f.title.zh).map((i) => [i.path, i.key]);
    expect(keys).toEqual([
      ["名称", "form.required"],
      ["类别", "form.choose"],
      ["真实", "form.choose"],
      ["总额", "form.required"],
      ["占比", "form.required"],
      ["级别", "form.required"],
      ["日期", "form.required"],
      ["明细", "form.rows.min"],
    ]);
  });

  it("empty rows are not sent, and half-filled ones are named", () => {
    const rows: TypedRow = {
      明细: [
        { 事项: "甲", 份额: "" },
        { 事项: "", 份额: "" },
      ],
    };
    expect(wireRow(form.fields, rows)).toEqual({ 明细: [{ 事项: "甲" }] });
    expect(check({ ...form, fields: [form.fields[8] as Field] }, rows, (f) => f.title.zh).map((i) => i.path)).toEqual([
      "明细[0].份额",
    ]);
  });

  it("are listed with the field, and the row, that they are about", () => {
    const rows: TypedRow = { 总额: { text: "1.2.3", unit: "万元" }, 明细: [{ 事项: "甲", 份额: "" }] };
    const said = refusalsOf(check(form, { ...typedRow(form.fields, {}), ...rows }, (f) => f.title.zh)).map((r) => r.text.zh);
    expect(said).toContain("“总额”：“1.2.3”不是金额，请填写数字，例如 800 或 800.5");
    expect(said).toContain("“明细”第 1 行：请填写“份额”");
    expect(said).toContain("请选择“类别”");
  });

  it("find the control of a refusal's path", () => {
    expect(fieldId(form, "need.明细[2].金额")).toBe("f-明细-2-金额");
    expect(fieldId(form, "总额")).toBe("f-总额");
    expect(fieldId(form, "other.thing")).toBeNull();
  });
});

describe("a spreadsheet's clipboard", () => {
  it("is taken apart, with quoted cells that hold tabs, lines and quotes", () => {
    expect(parsePasted('a\tb\r\n"c\td"\t"e\n""f"""\n')).toEqual([
      ["a", "b"],
      ["c\td", 'e\n"f"'],
    ]);
  });
  it("is cut at the most rows that a field takes", () => {
    const rows = field("r", "rows", { max: 2, rows: [field("a", "text")] });
    const { rows: out, cut } = pasteInto(rows, [], { row: 0, column: 0 }, [["1"], ["2"], ["3"]], (_f, s) => s);
    expect(out.map((r) => r.a)).toEqual(["1", "2"]);
    expect(cut).toBe(true);
  });
});
