// Money is spread: an officer takes bids from cases, works plans out, compares them, has a contradiction told, attaches the answer to a case,
// comes back to what was tried, and takes it away as a workbook and on paper.
import { existsSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { patience } from "./patience";
import type { Person } from "./person";

let city: City;
let officer: Person;

beforeAll(async () => {
  city = await City.open();
  officer = await city.as("jingban");
});
afterAll(async () => city?.close());

const value = async () => (await officer.page.locator(".plan .numbers dd").first().innerText()).trim();

async function choose(): Promise<void> {
  await officer.page.getByRole("button", { name: "生成方案" }).click();
  await officer.page.locator(".plan-lists, .note.s-returned").first().waitFor();
  await officer.page.locator(".ant-btn-loading").waitFor({ state: "detached" });
}

describe.runIf(process.env.KECHUANG_BROWSER === "all")("a portfolio", () => {
  it("is chosen from cases, changed, compared, attached and found again", { timeout: 240_000 * patience }, async () => {
    const page = officer.page;
    await officer.go("/portfolio");
    await page.getByRole("button", { name: "从事项取备选" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "哪个机制" }).click();
    await page.locator(".ant-select-item-option", { hasText: "揭榜挂帅" }).first().click();
    await dialog.getByText(/同一事项至多选一项/).waitFor();
    await dialog.getByRole("button", { name: "使用这些项目" }).click();

    await page.getByRole("textbox", { name: "方案名称" }).fill("第二批揭榜项目");
    await choose();
    await officer.sees("已证明没有更好的方案");
    await officer.sees(/附证明 \d+ 步/);
    const first = await value();
    expect(Number(first)).toBeGreaterThan(0);

    // One project is told out; the plan is worked out anew, and says what that costs.
    await page.locator(".plan-lists .sheet").first().getByRole("combobox").first().click();
    await page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: /^不选$/ }).click();
    await officer.sees(/与方案 1 相比：总分 −/);
    expect(await value()).not.toBe(first);

    // What contradicts is told with its way out, and nothing is lost.
    await page.getByRole("spinbutton", { name: "预算（万元）" }).fill("0");
    await page.getByRole("button", { name: "添加限额" }).click();
    await page.getByRole("spinbutton", { name: "至少" }).fill("1");
    await choose();
    await officer.sees("这些限制不能同时满足");
    await officer.sees(/改为 .* 即可/);

    // Back to the first plan, after a reload.
    await page.reload();
    await officer.sees("这些限制不能同时满足");
    await page
      .getByRole("row", { name: /方案 1/ })
      .getByRole("button", { name: "回到它" })
      .click();
    await page.locator(".plan-lists").waitFor();
    expect(await value()).toBe(first);
    await officer.shot("portfolio");

    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出 Excel" }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^第二批揭榜项目-[0-9a-f]{8}\.xlsx$/);
    const path = await file.path();
    expect(existsSync(path) && statSync(path).size > 4000).toBe(true);

    // The answer becomes a paper of the step that decides.
    await page.getByRole("button", { name: "附到事项" }).click();
    const attach = page.getByRole("dialog", { name: "附到事项" });
    await attach.getByRole("combobox", { name: "办理环节和附件" }).click();
    await page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: "组合测算结果" }).first().click();
    await attach.getByRole("button", { name: "附到事项" }).click();
    await page.waitForURL(/\/cases\/[^/]+\/do\//);
    await officer.sees(/第二批揭榜项目-[0-9a-f]{8}\.xlsx/);
    expect(officer.problems).toEqual([]);
  });
});
