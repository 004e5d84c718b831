// The browser's replay against a file that the server's own package wrote (internal/panel/testdata): both must draw the same people.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { replay } from "./replay";

const written = (name: string) => readFileSync(join(__dirname, "../../../../internal/panel/testdata", name), "utf8");
const file = written("draw3.golden");

describe("a draw, drawn again in the browser", () => {
  it("is true as it was written", async () => {
    const { record, checks } = await replay(file);
    expect(record?.drawn.length).toBeGreaterThan(0);
    expect(checks.map((c) => `${c.what} ${c.ok}`)).toEqual([
      "digest true",
      "commitment true",
      "fingerprint true",
      "order true",
      "drawn true",
      "left true",
      "panel true",
    ]);
  });

  it("is true for a file of the version before", async () => {
    const { record, checks } = await replay(written("draw.golden"));
    expect(record?.version).toBe(2);
    expect(checks.map((c) => c.ok)).toEqual([true, true, true, true, true, true]);
  });

  it("finds every changed byte", async () => {
    for (let at = 0; at < file.length; at += 13) {
      const other = file[at] === "1" ? "2" : "1";
      const { checks } = await replay(file.slice(0, at) + other + file.slice(at + 1));
      expect(
        checks.every((c) => c.ok),
        `byte ${at}`,
      ).toBe(false);
    }
  });

  it("finds a record that was made anew around another panel", async () => {
    const at = file.lastIndexOf("\nsha256 ");
    const record = JSON.parse(file.slice(0, at));
    [record.drawn[0], record.order[0]] = [record.order[record.order.length - 1], record.drawn[0]];
    const { checks } = await replay(JSON.stringify(record, null, 2));
    expect(checks.find((c) => c.what === "drawn")?.ok).toBe(false);
  });

  it("says that what is no record is none", async () => {
    for (const text of ["", "{}", "不是文件", '{"version":2}', "\nsha256 00\n"]) {
      const { record, checks } = await replay(text);
      expect(record).toBeNull();
      expect(checks.every((c) => c.ok)).toBe(false);
    }
  });
});
