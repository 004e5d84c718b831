// A platform is recognised after marks by drawn experts, evaluated and found wanting, put right, and three years later removed; an
// instrument is booked, and its days are taken in the calendar.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";

const name = "沈阳市镁质材料悬浮焙烧重点实验室";
const recognition = "市级创新平台认定";
const cycle = "创新平台年报和评价";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("platform");
});
afterAll(() => city?.close());

/** at is somebody at the case of one of the two mechanisms: both are called by the platform's name. */
async function at(login: string, mechanism: string, state?: string): Promise<Person> {
  const person = await city.as(login);
  await person.go(`/cases?q=${encodeURIComponent(name)}`);
  await person.page.getByRole("row").filter({ hasText: mechanism }).getByRole("link").first().click();
  await person.page.getByRole("heading", { level: 1, name }).waitFor();
  if (state) await person.stands(state);
  return person;
}

/** where is which part of the case a step is in, as its words say: 专家邀请 2. */
async function where(person: Person, step: string): Promise<string> {
  return person.page.locator(".case-top .option", { hasText: step }).locator(".option-words .strong").first().innerText();
}

/** disclosed has experts state their interests anew: a statement holds for a year, and nobody is drawn without one. */
async function disclosed(experts: number): Promise<void> {
  const keeper = await city.as("chengxin");
  for (let n = 1; n <= experts; n++) {
    const expert = await city.as(`zhuanjia${n}`);
    await expert.starts("专家入库与年度申报");
    await expert.fills("申报入库", { 专业特长与主要工作: "先进制造与自动化。", "承诺所填真实完整，有变化随时更新": true });
    await expert.stands("待审核");
    await keeper.go(new URL(expert.page.url()).pathname);
    await keeper.fills("核定入库", { 专家类别: "技术专家", 职称: "正高级" });
    await keeper.stands("在库");
  }
}

/** marked has the officer draw a panel, everybody who is drawn accept and mark, and the officer close the scores. */
async function marked(mechanism: string, marks: Record<string, string>): Promise<Person> {
  const officer = await at("pingtai", mechanism);
  await officer.does("抽取评审专家");
  const panel: string[] = [];
  for (let n = 1; n <= 14; n++) {
    const expert = await city.as(`zhuanjia${n}`);
    await expert.go("/desk");
    await expert.page.locator("#waiting table, #waiting .empty, #first").first().waitFor();
    if ((await expert.page.locator("#waiting tr", { hasText: name }).count()) === 0) continue;
    panel.push(`zhuanjia${n}`);
    await at(`zhuanjia${n}`, mechanism);
    await expert.does("接受邀请", { where: await where(expert, "接受邀请") });
  }
  expect(panel.length).toBe(3);
  await at("pingtai", mechanism);
  await officer.does("启动评审");
  for (const login of panel) {
    const expert = await at(login, mechanism);
    await expert.fills("提交评分", marks, { where: await where(expert, "提交评分") });
  }
  await at("pingtai", mechanism);
  await officer.does("归集评分");
  return officer;
}

