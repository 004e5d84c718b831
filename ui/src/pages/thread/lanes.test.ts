import { describe, expect, it } from "vitest";
import { lanes } from "./lanes";

describe("lanes", () => {
  it("keeps a chain in one lane", () => {
    const { rows, width } = lanes(
      ["a", "b", "c"],
      [
        { from: "a", to: "b" },
        { from: "b", to: "c" },
      ],
    );
    expect(width).toBe(1);
    expect(rows.map((r) => [r.lane, r.starts])).toEqual([
      [0, true],
      [0, true],
      [0, false],
    ]);
    expect(rows[2]?.from).toEqual([{ id: "b", lane: 0, title: undefined }]);
  });

  it("gives a branch a lane of its own while the stem goes on", () => {
    const { rows, width } = lanes(
      ["need", "side", "next"],
      [
        { from: "need", to: "side" },
        { from: "next", to: "need", title: "named from below" },
      ],
    );
    expect(width).toBe(2);
    expect(rows[1]).toEqual({
      id: "side",
      lane: 1,
      from: [{ id: "need", lane: 0, title: undefined }],
      through: [0],
      starts: false,
    });
    expect(rows[2]?.from).toEqual([{ id: "need", lane: 0, title: "named from below" }]);
    expect(rows[2]?.lane).toBe(0);
  });

  it("leaves out edges to what is not shown, and says the same edge once", () => {
    const { rows } = lanes(
      ["a", "b"],
      [
        { from: "a", to: "x" },
        { from: "a", to: "b" },
        { from: "b", to: "a" },
      ],
    );
    expect(rows[1]?.from).toHaveLength(1);
  });

  it("never puts two threads in one lane", () => {
    const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
    const edges = ids.flatMap((id, i) =>
      [1, 7, 13].filter((k) => i + k < ids.length && (i * k) % 3 === 0).map((k) => ({ from: id, to: `n${i + k}` })),
    );
    const { rows } = lanes(ids, edges);
    for (const r of rows) expect(r.through).not.toContain(r.lane);
    for (const [i, r] of rows.entries())
      for (const p of r.from) {
        const at = rows.findIndex((x) => x.id === p.id);
        for (const between of rows.slice(at + 1, i)) expect(between.through).toContain(p.lane);
      }
  });
});
