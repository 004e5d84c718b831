// A researcher is evaluated under a filed scheme, found not sufficient, appeals, and is judged anew by people who had no part in it; the
// experts are paid with the tax withheld. And a ban: whoever is barred is refused when applying, until the ban is set aside.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";

const name = "示例发明人王工 低能耗精馏";
const matter = "示例：伪造检测报告";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("people");
});
afterAll(() => city?.close());

async function at(login: string, title: string, state?: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(title);
  if (state) await person.stands(state);
  return person;
}

async function begins(person: Person, mechanism: string, state: string): Promise<void> {
  await person.go("/cases/new");
  await person.page.getByRole("button", { name: `开始办理 ${mechanism}`, exact: true }).click();
  await person.page.waitForURL(/\/cases\/(?!new)[^/]+$/);
  await person.stands(state);
}

const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈";

/** named are the experts whom the officer's page names. */
async function named(officer: Person): Promise<string[]> {
  await officer.tab(/^专家邀请/);
  await officer.sees("已邀请");
  const text = await officer.page.getByRole("tabpanel").innerText();
  return [...surnames].flatMap((s, i) => (text.includes(`示例专家${s}工`) ? [`zhuanjia${i + 1}`] : []));
}

/** where is the part in which somebody can do a step, as the page calls it. */
const where = (person: Person, step: string) =>
  person.page.locator(".case-top .option", { hasText: step }).first().locator(".option-words .strong").innerText();

/** judged has a panel drawn apart from others, which accepts and gives one mark for all. */
async function judged(mark: string, apart: string[]): Promise<string[]> {
  const officer = await at("rencai", name, "同行评价");
  await officer.does("抽取评审专家");
  const panel = (await named(officer)).filter((login) => !apart.includes(login));
  expect(panel).toHaveLength(3);
  for (const login of panel) {
    const expert = await at(login, name);
    await expert.does("接受邀请", { where: await where(expert, "接受邀请") });
  }
  await officer.openCase(name);
  await officer.does("启动评审");
  for (const login of panel) {
    const expert = await at(login, name);
    await expert.fills(
      "提交评分",
      { 创新价值: mark, 创新能力: mark, 创新贡献: mark, "评价意见（将反馈被评价人，不署名）": "依据代表作评价。" },
      { where: await where(expert, "提交评分") },
    );
  }
  await officer.openCase(name);
  await officer.does("归集评分");
  return panel;
}

describe.sequential("evaluation of talent", () => {
  it("begins with a scheme that may not count papers, shown inside and filed", async () => {
    const unit = await city.as("gaoxiao");
    await begins(unit, "人才分类评价方案备案", "拟定");
    const scheme = {
      方案名称: "示例应用研究评价方案",
      评价类别: "应用研究和技术开发",
      结果用于: "职称评审",
      评价指标: [
        { 指标: "论文", 评的是: "创新价值", 依据: "论文数量", 权重: "50" },
        { 指标: "解决的问题", 评的是: "创新贡献", 依据: "解决的实际问题", 权重: "50" },
      ],
      至少听取几家用户的评价: "1",
      代表作至多几项: "2",
      施行日期: city.day(0),
      有效期至: city.day(900),
      单位集体审定纪要: file("审定纪要"),
    };
    await unit.begins("提交单位内公示", scheme);
    expect(await unit.refused("提交单位内公示")).toContain("不得作为计分指标");
    await unit.fill("评价指标", [{ 依据: "代表作" }]);
    await unit.fill("施行日期", city.day(20));
    await unit.sends("提交单位内公示", "people-01-scheme");
    await unit.stands("单位内公示");
    await city.pass(10);
    const officer = await at("rencai", "示例应用研究评价方案", "待备案");
    await officer.does("备案");
    await officer.stands("施行");
  });

  it("takes works with evidence, which the institution verifies", async () => {
    const candidate = await city.as("faming");
    await begins(candidate, "科技人才分类评价", "填报");
    await candidate.fills("提交自述", {
      姓名和研究方向: name,
      姓名: "示例发明人王工",
      所在单位: "沈阳化工大学",
      评价方案: "示例应用研究评价方案",
      技术领域: "先进制造与自动化",
      "创新价值、能力、贡献自述": "低能耗精馏用于两套装置。",
      可以评价的用户: [{ 用户单位: "沈阳某金属波纹管有限公司", 用了什么: "精馏装置" }],
      "恪守科研诚信，所填属实": true,
    });
    await candidate.fills("提交代表作", {
      名称: "低能耗精馏工艺",
      类型: "研究报告",
      "本人的贡献（做了什么、解决了什么）": "提出流程，完成放大。",
      其他证据: file("研究报告"),
    });
    await candidate.openCase(name);
    await candidate.does("提请单位核验");
    const unit = await at("gaoxiao", name, "单位核验");
    await unit.does("核验属实", { where: await where(unit, "核验属实") });
    await unit.openCase(name);
    await unit.fills("核验完成", { "品德、作风、科研诚信没有问题": true, 核验意见: "属实。" });
    await unit.stands("同行评价");
    const user = await at("qiye", name);
    await user.fills(
      "评价",
      { 解决了本单位的实际问题: true, 评分: "90", 评价: "能耗下降三成。" },
      { where: await where(user, "评价") },
    );
  });

  it("is found not sufficient, appealed, and judged anew by others; nobody reads who judged", async () => {
    const first = await judged("50", []);
    const leader = await at("lingdao", name, "没有达到合格分，待审定");
    await leader.fills("审定为不合格", {
      "审定理由（分数只作参考，写明依据哪些代表作和评价）": "专家认为贡献说明不足。",
      集体审议纪要: file("集体审议纪要"),
    });
    const candidate = await at("faming", name);
    await candidate.fills("申请复核", { 申请复核的事实和理由: "专家没有看到用户评价，属于程序问题。" });
    expect(await candidate.page.locator("main").innerText()).not.toContain("示例专家");
    const board = await at("fuhe", name);
    await board.fills("复核改变原决定", { 复核查明的事实: "用户评价没有提供给专家。", 复核理由: "程序有误，重新评价。" });
    const second = await judged("90", first);
    expect(second.filter((login) => first.includes(login))).toEqual([]);
  });

  it("is decided with reasons, announced, entered, and the experts are paid with the tax withheld", async () => {
    const leader = await at("lingdao", name, "待审定");
    await leader.fills(
      "审定评价结果",
      {
        评价结果: "优秀",
        有效期至: city.day(1000),
        "审定理由（分数只作参考，写明依据哪些代表作和评价）": "代表作解决了实际问题，用户评价好。",
        集体审议纪要: file("集体审议纪要"),
      },
      { shot: "people-02-decision" },
    );
    await leader.stands("公示");
    await city.pass(10);
    const candidate = await at("faming", name, "已告知评价结果");
    await candidate.does("不申请复核");
    const finance = await at("caiwu", name, "结清劳务费");
    await finance.fills("发放专家劳务费", { 付款凭证号: "示例-001" });
    await finance.stands("待登记");
    await finance.tab(/^申报内容/);
    await finance.sees("代扣个人所得税合计");
    await finance.shot("people-03-fees");
    const saved = finance.page.waitForEvent("download");
    await finance.page.getByRole("region", { name: "劳务费发放表" }).getByRole("link", { name: "存为 Excel" }).click();
    expect((await saved).suggestedFilename()).toContain("劳务费发放表");
    const officer = await at("rencai", name, "待登记");
    await officer.does("登记评价结果");
    await officer.stands("结果有效");
    await candidate.openCase(name);
    expect(await candidate.page.locator("main").innerText()).not.toContain("劳务费发放表");
    for (const login of ["gaoxiao", "faming", "rencai", "lingdao", "caiwu"]) expect((await city.as(login)).problems).toEqual([]);
  });
});

