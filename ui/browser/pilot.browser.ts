// A pilot order is asked for, quoted, permitted, signed, run with a deviation, reported, accepted and rated; from it a landing is claimed,
// visited and verified, and what was typed once is not typed again.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";

const title = "高压波纹管液压成形中试";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("pilot");
});
afterAll(() => city?.close());

async function at(login: string, state?: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(title);
  if (state) await person.stands(state);
  return person;
}

describe.sequential("a pilot order", () => {
  it("is asked for with a base; what is too raw is refused at its field", async () => {
    const client = await city.as("qiye");
    await client.go("/cases/new");
    await client.page.getByRole("button", { name: "开始办理 中试服务订单", exact: true }).click();
    await client.page.waitForURL(/\/cases\/(?!new)[^/]+$/);
    await client.begins("发出询单", {
      中试项目: title,
      中试基地运营单位: "沈阳某仪表研究院",
      中试基地: "精密仪表中试基地",
      中试目的: "工艺放大",
      技术领域: "先进制造与自动化",
      产业链: "通用机械装备",
      "技术成熟度（1—9 级）": "3",
      "工艺、规模和要求": "由单件试制放大到每批五十件，考核液压成形工艺窗口。",
      工艺危险性: "重点监管的危险工艺、易燃易爆",
      预算: "100",
    });
    await client.page.getByRole("button", { name: "核对并提交" }).click();
    await client.sees(/技术成熟度 3 级，应在 4 至 9 级之间/);
    await client.fill("技术成熟度（1—9 级）", "5");
    await client.sends("发出询单", "pilot-01-inquiry");
    await client.stands("待基地研究");
  });

  it("is studied and quoted; a major hazard needs a permit before anybody can sign", async () => {
    const base = await at("yibiao", "待基地研究");
    await base.fills("提出可行性意见", {
      核定的工艺危险性: "重点监管的危险工艺、易燃易爆",
      中试方案: "分三批放大，每批检测壁厚和疲劳寿命。",
    });
    await base.fills("报价", {
      计价方式: "固定总价",
      报价: "80",
      批次数: "3",
      预计完成日期: city.day(120),
      按公布的价目计价: true,
      报价有效期至: city.day(30),
    });
    const client = await at("qiye", "待客户答复");
    await client.does("接受报价");
    await base.openCase(title);
    await base.fills("提交风险评估", {
      识别的危险: "高压油喷溅、工件飞出。",
      控制措施和应急预案: "防护罩、联锁、应急演练。",
      三废处置: "废油交有资质单位。",
      评估报告: file("风险评估报告"),
    });
    await base.stands("待安全许可");
    expect((await base.offered()).join()).not.toContain("签订中试合同");
    const safety = await at("anhuan", "待安全许可");
    await safety.fills("准予许可", { 许可编号: "示例-AQ-01", 有效期至: city.day(200), 许可条件: "双人操作，全程录像。" });
    await safety.stands("待签约");
  });

  it("is signed by both, run with a deviation handled, reported, accepted, settled and rated", async () => {
    const contract = {
      合同类别: "技术服务",
      合同额: "80",
      完成日期: city.day(120),
      原料由谁提供: "客户",
      成功标准: [{ 指标: "疲劳寿命", 要求: "不低于", 目标值: "20000", 单位: "次" }],
      新产生的知识产权和数据归属: "归客户",
      约定了保密: true,
      安全责任和废物处置的划分: "基地负责作业安全，废油由基地处置。",
      投保安全生产责任险: true,
      合同文本: file("中试合同"),
    };
    const client = await at("qiye", "待签约");
    await client.fills("签订中试合同", contract, { shot: "pilot-02-contract" });
    const base = await at("yibiao");
    await base.fills("签订中试合同", {});
    await base.stands("中试中");

    await base.fills("登记批次", {
      日期: city.day(0),
      工艺参数: "成形压力 60 MPa。",
      结果: "五十件，壁厚偏差合格。",
      本批合格: true,
      原始记录: file("批次记录"),
    });
    await base.openCase(title);
    await base.fills("报告偏差", { 程度: "轻微偏差", 情况: "第 12 件表面划伤。" });
    await base.openCase(title);
    expect((await base.offered()).join()).not.toContain("提交中试报告"); // a deviation is open
    await base.shot("pilot-03-deviation-open");
    await base.fills("登记处置", { 原因: "送料夹具毛刺。", 纠正措施: "更换夹具并全检。" }, { where: "偏差 1" });
    await base.openCase(title);
    await base.fills("提交中试报告", {
      指标实测: [{ 指标: "疲劳寿命", 实测值: "21500", 达到: true }],
      中试后的技术成熟度: "7",
      放大建议: "可以产业化",
      中试报告: file("中试报告"),
    });
    await base.stands("待客户验收");
    await client.openCase(title);
    await client.fills("验收", { 验收意见: "达到约定指标。", 验收单: file("验收单") });
    await base.openCase(title);
    await base.fills("登记结算", { 到账金额: "80", 发票和到账凭证: file("到账凭证") });
    await client.openCase(title);
    await client.fills("评价服务", { 满意度: "5" });
    await client.stands("后续跟踪");
  });

  it("leads to a landing that is filled in already, visited by the district and verified", async () => {
    const client = await at("qiye", "后续跟踪");
    await client.does("申请落地核验");
    await client.go("/cases");
    await client.page.getByRole("rowheader").first().waitFor();
    await client.shot("pilot-04-cases");
    await client.page
      .getByRole("row", { name: /落地核验/ })
      .getByRole("link")
      .first()
      .click();
    await client.fills(
      "申请核验",
      {
        落地企业: "沈阳某金属波纹管有限公司",
        地址: "浑南区示例路 1 号",
        营业执照: file("营业执照"),
        首期产值: "300",
        参保人数: "12",
        "发票、纳税或者社保证明": file("完税证明"),
        承诺真实: true,
      },
      { shot: "pilot-05-claim" },
    );
    await client.stands("待现场核验");
    const landing = client.page.url();

    const district = await city.as("hunnan");
    await district.page.goto(landing);
    await district.fills("提交现场核验记录", {
      核验日期: city.day(0),
      核验人员: [
        { 姓名: "示例甲", 单位: "浑南区科技局" },
        { 姓名: "示例乙", 单位: "浑南区科技局" },
      ],
      执照与企业一致: true,
      "地址有场地、设备": true,
      有产出或者参保: true,
      核验结论: "属实",
      核验情况: "两台液压成形机在用。",
      现场照片和材料: file("现场照片"),
    });
    const officer = await city.as("zhuanhua");
    await officer.page.goto(landing);
    await officer.fills("确认落地", { 跟踪至: city.day(1000), 确认意见: "同意。" });
    await officer.stands("已落地，跟踪中");
    await officer.shot("pilot-06-verified");
    const paper = await officer.reads("落地核验确认书");
    expect(await paper.locator("body").innerText()).toContain(title);
    await paper.close();
    for (const login of ["qiye", "yibiao", "anhuan", "hunnan", "zhuanhua"]) expect((await city.as(login)).problems).toEqual([]);
  });
});
