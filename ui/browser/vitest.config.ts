import { defineConfig } from "vitest/config";

// The browser tests: the built binary on a database of its own, Chromium, one account a context. One after the other, because each plays
// a city through weeks of its time.
export default defineConfig({
  cacheDir: "../node_modules/.vite-browser",
  test: {
    root: import.meta.dirname,
    environment: "node",
    include: ["*.browser.ts"],
    testTimeout: 420_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    bail: 0,
  },
});
