// Two other ways a challenge can go, begun from cases that the demo city already has: it fails without anybody's fault, and a notice
// falls to an objection.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("endings");
});
afterAll(() => city?.close());

async function at(login: string, title: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(title);
  return person;
}

describe.sequential("closed without fault", () => {
  const title = "离心压缩机高参数干气密封";

  it("the officer stops it with a reason that everyone affected reads", async () => {
    const jingban = await at("jingban", title);
    await jingban.stands("攻关中");
    await jingban.does("提出终止", { reason: "现场考核证明密封端面材料路线不可行。" });
    await jingban.stands("终止核查");
    await jingban.fills("提交核查意见", {
      核查的事实: "调阅全部试验记录，三轮试验均按方案实施，结果不达标。",
      未完成的主要原因: "技术路线不可行",
      原始记录完整: true,
      未发现弄虚作假和谋取私利: true,
      核查材料: file("核查材料"),
    });
    await jingban.stands("待作出处理决定");
  });

  it("the solver is heard, and the leader exempts it; what was held goes back", async () => {
    const names = await (await at("jingban", title)).page.locator(".page-head").innerText();
    expect(names).toContain("待作出处理决定");
    for (const login of ["jiebang3", "jiebang4"]) {
      const solver = await city.as(login);
      await solver.go(`/cases?q=${encodeURIComponent(title)}`);
      await solver.page.locator(".table, .empty").first().waitFor();
      if ((await solver.page.getByRole("rowheader", { name: title }).count()) === 0) continue;
      await solver.openCase(title);
      if (!(await solver.offered()).some((o) => o.includes("陈述申辩"))) continue;
      await solver.fills("陈述申辩", { 陈述申辩意见: "已穷尽可行方案，原始记录完整，愿公开失败数据。" });
      break;
    }
    const lingdao = await at("lingdao", title);
    await lingdao.sees("未拨付的财政资金退回，已拨付的不再追回");
    await lingdao.fills(
      "决定免责",
      { 认定意见: "程序合规、记录完整、无谋取私利，属技术路线失败，予以免责。", 审议纪要: file("免责审议纪要") },
      { shot: "nofault-01-exempt" },
    );
    await lingdao.stands("免责结题");
    await lingdao.page.getByRole("tab", { name: /资金/ }).click();
    await lingdao.sees("解冻退回");
    await lingdao.shot("nofault-02-money");
    // It can be read by everyone, and it is an end: nothing more can be done.
    expect(await lingdao.offered()).toEqual([]);
    const anyone = await city.visitor();
    await anyone.go("/hall?kind=result");
    await anyone.page.getByRole("link", { name: title }).click();
    await anyone.sees("免责结题");
    await anyone.close();
  });
});

describe.sequential("an objection that is upheld", () => {
  const title = "协作机器人高精度减速器寿命试验与提升";

  it("anyone objects under their real name, without an account", async () => {
    const anyone = await city.visitor();
    await anyone.go("/hall?kind=notice");
    await anyone.page.getByRole("link", { name: title }).click();
    await anyone.page.getByRole("button", { name: "提交异议" }).click();
    await anyone.sees("请补正以下 3 处"); // name, phone, reasons
    await anyone.page.getByLabel("真实姓名").fill("李求实");
    await anyone.page.getByLabel("联系电话").fill("13900000000");
    await anyone.fill("异议事实和理由", "拟揭榜方与发榜方三年内有共同专利，未申报关联关系。");
    await anyone.shot("objection-01-form");
    await anyone.page.getByRole("button", { name: "提交异议" }).click();
    await anyone.page.getByRole("dialog").getByRole("button", { name: "提交异议" }).click();
    await anyone.sees("异议已收到");
    await anyone.shot("objection-02-receipt");
    expect(await anyone.page.getByText("李求实").count()).toBe(0);
    await anyone.close();
  });

  it("the leader rules on each, one is upheld, and the solver is decided anew", async () => {
    const lingdao = await at("lingdao", title);
    await lingdao.fills(
      "裁定异议不成立",
      { 核查情况: "报价含试验费用明细，核查属实。", 裁定理由: "异议所述与事实不符。" },
      { where: "异议 1" },
    );
    await lingdao.fills(
      "裁定异议成立",
      { 核查情况: "查明三年内有共同专利两件，未申报。", 裁定理由: "违反回避规定。" },
      { where: "异议 2", shot: "objection-03-ruling" },
    );
    await city.pass(12);
    const later = await at("lingdao", title);
    await later.stands("异议核查");
    await later.does("异议成立，重新办理", { reason: "第 2 件异议成立，公示结果撤销。" });
    await later.stands("重新确定揭榜方");
    const jingban = await at("jingban", title);
    await jingban.shot("objection-04-redo");
    await jingban.does("重新评审", { reason: "异议成立，重新组织评审。" });
    await jingban.stands("资格审查与组建评审组");
    await jingban.page.getByRole("tab", { name: /公示/ }).click();
    await jingban.sees("异议成立");
  });
});
