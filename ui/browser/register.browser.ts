// Tables in and out, the register, and the real enterprise needs through the same door as everybody's.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { results } from "./results";

// The needs are not the project's to ship: where they are not, the test says that it did not run.
const data = process.env.KECHUANG_DATA ?? join(import.meta.dirname, "..", "..", "..", "shared", "data");
const needs = join(data, "match", "requirements.tsv");

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("register");
});
afterAll(() => city?.close());

describe("the register", () => {
  it("finds two-character words and codes, and says when nothing is found", async () => {
    const dengji = await city.as("dengji");
    await dengji.go("/register");
    await dengji.page.getByRole("searchbox").fill("波纹");
    await dengji.page.getByRole("rowheader", { name: "沈阳某金属波纹管有限公司" }).waitFor();
    await expect.poll(() => dengji.page.getByRole("rowheader").count(), { timeout: 10_000 }).toBeLessThan(5);
    await dengji.shot("register-01-search", false);
    await dengji.page.getByRole("searchbox").fill("不存在的单位");
    await dengji.sees("没有符合条件的主体");
  });

  it("refuses a wrong check digit at its field, keeps what was typed, and takes it once mended", async () => {
    const dengji = await city.as("dengji");
    await dengji.go("/register/new");
    await dengji.fill("类别", "企业");
    await dengji.fill("名称", "沈阳某检测样例有限公司");
    await dengji.fill("统一社会信用代码", "91210100MA0000000X");
    await dengji.page.getByRole("button", { name: "保存" }).click();
    await dengji.page.getByRole("alert").waitFor();
    expect(await dengji.page.getByLabel("名称", { exact: true }).inputValue()).toBe("沈阳某检测样例有限公司");
    await dengji.shot("register-02-refused", false);
    await dengji.fill("统一社会信用代码", "９1210100MA0000000D"); // with a full-width digit
    await dengji.fill("所在区县", "210112");
    await dengji.page.getByRole("button", { name: "保存" }).click();
    await dengji.page.getByRole("heading", { level: 1, name: "沈阳某检测样例有限公司" }).waitFor();
  });

  it("refuses a file that is no table of its kind, and says why", async () => {
    const dengji = await city.as("dengji");
    await dengji.go("/register/import?kind=party");
    const wrong = join(results, "wrong.csv");
    writeFileSync(wrong, "甲,乙\n1,2\n");
    await dengji.page.locator("input[type=file]").setInputFiles(wrong);
    await dengji.page.getByRole("alert").or(dengji.page.locator(".note")).first().waitFor();
    await dengji.shot("register-03-wrong-file", false);
  });
});

describe.skipIf(!existsSync(needs))("the 371 real needs (skipped without KECHUANG_DATA)", () => {
  it("come in as drafts: checked first, confirmed, with progress, and are found", async () => {
    const qiye = await city.as("qiye");
    await qiye.go("/cases/new");
    await qiye.page.getByRole("link", { name: "从表格批量导入草稿" }).click();
    await qiye.page.locator("input[type=file]").setInputFiles(needs);
    await qiye.page.getByText(/检查完毕：371 行可以导入/).waitFor({ timeout: 60_000 });
    await qiye.shot("register-04-checked", false);
    await qiye.page.getByRole("button", { name: "确认导入 371 行" }).click();
    await qiye.page.getByText("已导入 371 行").waitFor({ timeout: 120_000 });
    await qiye.page.getByRole("link", { name: "导入完成，查看事项" }).click();
    await qiye.page.getByRole("searchbox").fill("电池");
    await qiye.page.getByRole("rowheader", { name: /电池/ }).first().waitFor();
    await qiye.shot("register-05-needs", false);
  });
});
