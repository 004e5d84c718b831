import { expect, it } from "vitest";
import { nextVersion } from "./trial";

it("counts the last number of a version on", () => {
  expect(["2026.1", "2024.9", "1.0.9", "v3", "第一版"].map(nextVersion)).toEqual(["2026.2", "2024.10", "1.0.10", "v4", "第一版"]);
});
