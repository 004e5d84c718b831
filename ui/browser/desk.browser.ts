// Panels by the ways that are not the straight one: an expert who declines and the next lot, one who recuses after reading, a tab that is killed
// while somebody scores and a connection that goes, bids shared among experts, experts anew after an appeal, fees with their tax list, and the
// reply to a remark.
import { readFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { Person } from "./person";

const inviting = "燃机火焰筒冷却孔精密加工";
const scoring = "航空发动机薄壁波纹管激光焊接缺陷在线识别";
const sharing = "机器人柔性触觉皮肤耐久性提升";
const appealed = "示例发明人李工 高温合金涂层界面";
const announced = "协作机器人高精度减速器寿命试验与提升";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("desk");
});
afterAll(() => city?.close());

const phone = { viewport: { width: 390, height: 844 } };

async function confirms(person: Person, step: string, reason = ""): Promise<void> {
  const dialog = person.page.getByRole("dialog", { name: `确认：${step}` });
  if (reason) await dialog.getByLabel("理由").fill(reason);
  await dialog.getByRole("button", { name: "确认办理" }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** panelOf opens a case's panel by its row on the desk. */
async function panelOf(person: Person, title: string): Promise<void> {
  await person.go("/panels");
  await person.page.getByRole("rowheader", { name: title }).getByRole("link").click();
  await person.page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** desk is an expert's own, read. */
async function desk(n: number, options = {}): Promise<Person> {
  const who = await city.as(`zhuanjia${n}`, options);
  await who.go("/reviews");
  await who.page.getByRole("heading", { level: 1, name: "我的评审" }).waitFor();
  return who;
}

const rowsOf = (table: Locator, state: string) =>
  table.getByRole("row").filter({ hasText: state }).getByRole("rowheader").allInnerTexts();

describe.sequential("panels by other ways", () => {
  it("an expert declines, and the next lot takes the place", async () => {
    const jingban = await city.as("jingban");
    await panelOf(jingban, inviting);
    await jingban.sees("等 2 位专家答复");
    let declined = false;
    for (let n = 1; n <= 14 && !declined; n++) {
      const who = await desk(n);
      const card = who.page
        .locator(".review-card", { hasText: inviting })
        .filter({ has: who.page.getByRole("button", { name: "谢绝" }) });
      if ((await card.count()) === 0) continue;
      await card.getByRole("button", { name: "谢绝" }).click();
      await confirms(who, "谢绝");
      declined = true;
    }
    expect(declined).toBe(true);
    await jingban.page.reload();
    await jingban.sees("补足 1 名专家");
    await jingban.shot("desk-01-declined");
    await jingban.page.getByRole("button", { name: "抽取评审专家" }).click();
    await confirms(jingban, "抽取评审专家");
    await jingban.sees("等 2 位专家答复");
    const table = jingban.page.getByRole("table", { name: "邀请" });
    expect((await rowsOf(table, "已谢绝")).length).toBe(2);
  });

  it("what an expert typed outlives a killed tab and a lost connection, and the total is seen while scoring", async () => {
    const who = await desk(1, phone);
    await who.sees("已填一部分");
    await who.shot("desk-02-phone");
    const context = who.page.context();
    const tab = new Person(who.base, await context.newPage());
    await tab.go("/reviews");
    const piece = tab.page.getByRole("region", { name: `待评审 ${scoring}` }).locator(".review-piece", { hasText: "已填一部分" });
    await piece.getByRole("button", { name: "提交评审意见" }).click();
    await tab.page.getByRole("heading", { level: 1, name: "提交评审意见" }).waitFor();
    await tab.sees("47");
    await tab.fill("指标与进度保证", "15");
    await tab.sees("62");
    const address = tab.page.url();
    await context.setOffline(true); // nothing typed from here on reaches the server
    await tab.fill("报价与效益", "16");
    await tab.sees(/暂存在本机/);
    await tab.page.close({ runBeforeUnload: false });
    await context.setOffline(false);
    await who.page.goto(address);
    await who.sees("已恢复您上次填写的内容");
    await who.sees("78");
    await who.shot("desk-03-restored");
  });

  it("an expert recuses after reading, with a reason, and the piece is gone from the desk", async () => {
    const who = await desk(2);
    const work = who.page.getByRole("region", { name: `待评审 ${scoring}` });
    const pieces = work.locator(".review-piece");
    const before = await pieces.count();
    await pieces.first().getByRole("button", { name: "阅后申报回避或者不能评审" }).click();
    await confirms(who, "阅后申报回避或者不能评审", "负责人是我的学生。");
    await expect.poll(() => pieces.count()).toBe(before - 1);
  });

  it("the bids of one case are shared among its experts, and each sees their own only", async () => {
    const jingban = await city.as("jingban");
    await panelOf(jingban, sharing);
    await jingban.sees("5 位专家已经到齐，可以启动评审");
    await jingban.page.getByRole("link", { name: "安排评审分工" }).click();
    await jingban.page.getByRole("button", { name: "计算方案" }).click();
    await jingban.sees("已证明没有更好的方案");
    await jingban.shot("desk-04-shared");
    await jingban.page.getByRole("button", { name: "按此分工启动评审" }).click();
    await jingban.sees("已启动评审，专家可以评审各自的申请");
    let pieces = 0;
    for (const n of [3, 7, 8, 9, 14]) {
      const who = await desk(n);
      const own = await who.page
        .getByRole("region", { name: `待评审 ${sharing}` })
        .locator(".review-piece")
        .count();
      expect(own).toBeLessThan(5);
      pieces += own;
    }
    expect(pieces).toBe(12); // four bids, three experts each
  });

  it("after an appeal nobody who judged before is asked again", async () => {
    const rencai = await city.as("rencai");
    await panelOf(rencai, appealed);
    const table = rencai.page.getByRole("table", { name: "邀请" });
    const before = await rowsOf(table, "已结束");
    const now = [...(await rowsOf(table, "已邀请")), ...(await rowsOf(table, "已接受"))];
    expect(before.length).toBe(3);
    expect(now.length).toBe(3);
    expect(now.filter((name) => before.includes(name))).toEqual([]);
    await rencai.shot("desk-05-appealed");
  });

  it("finance pays the experts, less the tax, and the month's list goes out as a workbook", async () => {
    const caiwu = await city.as("caiwu");
    await caiwu.openCase(announced);
    await caiwu.fills("发放专家劳务费", { 付款凭证号: "示例-002" }, { where: "专家劳务费 1" });
    await caiwu.go("/money/fees");
    const lines = caiwu.page.getByRole("row").filter({ hasText: announced });
    await lines.first().waitFor();
    expect(await lines.count()).toBe(3);
    expect(await lines.first().innerText()).toMatch(/1,600 元[\s\S]*160 元[\s\S]*1,440 元/); // two bids each: 800 yuan are free of tax, a fifth of the rest
    await caiwu.shot("desk-06-fees");
    const book = caiwu.page.waitForEvent("download");
    await caiwu.page.getByRole("link", { name: "下载 Excel" }).click();
    const bytes = readFileSync(await (await book).path());
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    const jingban = await city.as("jingban");
    await jingban.go("/money/fees");
    expect(await jingban.page.getByText("1,440 元").count()).toBe(0); // the list names experts: it is for finance and auditors
  });

  it("a remark that its expert answered is cancelled, and stays on record with the answer", async () => {
    const who = await desk(1, phone);
    await who.sees("已答复，待复核");
    const lingdao = await city.as("lingdao");
    await lingdao.go("/desk");
    await lingdao.openCase("示例专家赵工");
    await lingdao.does("撤销评价", { where: "履职评价 2", reason: "答复属实。" });
    const again = await desk(1, phone);
    await again.page.reload();
    await again.sees("已撤销");
    await again.sees(/当日系统提示字数已满/);
  });
});
