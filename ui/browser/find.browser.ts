// From a problem in an enterprise's own words to who can solve it: search in one language, matches while a need is typed, a vague need that
// is told what to add, triage, an introduction to its outcome, and a message when something new is offered.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file } from "./person";

const offer = "金属波纹管疲劳寿命试验装置";
const later = "低温金属波纹管疲劳寿命快速试验方法";
const need = "低温阀门金属波纹管疲劳开裂";
const text = "现有产品循环五千次就开裂，要求寿命达到 10 万次，用于液氢阀门，需要疲劳试验装置和方法。";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("find");
});
afterAll(() => city?.close());

/** offers enters an achievement of the university's, as whoever keeps the register does. */
async function offers(title: string): Promise<void> {
  const dengji = await city.as("dengji");
  const status = await dengji.page.evaluate(
    async (body) =>
      (await fetch("/api/records", { method: "POST", headers: { "Content-Type": "application/json" }, body })).status,
    JSON.stringify({
      kind: "achievement",
      values: { title, form: "发明专利", summary: "用于低温阀门波纹管的循环疲劳试验", holder: "party_demodongda" },
    }),
  );
  expect(status).toBe(201);
}

describe.sequential("a need", () => {
  it("is searched in one language, and a condition that is none is told", async () => {
    await offers(offer);
    const qiye = await city.as("qiye");
    await qiye.go("/search");
    await qiye.page.getByRole("searchbox", { name: "检索全部" }).fill('类型:成果 "波纹管疲劳"');
    await qiye.page.getByRole("link", { name: offer }).first().waitFor();
    await qiye.page.getByRole("searchbox", { name: "检索全部" }).fill("jsbwgpl");
    await qiye.page.getByRole("link", { name: offer }).first().waitFor();
    await qiye.page.getByRole("searchbox", { name: "检索全部" }).fill("类型:飞碟 波纹管");
    await qiye.sees("没有“飞碟”这一项");
    await qiye.shot("find-01-search", false);
  });

  it("has its matches while it is typed, and is told what to add while it is vague", async () => {
    const qiye = await city.as("qiye");
    await qiye.go("/match");
    await qiye.page.getByLabel("需求名称").fill("降本");
    await qiye.sees("建议补充");
    await qiye.sees("请企业补充");
    await qiye.page.getByLabel("需求名称").fill(need);
    await qiye.page.getByLabel("要解决什么问题").fill(text);
    await qiye.page.locator("#match-found").getByRole("link", { name: offer }).waitFor();
    await qiye.page.locator("#match-found").getByText("各信号的作用").first().click();
    await qiye.sees("共同的词");
    await qiye.shot("find-02-match", false);
  });

  it("is sorted, introduced under an agreement, met and judged", async () => {
    const qiye = await city.as("qiye");
    await qiye.starts("供需对接");
    await qiye.fills("提交需求", {
      要解决的问题: need,
      "现在怎么做、卡在哪里、要达到什么指标、用在哪里": text,
      等到: city.day(200),
    });
    const officer = await city.as("zhuanhua");
    await officer.openCase(need);
    await officer.fills("受理", { 怎么办: "简单：直接邀请供给方", 分诊意见: "有现成成果" });
    await officer.stands("待对接");
    await officer.fills("邀请供给方", { 供给方: "东北大学", 所凭的成果: offer, 为什么邀请: "成果正是试验装置" });
    const partner = await city.as("jiebang1");
    await partner.openCase(need);
    await partner.does("愿意对接");
    await qiye.openCase(need);
    await qiye.fills("登记双方签字的保密约定", { 双方签字的保密约定: file("保密约定") });
    await qiye.fills("登记见面", { 见面日期: city.day(0), 谈了什么: "现场看了样机" });
    await qiye.fills("评价", { 匹配程度: "大体合适", 结果: "不合适，继续找", 评价说明: "温度不够低" });
    await qiye.stands("继续找");
    await officer.openCase(need);
    await officer.does("放回待对接");
    await officer.stands("待对接");
  });

  it("waits, and its owner is told at the desk when something new is offered", async () => {
    await offers(later);
    const qiye = await city.as("qiye");
    await expect
      .poll(
        async () => {
          await qiye.go("/desk");
          await qiye.page.locator("#waiting table, #waiting .empty, #first").first().waitFor();
          return qiye.page.locator("#messages", { hasText: later }).count();
        },
        { timeout: 100_000, interval: 5000 },
      )
      .toBe(1);
    await qiye.shot("find-03-told");
    await qiye.page.locator("#messages").getByRole("link", { name: need }).first().click();
    await qiye.page.locator("#match-waiting").getByRole("link", { name: later }).first().waitFor();
    const others = await city.as("jiebang1");
    await others.go("/desk");
    await others.page.locator("#waiting table, #waiting .empty, #first").first().waitFor();
    expect(await others.page.locator("#messages", { hasText: later }).count()).toBe(0);
  });
});
