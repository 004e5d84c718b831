import { describe, expect, it } from "vitest";
import { byCase } from "./desk";

type Changed = Parameters<typeof byCase>[0];

describe("the feed of changes", () => {
  it("tells each case once, the one that changed last first, with its earlier steps behind it", () => {
    const changed = ["b", "a", "b", "c", "a", "b"].map((id, i) => ({ case: id, title: id, step: { seq: 10 - i } }));
    const told = byCase(changed as unknown as Changed);
    expect(told.map((c) => c.last.case)).toEqual(["b", "a", "c"]);
    expect(told.map((c) => c.last.step.seq)).toEqual([10, 9, 7]);
    expect(told.map((c) => c.earlier.map((e) => e.step.seq))).toEqual([[8, 5], [6], []]);
  });
});