describe.sequential("a ban", () => {
  it("is decided after an investigation and a statement", async () => {
    const unit = await city.as("gaoxiao");
    await begins(unit, "科研诚信案件调查处理", "立案登记");
    await unit.fills("立案并报审核", {
      案由: matter,
      当事人: "沈阳某机器人有限公司",
      类型: "科学技术活动违规行为",
      已掌握的事实: "检测机构证明没有出具过该报告。",
    });
    const officer = await at("chengxin", matter, "待受理");
    await officer.does("受理");
    await unit.openCase(matter);
    await unit.fills("提交调查报告", {
      认定存在失信或者违规行为: true,
      情节: "较重",
      查明的事实: "报告系伪造。",
      "原始记录、实验数据已核对": true,
      证据清单和材料: file("证据"),
    });
    await officer.openCase(matter);
    await officer.does("审核通过");
    const subject = await at("jiqiren", matter, "陈述申辩");
    await subject.fills("陈述申辩", { 陈述申辩意见: "报告由经办人员私自提供。" });
    const leader = await at("lingdao", matter, "待作出处理决定");
    await leader.fills(
      "作出限制性处理",
      {
        限制的事: "申请、评审、签约、领款",
        起: city.day(0),
        止: city.day(700),
        记入科研诚信严重失信行为数据库: false,
        决定文号: "示例-科监〔2026〕1号",
        认定的事实和处理理由: "事实清楚，情节较重。",
        集体审议纪要: file("集体审议纪要"),
      },
      { shot: "people-04-ban" },
    );
    await leader.stands("已告知处理决定");
  });

  it("stops an application, and no longer once it is set aside on review", async () => {
    const subject = await city.as("jiqiren");
    await subject.go("/cases/new");
    await subject.page.getByRole("button", { name: "开始办理 科技贷款贴息", exact: true }).click();
    await subject.sees(/尚在期限内/);
    await subject.shot("people-05-refused");
    await subject.openCase(matter);
    await subject.fills("申请复核", { 申请复核的事实和理由: "本单位不知情。" });
    const board = await at("fuhe", matter);
    await board.fills("复核改变原决定", { 复核查明的事实: "系个人行为。", 复核理由: "当事人认定有误。" });
    const leader = await at("lingdao", matter, "按复核决定重新处理");
    await leader.does("撤销处理决定", { reason: "当事人认定有误。" });
    await leader.stands("处理决定已撤销");
    await begins(subject, "科技贷款贴息", "填报");
    for (const login of ["gaoxiao", "chengxin", "fuhe", "jiqiren"]) expect((await city.as(login)).problems).toEqual([]);
  });
});