describe.sequential("an instrument", () => {
  const title = "波纹管断口分析";
  it("is booked: ask, quote, contract; its days are taken in the calendar, for others without a name", async () => {
    const client = await city.as("qiye");
    await client.go("/cases/new");
    await client.page.getByRole("button", { name: "开始办理 仪器预约和共享服务", exact: true }).click();
    await client.page.waitForURL(/\/cases\/(?!new)[^/]+$/);
    await client.fills("提交预约", {
      服务内容: title,
      仪器: "场发射扫描电子显微镜",
      服务方式: "送样代为测试",
      预计机时: "6",
      希望开始日期: city.day(3),
      要求保密: false,
    });
    const provider = await city.as("jiebang1");
    await provider.openCase(title);
    await provider.fills("接受并报价", {
      服务费: "0.24",
      可安排的开始日期: city.day(3),
      可安排的结束日期: city.day(5),
      计价依据: "机时费每小时 400 元。",
    });
    await provider.fills("签订服务合同", {
      数据和知识产权归属: "归委托方",
      保密约定: "双方保密。",
      损害赔偿和违约责任: "按民法典。",
      争议解决: "协商，不成的向法院起诉。",
      合同文本: file("服务合同"),
    });
    await client.openCase(title);
    await client.fills("签订服务合同", {});
    await client.stands("已预约");
    for (const [login, seen] of [
      ["qiye", true],
      ["jiebang2", false],
    ] as const) {
      const person = await city.as(login);
      await person.go("/register/records?kind=instrument");
      await person.page.getByRole("link", { name: /场发射扫描电子显微镜/ }).click();
      const calendar = person.page.locator("#calendar");
      await calendar.waitFor();
      await calendar.scrollIntoViewIfNeeded();
      if (city.day(3).slice(0, 7) > city.day(0).slice(0, 7)) await calendar.getByRole("button", { name: "下个月" }).click();
      await calendar.locator("td.taken").first().waitFor();
      expect(await calendar.getByRole("link", { name: title }).count()).toBe(
        seen ? (await calendar.locator("td.taken").count()) + 1 : 0,
      );
      await person.shot(`instrument-calendar-${login}`);
      await person.page.setViewportSize({ width: 390, height: 844 });
      await person.shot(`instrument-calendar-${login}-390`);
      await person.page.setViewportSize({ width: 1440, height: 900 });
      expect(person.problems).toEqual([]);
    }
  });
});

