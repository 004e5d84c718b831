// Builds the program once for all browser tests, which then find it by KECHUANG_BIN.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

export default function build(): void {
  if (process.env.KECHUANG_BIN) return;
  const repository = join(import.meta.dirname, "..", "..");
  const built = join(repository, "bin", "kechuang-browser-test");
  execFileSync("go", ["build", "-o", built, "./cmd/kechuang"], { cwd: repository, stdio: "inherit" });
  process.env.KECHUANG_BIN = built;
}
