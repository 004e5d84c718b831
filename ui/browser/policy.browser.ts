// The policy changes in force, through two people: one edits and proposes, the other adopts; an edit that breaks a proof says which.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import type { Person } from "./person";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("policy");
});
afterAll(() => city?.close());

/** swap finds a text in the editor, as people do with Ctrl+F, and types another in its place. */
async function swap(keeper: Person, old: string, now: string): Promise<void> {
  const { page } = keeper;
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search input[name=search]").fill(old);
  await page.keyboard.press("End"); // it takes the text with the next key, as after an input method
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.type(now);
}

async function openFile(keeper: Person, file: string): Promise<void> {
  await keeper.go(`/policy/edit?file=${encodeURIComponent(file)}`);
  await keeper.page.getByLabel(`编辑 ${file}`).waitFor();
}

describe("the policy changes in force", () => {
  it("says what an edit breaks, keeps it, and puts a sound one in force through somebody else", async () => {
    const first = await city.as("zhengce1");
    await openFile(first, "mechanisms/jiebang.yaml");
    const propose = first.page.getByRole("button", { name: "提出", exact: true });

    await swap(first, "after: param.district_days, escalate: officer", "after: param.no_such_days, escalate: officer");
    await first.sees("有 1 处写法不对，改正后才能继续核验");
    expect(await propose.isDisabled()).toBe(true);
    await first.page.reload(); // nothing typed is lost
    await first.sees("有 1 处写法不对，改正后才能继续核验");
    await swap(first, "param.no_such_days", "param.district_days");
    await first.sees("还没有修改");

    await swap(first, "每项指标都要能够测量", "每项指标都必须能够测量");
    await first.sees(/改了，版本号仍是/);
    await first.page.keyboard.press("Control+Home");
    await swap(first, 'version: "2024.1"', 'version: "2024.2"');
    await first.sees(/核验全部通过：1 项机制/);
    await first.shot("policy-01-edit");
    await first.page.getByLabel("理由和依据文件").fill("填表提示写得更明白");
    await propose.click();
    await first.page.getByRole("heading", { name: "政策版本" }).waitFor();
    await first.sees("须由另一位政策管理员批准");
    const address = new URL(first.page.url()).pathname;

    const second = await city.as("zhengce2");
    await second.go(address);
    await second.sees("每项指标都要能够测量");
    await second.shot("policy-02-proposal");
    await second.page.getByRole("button", { name: /^批\s?准$/ }).click();
    await second.page.locator(".badge", { hasText: "现行" }).waitFor();

    const anyone = await city.visitor();
    await anyone.go("/hall/policy/jiebang");
    await anyone.sees("版本 2024.2");
    await anyone.go("/hall/policy?tab=editions");
    await anyone.sees("填表提示写得更明白");
    expect([...first.problems, ...second.problems, ...anyone.problems]).toEqual([]);
  });

  it("is not for an officer", async () => {
    const officer = await city.as("jingban");
    await officer.go("/policy");
    await officer.page.getByRole("heading", { name: "政策", exact: true }).waitFor();
    expect(await officer.page.getByRole("button", { name: "修改政策" }).count()).toBe(0);
    await officer.go("/policy/edit");
    await officer.sees("您的账号没有这项权限");
  });
});
