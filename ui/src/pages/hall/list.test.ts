import { describe, expect, it } from "vitest";
import type { HallItem } from "../../api/types";
import { sections } from "./list";

const item = (name: string, kind: string) => ({ case: name, kind }) as unknown as HallItem;
const items = [
  item("a", "result"),
  item("b", "other"),
  item("c", "notice"),
  item("d", "open"),
  item("e", "new kind"),
  item("f", "open"),
];

describe("the hall", () => {
  it("shows first what a reader can still take part in, and loses nothing", () => {
    const found = sections(items, true);
    expect(found.map((s) => s.kind)).toEqual(["open", "notice", "other", "result"]);
    expect(found.map((s) => s.items.map((i) => i.case).join(""))).toEqual(["df", "c", "be", "a"]);
  });

  it("keeps the order of the list where one kind is chosen", () => {
    expect(sections(items, false)).toEqual([{ kind: "all", items }]);
  });
});
