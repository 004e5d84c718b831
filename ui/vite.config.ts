import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The server embeds dist/app; its neighbour dist/.keep is what a bare clone has instead.
export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist/app", emptyOutDir: true, sourcemap: false, manifest: true, chunkSizeWarningLimit: 1200 },
  // The server takes what changes something from its own pages only: it must see the address that the browser sees.
  server: { proxy: { "/api": { target: process.env.KECHUANG_API ?? "http://127.0.0.1:8080", changeOrigin: false } } },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/test-setup.ts"], testTimeout: 20_000 },
});
