import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const dist = join(__dirname, "..", "dist", "app");
const built = existsSync(join(dist, ".vite", "manifest.json"));
type Chunk = { file: string; isEntry?: boolean; imports?: string[]; css?: string[] };

// Run npm run build first: without a build there is nothing to weigh, and the test says so instead of passing.
describe.skipIf(!built)("the first page", () => {
  const manifest = built ? (JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8")) as Record<string, Chunk>) : {};

  it("weighs less than 400 kB gzip, with all that it imports", () => {
    const files = new Set<string>();
    const walk = (key: string) => {
      const chunk = manifest[key];
      if (!chunk || files.has(chunk.file)) return;
      files.add(chunk.file);
      for (const css of chunk.css ?? []) files.add(css);
      for (const next of chunk.imports ?? []) walk(next);
    };
    for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) walk(key);
    expect(files.size).toBeGreaterThan(1);
    const bytes = Array.from(files).reduce((sum, f) => sum + gzipSync(readFileSync(join(dist, f))).length, 0);
    console.log(`first page: ${(bytes / 1000).toFixed(0)} kB gzip in ${files.size} files`);
    expect(bytes).toBeLessThan(400_000);
  });
});