describe.sequential("a platform", () => {
  it("is applied for; a university does not apply for a technology centre", async () => {
    const host = await city.as("gaoxiao");
    await host.starts(recognition);
    await host.begins("提交申报书", {
      平台名称: name,
      平台类型: "技术创新中心",
      细分技术领域: "镁质材料悬浮焙烧",
      技术领域: "先进制造与自动化",
      所属产业链: "通用机械装备",
      所在区县: "铁西区",
      平台负责人: "示例发明人王工",
      固定人员数: "20",
      其中高级职称: "8",
      其中博士: "10",
      场地面积: "1200",
      仪器设备原值: "1500",
      近三年研发投入: [
        { 年度: "2023", 研发投入: "300" },
        { 年度: "2024", 研发投入: "400" },
        { 年度: "2025", 研发投入: "500" },
      ],
      代表性成果: [{ 成果: "悬浮焙烧炉", 形式: "专利" }],
      近三年技术合同额: "800",
      近三年对外服务次数: "40",
      三年建设目标: "建成中试线，能耗下降三成。",
      建设经费预算: "600",
      "学术（技术）委员会组成": "示例委员七人。",
      管理制度: file("管理制度"),
      "承诺材料真实，一个细分领域、一名负责人没有重复申报": true,
    });
    await host.page.getByRole("button", { name: "核对并提交" }).click();
    await host.sees(/由企业（含转制院所）申报/);
    await host.fill("平台类型", "重点实验室");
    await host.sends("提交申报书", "platform-01-application");
    await host.stands("待推荐");
  });

  it("is recommended, marked by three drawn experts, decided on and announced", async () => {
    const district = await at("tiexi", recognition, "待推荐");
    await district.fills("推荐", { "已核实场地、人员和设备": true, 推荐意见: "同意推荐。" });
    const officer = await at("pingtai", recognition, "待形式审查");
    await officer.fills("受理", { 材料齐全: true, "与已认定平台的细分领域、负责人不重复（对照名录）": true, 审查意见: "受理。" });
    await marked(recognition, {
      研发条件: "25",
      人才队伍: "16",
      成果和转化: "24",
      建设目标和管理: "16",
      "评审意见（反馈依托单位）": "同意。",
    });
    await officer.stands("待审定");
    await officer.page.goto(`${officer.page.url()}/marks`);
    await officer.sees("81.00");
    await officer.shot("platform-02-marks");
    await officer.page.setViewportSize({ width: 390, height: 844 });
    await officer.shot("platform-02-marks-390");
    await officer.page.setViewportSize({ width: 1440, height: 900 });
    const leader = await at("lingdao", recognition, "待审定");
    await leader.fills("审定并公示", {
      审定结论: "直接认定",
      现场考察情况: "属实。",
      审定会议: "局长办公会",
      会议纪要: file("会议纪要"),
    });
    await leader.stands("公示");
  });

  it("is recognised when the notice has stood, and stands in the register", async () => {
    await city.pass(9);
    const officer = await at("pingtai", recognition, "待印发");
    await officer.does("印发审定结果");
    await officer.stands("待发认定文件");
    await officer.fills("发认定文件", { 平台编号: "示例-SYKL-001", 认定文号: "示例文号1", 认定日期: city.day(0) });
    await officer.stands("已认定");
    const host = await at("gaoxiao", cycle, "待报计划");
    await host.fills("提交建设运行计划", { 本评价周期目标: "能耗下降三成。", 年度经费安排: "200" });
    await at("pingtai", cycle, "待核定认定奖补");
    await officer.does("不奖补", { reason: "本年度预算已用完。" });
    await officer.stands("运行");
    await host.go(`/register/records?q=${encodeURIComponent(name)}`);
    await host.sees(name);
  });

  it("is evaluated three years later, found insufficient, ordered to put it right and put right", async () => {
    await city.pass(1100);
    const host = await at("gaoxiao", cycle, "待报自评报告");
    await host.fills("提交自评报告", {
      科研人员数: "12",
      其中博士: "5",
      仪器设备原值: "1500",
      承担国家项目数: "0",
      授权发明专利数: "1",
      制定标准数: "0",
      "首台套、新产品数": "0",
      技术合同额: "50",
      孵化企业数: "0",
      仪器对外共享机时: "100",
      服务企业数: "3",
      目标完成情况: "部分完成。",
      佐证材料: file("佐证材料"),
    });
    const low = {
      研发条件: "8",
      科研产出: "8",
      成果转化: "8",
      开放共享: "6",
      人才队伍: "8",
      运行管理: "6",
      "评价意见（反馈依托单位）": "不足。",
    };
    await disclosed(6);
    const officer = await marked(cycle, low);
    await officer.stands("待责令整改");
    await officer.fills("责令限期整改", { 存在的问题: "产出不足，开放机时少。", 整改期限至: city.day(180) });
    await at("gaoxiao", cycle, "限期整改");
    await host.fills("报送整改报告", { 整改情况: "新增机时六百小时。", 佐证材料: file("整改材料") });
    await at("pingtai", cycle, "待复评");
    await officer.fills("复评", { "整改到位，达到合格标准": true, 现场核查情况: "属实。", 复评意见: "合格。" });
    await officer.stands("运行");
    await officer.shot("platform-03-put-right");
  });

  it("is removed after the next evaluation, when nothing is handed in and nothing is put right", async () => {
    await city.pass(1100);
    await at("pingtai", cycle, "待报自评报告");
    await city.pass(62);
    const officer = await at("pingtai", cycle, "待责令整改");
    await officer.fills("责令限期整改", { 存在的问题: "没有报自评报告。", 整改期限至: city.day(30) });
    await city.pass(32);
    const again = await at("pingtai", cycle, "待作出撤销决定");
    await again.fills("作出撤销决定", {
      撤销情形: "评价不合格，整改后仍不合格",
      事实和理由: "逾期未整改。",
      决定文号: "示例文号2",
    });
    const host = await at("gaoxiao", cycle, "已告知撤销");
    expect((await host.offered()).join()).toContain("申请复核");
    await host.does("不申请复核");
    await at("pingtai", cycle, "待摘牌");
    await again.does("摘牌");
    await again.stands("已撤销");
    await again.shot("platform-04-removed");
    for (const login of ["gaoxiao", "pingtai"]) expect((await city.as(login)).problems).toEqual([]);
  });
});
