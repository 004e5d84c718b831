import { expect, it } from "vitest";
import { spans } from "./called";

it("writes neighbouring places as spans", () => {
  expect(spans([7, 2, 1, 3, 3])).toEqual([
    [1, 3],
    [7, 7],
  ]);
  expect(spans([])).toEqual([]);
});
