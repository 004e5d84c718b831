import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fill } from ".";
import { messages } from "./messages";

const root = join(__dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const path = join(folder, e.name);
    if (e.isDirectory()) return e.name === "messages" ? [] : sources(path);
    return /\.tsx?$/.test(e.name) && !/\.test\.|schema\.d\.ts/.test(e.name) ? [readFileSync(path, "utf8")] : [];
  });
}

const entries = Object.entries(messages) as [string, readonly [string, string]][];
const holes = (text: string) => Array.from(text.matchAll(/\{(\w+)/g), (m) => m[1]).sort();

describe("the catalogue", () => {
  it.each(entries)("%s speaks both languages", (_key, [zh, en]) => {
    expect(zh.trim()).not.toBe("");
    expect(en.trim()).not.toBe("");
    expect(Array.from(new Set(holes(en)))).toEqual(Array.from(new Set(holes(zh))));
  });

  it("has no Chinese in English but for document numbers and units, and no English words in Chinese but names", () => {
    const names = /Excel|CSV|PDF|Word|SHA-256|kechuang verify|MB|kechuang/g;
    for (const [key, [zh, en]] of entries) {
      if (!/〔/.test(en)) expect(en.match(/\p{Script=Han}/u), key).toBeNull();
      expect(
        zh
          .replace(names, "")
          .replace(/\{[^}]*\}/g, "")
          .match(/[A-Za-z]{2,}/),
        key,
      ).toBeNull();
    }
  });

  it("has no key that nothing says", () => {
    const all = sources(root).join("\n");
    const families = Array.from(all.matchAll(/`([a-z]+(?:\.[a-z]+)*\.)\$\{/gi), (m) => m[1] as string);
    const unused = entries
      .map(([key]) => key)
      .filter((key) => !all.includes(`"${key}"`) && !families.some((f) => key.startsWith(f)));
    expect(unused).toEqual([]);
  });

  it("has no key twice", () => {
    const folder = join(__dirname, "messages");
    const keys = readdirSync(folder).flatMap((f) =>
      Array.from(readFileSync(join(folder, f), "utf8").matchAll(/^ {2}"([^"]+)":/gm), (m) => m[1]),
    );
    expect(keys.length).toBe(new Set(keys).size);
  });
});

describe("fill", () => {
  it("puts values in, and chooses a word by number", () => {
    expect(fill("{n} {n|day|days} left", { n: 1 })).toBe("1 day left");
    expect(fill("{n} {n|day|days} left", { n: 3 })).toBe("3 days left");
    expect(fill("还有 {n} 天", { n: 3 })).toBe("还有 3 天");
    expect(fill("{missing}")).toBe("{missing}");
  });
});
