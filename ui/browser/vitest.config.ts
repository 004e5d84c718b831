import { defineConfig } from "vitest/config";
import { patience } from "./patience";

// The browser tests: the built binary on a database of its own, Chromium, one account a context. One file after the other: each plays
// a city through weeks of its time. `make test` plays those that go through the main job and the rights, in the time that it has;
// KECHUANG_BROWSER=all (`make test-browser-all`) plays every one.
const sample = ["whole", "endings", "hall", "policy", "register", "rights", "contract", "equity", "pledge"];
const all = process.env.KECHUANG_BROWSER === "all";

export default defineConfig({
  cacheDir: "../node_modules/.vite-browser",
  test: {
    root: import.meta.dirname,
    environment: "node",
    include: all ? ["*.browser.ts"] : sample.map((name) => `${name}.browser.ts`),
    testTimeout: 420_000 * patience,
    hookTimeout: 300_000 * patience,
    globalSetup: "build.ts",
    fileParallelism: false,
    bail: 0,
  },
});
