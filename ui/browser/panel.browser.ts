// Panels: from conflicts over an assignment to two cases at once, by way of the experts' own desks (one of them a phone), to the chair's meeting
// and the auditor's replay.
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import type { Person } from "./person";

const two = "闭式三元叶轮整体增材制造质量控制"; // two bidders
const one = "重载机器人关节驱动器温升控制"; // one

let city: City;
const invited = new Map<string, Person>(); // by login
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("panel");
});
afterAll(() => city?.close());

const phone = { viewport: { width: 390, height: 844 } };

/** expert is number n at a browser of their own; the first has a phone. */
const expert = (n: number) => city.as(`zhuanjia${n}`, n === 1 ? phone : {});

async function confirms(person: Person, step: string): Promise<void> {
  const dialog = person.page.getByRole("dialog", { name: `确认：${step}` });
  await dialog.getByRole("button", { name: "确认办理" }).click();
  await dialog.waitFor({ state: "hidden" });
}

describe.sequential("panels, from the pool to the meeting", () => {
  it("the officer sees who could judge and what speaks against each, with evidence, and disputes a finding", async () => {
    const jingban = await city.as("jingban");
    await jingban.go("/panels");
    await jingban.sees(/^等您办理/);
    await jingban.sees("抽取或者分配 3 名专家");
    await jingban.shot("panel-01-desk");
    await jingban.page.getByRole("rowheader", { name: two }).getByRole("link").click();
    await jingban.page.getByRole("heading", { level: 1, name: two }).waitFor();
    const tied = jingban.page.getByRole("row", { name: /示例专家周工/ });
    await tied.getByText("不得邀请").waitFor();
    await tied.getByText(/自然科学基金条例/).waitFor();
    await jingban.shot("panel-02-pool");
    await jingban.page.getByRole("button", { name: "对示例专家李工的利害关系提出异议" }).click();
    const dialog = jingban.page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("期刊已更正署名单位，并非合作论文。");
    await dialog.getByRole("button", { name: "提请裁定" }).click();
    await jingban.sees("已提请裁定");
    const lingdao = await city.as("lingdao");
    await lingdao.openCase(two);
    await lingdao.does("不成立", { where: "利害关系裁定 3", reason: "更正说明属实。" });
    await jingban.page.reload();
    const cleared = jingban.page.getByRole("row", { name: /示例专家李工/ });
    await cleared.getByText("可以邀请").waitFor();
    await cleared.getByText(/已裁定不成立/).waitFor();
  });

  it("two cases get their experts together, with a proof; a pin shows its cost; each case's own step invites", async () => {
    const jingban = await city.as("jingban");
    await jingban.go("/panels");
    for (const title of [two, one]) await jingban.page.getByRole("checkbox", { name: `选择 ${title}` }).check();
    await jingban.page.getByRole("button", { name: "分配专家（2 个事项）" }).click();
    await jingban.page.getByRole("button", { name: "计算方案" }).click();
    await jingban.sees("已证明没有更好的方案");
    const kept = jingban.page.getByRole("button", { name: /^不安排/ }).first();
    const name = ((await kept.getAttribute("aria-label")) ?? "").replace("不安排", "");
    await kept.click();
    await jingban.sees(new RegExp(`不让${name}评审`));
    await jingban.page.getByRole("button", { name: `恢复${name}` }).click();
    await jingban.shot("panel-03-assign");
    await jingban.page.getByRole("button", { name: "发出邀请（2 个事项）" }).click();
    await jingban.sees("2 个事项已邀请");
  });

  it("each expert finds the invitation on the own desk, on a phone too, and nobody else learns of it", async () => {
    let answered = 0;
    for (let n = 1; n <= 14; n++) {
      const who = await expert(n);
      await who.go("/reviews");
      await who.page.getByRole("heading", { level: 1, name: "我的评审" }).waitFor();
      const cards = who.page.locator(".review-card", { hasText: new RegExp(`${two}|${one}`) }).filter({
        has: who.page.getByRole("button", { name: "接受邀请" }),
      });
      await who.page.waitForLoadState("networkidle");
      while ((await cards.count()) > 0) {
        if (answered === 0) await who.shot("panel-04-invited");
        const left = await cards.count();
        await cards.first().getByRole("button", { name: "接受邀请" }).click();
        await confirms(who, "接受邀请");
        await expect.poll(() => cards.count()).toBeLessThan(left);
        answered++;
        invited.set(`zhuanjia${n}`, who);
      }
    }
    expect(answered).toBe(6);
    const bidder = await city.as("jiebang1");
    await bidder.openCase(two);
    expect(await bidder.page.getByText(/示例专家/).count()).toBe(0);
    await bidder.go("/panels");
    expect(await bidder.page.getByText(two).count()).toBe(0);
  });

  it("experts score on their desks, with reasons where the total is very high", async () => {
    const jingban = await city.as("jingban");
    await jingban.openCase(one);
    await jingban.does("启动评审");
    await jingban.stands("专家评审");
    let given = 0;
    for (const who of invited.values()) {
      await who.go("/reviews");
      const work = who.page.getByRole("region", { name: `待评审 ${one}` });
      await who.page.getByRole("heading", { level: 1, name: "我的评审" }).waitFor();
      if ((await work.count()) === 0) continue;
      if (given === 0) await who.shot("panel-05-review");
      await work.getByRole("button", { name: "提交评审意见" }).click();
      await who.page.getByRole("heading", { level: 1, name: "提交评审意见" }).waitFor();
      const high = given === 0;
      const marks = high ? ["40", "20", "20", "20"] : ["34", "16", "15", `${14 + given}`];
      for (const [i, title] of ["技术先进性与路线可行性", "团队能力与研究基础", "指标与进度保证", "报价与效益"].entries())
        await who.fill(title, marks[i] ?? "0");
      await who.sees(high ? "100" : /^6\d$|^7\d$|^8\d$/);
      await who.fill("评审意见（将反馈申请方）", "路线可行，建议补充温升试验。");
      if (high) {
        expect(await who.refused("提交评审意见")).toContain("须说明理由");
        await who.fill("总分特别高或者特别低的理由", "全部指标超过要求，且有台架数据。");
      }
      await who.sends("提交评审意见");
      given++;
    }
    expect(given).toBe(3);
  });

  it("while opinions are sealed the meeting has an agenda and no scores; afterwards the order and what would change it", async () => {
    const jingban = await city.as("jingban");
    await jingban.go("/panels");
    await jingban.page.getByRole("rowheader", { name: one }).getByRole("link").click();
    await jingban.page.getByRole("link", { name: "评审会议" }).click();
    await jingban.sees(/评审意见封存中/);
    await jingban.sees("讨论次序");
    await jingban.openCase(one);
    await jingban.does("归集评分", { where: "揭榜申请 1" });
    await jingban.does("汇总排序");
    const lingdao = await city.as("lingdao");
    await lingdao.go("/panels");
    await lingdao.page.getByRole("rowheader", { name: one }).getByRole("link").click();
    await lingdao.page.getByRole("link", { name: "评审会议" }).click();
    await lingdao.sees("排序与不确定性");
    await lingdao.sees("评分表");
    await lingdao.shot("panel-06-meeting");
  });

  it("the auditor draws again in the browser, and finds a changed byte", async () => {
    const shenji = await city.as("shenji");
    await shenji.go("/panels/replay");
    await shenji.page.getByRole("combobox", { name: "选择事项" }).click();
    await shenji.page.locator(".ant-select-item-option", { hasText: "大型风洞试验段气流均匀性控制" }).click();
    await shenji.page.getByRole("button", { name: "重演第 1 次抽取" }).click();
    await shenji.sees("抽取属实：同样的种子抽出同样的人");
    await shenji.shot("panel-07-replay");
    await shenji.page.getByRole("link", { name: "评审" }).first().click();
    await shenji.page.getByRole("rowheader", { name: "大型风洞试验段气流均匀性控制" }).getByRole("link").click();
    const saved = shenji.page.waitForEvent("download");
    await shenji.page.getByRole("button", { name: "下载抽取记录" }).click();
    const text = readFileSync(await (await saved).path(), "utf8");
    await shenji.go("/panels/replay");
    const drop = (content: string) =>
      shenji.page
        .locator("input[type=file]")
        .setInputFiles({ name: "a.draw.json", mimeType: "application/json", buffer: Buffer.from(content) });
    await drop(text);
    await shenji.sees("抽取属实：同样的种子抽出同样的人");
    await drop(text.replace(/"seed": "(.)/, (_m, c: string) => `"seed": "${c === "0" ? "1" : "0"}`));
    await shenji.sees(/核对不符/);
  });
});
