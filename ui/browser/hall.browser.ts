// The public hall on a phone, without an account, and the manners of the interface: keyboard, a lost connection, both languages, dark.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("hall");
});
afterAll(() => city?.close());

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

describe("the public hall on a phone", () => {
  it("reads without an account and never scrolls sideways", async () => {
    const anyone = await city.visitor(phone);
    const fits = () => anyone.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    await anyone.go("/");
    await anyone.page.getByRole("heading", { level: 1, name: "公开大厅" }).waitFor();
    await anyone.sees("燃机大型机匣薄壁铸件尺寸稳定性控制");
    expect(await fits()).toBe(true);
    await anyone.shot("phone-01-hall");
    await anyone.page.getByRole("link", { name: "正在公示" }).click();
    await anyone.page.getByRole("link", { name: "协作机器人高精度减速器寿命试验与提升" }).click();
    await anyone.sees("公示期内内容已冻结");
    expect(await fits()).toBe(true);
    await anyone.shot("phone-02-notice");
    await anyone.page.getByRole("link", { name: "对公示提出异议" }).click();
    await anyone.page.getByLabel("真实姓名").fill("王实名");
    await anyone.fill("异议事实和理由", "指标与已公开产品一致，请核查是否属于真实需求。");
    await anyone.page.reload();
    await expect.poll(() => anyone.page.getByLabel("真实姓名").inputValue()).toBe("王实名"); // nothing typed is lost
    await anyone.go("/hall/policy/jiebang");
    await anyone.sees("核验结论");
    expect(await fits()).toBe(true);
    await anyone.go("/hall/verify");
    await anyone.sees("签名检查点");
    expect(await fits()).toBe(true);
    await anyone.shot("phone-03-verify");
    expect(anyone.problems).toEqual([]);
    await anyone.close();
  });

  it("asks whoever opens an officer's page to sign in, and brings them back", async () => {
    const anyone = await city.visitor();
    await anyone.go("/cases?mine=true");
    await anyone.page.getByLabel("登录名").fill("jingban");
    await anyone.page.getByLabel("密码", { exact: true }).fill("wrong password");
    await anyone.page.getByRole("button", { name: "登录", exact: true }).click();
    await anyone.page.getByRole("alert").waitFor();
    expect(await anyone.page.getByLabel("登录名").inputValue()).toBe("jingban");
    await anyone.page.getByLabel("密码", { exact: true }).fill("kechuang2025");
    await anyone.page.getByRole("button", { name: "登录", exact: true }).click();
    await anyone.page.waitForURL(/\/cases\?mine=true/);
    await anyone.close();
  });
});

describe("manners", () => {
  it("is worked by keyboard", async () => {
    const jingban = await city.as("jingban");
    await jingban.go("/cases");
    await jingban.page.getByRole("rowheader").first().waitFor();
    await jingban.page.keyboard.press("j");
    await jingban.page.keyboard.press("j");
    const second = jingban.page.getByRole("rowheader").nth(1).getByRole("link");
    expect(await second.evaluate((el) => el === document.activeElement)).toBe(true);
    const title = await second.innerText();
    await jingban.page.keyboard.press("Enter");
    await jingban.page.getByRole("heading", { level: 1, name: title }).waitFor();
    await jingban.page.keyboard.press("?");
    await jingban.page.getByRole("dialog", { name: "键盘操作" }).waitFor();
    await jingban.page.keyboard.press("Escape");
    await jingban.page.getByRole("dialog", { name: "键盘操作" }).waitFor({ state: "hidden" });
    const search = jingban.page.locator("#shell-search");
    for (let i = 0; i < 40 && (await search.inputValue()) !== "波纹管"; i++) {
      await jingban.page.keyboard.press("/"); // the dialog gives the focus back in its own time
      await search.fill("");
      await jingban.page.keyboard.type("波纹管");
    }
    await jingban.page.keyboard.press("Enter");
    await jingban.page.waitForURL(/\/search\?q=/);
    await jingban.page.getByRole("heading", { level: 1, name: "检索" }).click();
    await jingban.page.keyboard.press("g");
    await jingban.page.keyboard.press("d");
    await jingban.page.getByRole("heading", { level: 1, name: "工作台" }).waitFor();
  });

  it("says a lost connection, and mends itself", async () => {
    const jingban = await city.as("jingban");
    await jingban.go("/desk");
    await jingban.page.getByRole("heading", { level: 1, name: "工作台" }).waitFor();
    await jingban.page.context().setOffline(true);
    await jingban.page.getByRole("link", { name: "登记库" }).click();
    await jingban.sees("与服务器的连接已中断");
    await jingban.page.context().setOffline(false);
    await jingban.sees("连接已恢复");
    await jingban.page.getByText("与服务器的连接已中断").waitFor({ state: "detached" });
  });

  it("speaks English throughout, and in the dark", async () => {
    const jingban = await city.as("jingban");
    await jingban.go("/desk");
    await jingban.page.getByRole("button", { name: "切换到英文" }).click();
    await jingban.page.getByRole("button", { name: "Switch to dark" }).click();
    await jingban.page.getByRole("heading", { level: 1, name: "My desk" }).waitFor();
    await jingban.shot("english-01-desk-dark", false);
    await jingban.go("/policy/jiebang");
    await jingban.sees("How it goes");
    await jingban.shot("english-02-policy-dark", false);
    await jingban.page.getByRole("button", { name: "Switch to Chinese" }).click();
    await jingban.page.getByRole("button", { name: "切换到浅色" }).click();
  });
});
