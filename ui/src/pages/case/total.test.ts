import { expect, it } from "vitest";
import type { Form } from "../../api/types";
import { totalOf } from "./total";

const title = { zh: "", en: "" };
const mark = (name: string, fullMark?: string) => ({ name, title, type: "count", ...(fullMark ? { fullMark } : {}) });
const form = {
  name: "opinion",
  title,
  fields: [mark("a", "40"), mark("b", "20"), mark("c"), mark("d", "40")],
} as unknown as Form;

it("sums the marks that are given, and says how many are lacking", () => {
  expect(totalOf(form, { a: "31", b: "", c: "99", d: " 7 " })).toEqual({ given: 38, full: 100, lacking: 1 });
  expect(totalOf(form, { a: "3x", b: "-1", d: "1.5" })).toEqual({ given: 0, full: 100, lacking: 3 });
});

it("has nothing to say of a form with fewer than two marks", () => {
  expect(totalOf({ ...form, fields: form.fields.slice(0, 1) }, { a: "1" })).toBeNull();
});
