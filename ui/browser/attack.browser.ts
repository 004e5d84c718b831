// Two bottlenecks cracked by two paths, and a race cut from three solvers to one. A bottleneck is nominated, argued by drawn experts, put
// on notice and listed; the path that a leader chooses is a case on the undertaker's desk; what passes there is claimed with evidence.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person, type Row } from "./person";

const alone = "示例高压波纹管成形装备";
const brought = "示例透平转子动平衡装置";
const race = "示例高温密封赛马";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("attack");
});
afterAll(() => city?.close());

/** at is somebody at the case of a mechanism: a bottleneck and the case of its path have one title. */
async function at(login: string, mechanism: string, title: string, state?: string): Promise<Person> {
  const person = await city.as(login);
  await opens(person, mechanism, title);
  if (state) await person.stands(state);
  return person;
}

async function opens(person: Person, mechanism: string, title: string): Promise<void> {
  await person.go(`/cases?q=${encodeURIComponent(title)}`);
  await person.page
    .getByRole("row")
    .filter({ hasText: mechanism })
    .getByRole("rowheader", { name: title })
    .getByRole("link")
    .first()
    .click();
  await person.page.getByRole("heading", { level: 1, name: title }).waitFor();
}

const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈";

/** invited are the drawn experts, whom the officer's page names. */
async function invited(officer: Person): Promise<Person[]> {
  await officer.tab(/^专家邀请/);
  await officer.sees("已邀请");
  const named = await officer.page.getByRole("tabpanel").innerText();
  const found: Person[] = [];
  for (const [i, surname] of [...surnames].entries())
    if (named.includes(`示例专家${surname}工`)) found.push(await city.as(`zhuanjia${i + 1}`));
  return found;
}

/** where is the part in which somebody can do a step, as the page calls it. */
const where = (person: Person, step: string) =>
  person.page.locator(".case-top .option", { hasText: step }).first().locator(".option-words .strong").innerText();

/** accepted has the officer draw a panel and the drawn experts accept. */
async function accepted(mechanism: string, title: string, draw: string): Promise<Person[]> {
  const officer = await at("jingban", mechanism, title);
  await officer.does(draw);
  const panel = await invited(officer);
  expect(panel).toHaveLength(3);
  for (const expert of panel) {
    await opens(expert, mechanism, title);
    await expert.does("接受邀请", { where: await where(expert, "接受邀请") });
  }
  return panel;
}

/** argued has a panel of drawn experts argue and vote for it. */
async function argued(mechanism: string, title: string): Promise<void> {
  const panel = await accepted(mechanism, title, "抽取论证专家");
  const officer = await at("jingban", mechanism, title);
  await officer.does("启动论证");
  for (const expert of panel) {
    await opens(expert, mechanism, title);
    await expert.fills(
      "表决",
      { 同意: true, "理由（将反馈申请人，不署名）": "问题真实，路线可行。" },
      { where: await where(expert, "表决") },
    );
  }
  await (await at("jingban", mechanism, title)).does("汇总论证意见");
}

/** listed takes a bottleneck from its nomination to the list. */
async function listed(login: string, title: string, number: string): Promise<void> {
  const firm = await city.as(login);
  await firm.starts("关键核心技术攻关（325）");
  await firm.fills("报送", {
    技术问题名称: title,
    所属产业链: "通用机械装备",
    产业链图谱节点: "高性能金属波纹管",
    技术领域: "先进制造与自动化",
    产品类别: "整机",
    攻关维度: "进口产品国产替代",
    现在依赖的国外产品或者供应商: "示例国外厂商",
    年进口金额: "3000",
    国内水平与差距: "国内只有单件试制。",
    国内用户: "示例石化企业",
    承诺所填内容真实: true,
  });
  const officer = await at("jingban", "325", title, "待归并");
  await officer.fills("归类并提交论证", { 查新发现国内已有成熟方案: false, 查新报告: file("查新报告") });
  await argued("325", title);
  await (await at("lingdao", "325", title, "待审定")).does("审定并公示");
  await city.pass(9);
  await (await at("jingban", "325", title, "待列入清单")).fills("列入攻关清单", { 清单编号: number, 审定会议: "示例专题会" });
}

/** cracked claims, checks and recognises. */
async function cracked(login: string, title: string, shot: string): Promise<void> {
  const firm = await at(login, "325", title, "攻关中");
  await firm.begins("申报攻克", {
    攻克程度: "批量应用",
    攻克依据: "第三方检测报告",
    证据出具单位: "辽宁某检验检测认证中心",
    证据日期: city.day(),
    达到的指标: "各项指标达到攻关目标。",
    证据原件: file("检测报告"),
  });
  expect(await firm.refused("申报攻克")).toMatch(/要有销售合同和发票/);
  await firm.fill("攻克程度", "样机通过");
  await firm.sends("申报攻克");
  await (await at("jingban", "325", title, "待核验")).fills("提交核验意见", {
    "已向出具单位核实，证据真实": true,
    指标达到攻关目标: true,
    核验意见: "已电话和书面核实。",
  });
  const leader = await at("lingdao", "325", title, "待认定");
  await leader.does("认定攻克");
  await leader.stands("已攻克");
  await leader.shot(shot);
}

describe.sequential("a bottleneck that its lead enterprise cracks alone", () => {
  it("is nominated, argued by drawn experts, announced and listed", async () => {
    await listed("qiye", alone, "GJ-示例-01");
  });

  it("becomes a task on the enterprise's desk, which goes to acceptance", async () => {
    await (await at("lingdao", "325", alone, "待选路径")).fills("龙头企业自主研发", {
      牵头单位: "沈阳某金属波纹管有限公司",
      选择这条路径的理由: "企业基础好。",
      计划攻克时间: city.day(700),
    });
    const firm = await at("qiye", "攻关任务", alone);
    await firm.fills(
      "提交任务书",
      {
        申报条件: "拥有国家级平台",
        申报条件证明: file("平台批复"),
        攻关指标: [{ 指标名称: "成形压力", 要求: "不低于", 目标值: "60", 单位: "MPa", 测试方法: "现场测试" }],
        技术路线: "液压成形。",
        承担单位: [{ 单位: "沈阳某金属波纹管有限公司", 角色: "牵头（盟主）", 任务: "总体", 自有投入: "900", 成果份额: "100" }],
        申请财政资金: "300",
        完成时限: city.day(600),
        承诺所填内容真实: true,
      },
      { shot: "attack-01-plan" },
    );
    await argued("攻关任务", alone);
    await (await at("lingdao", "攻关任务", alone, "待立项")).fills("审议立项并公示", {
      拟资助金额: "300",
      审议会议: "示例党组会",
      审议意见: "同意。",
    });
    await city.pass(9);
    const signing = await at("qiye", "攻关任务", alone, "待签合同");
    await signing.fills("签订攻关任务合同", {
      "首期拨款（前资助）": "100",
      完成时限: city.day(590),
      总师: "示例发明人王工",
      第三方检测机构: "辽宁某检验检测认证中心",
      试用单位: "沈阳某透平压缩机有限公司",
      里程碑: [{ 里程碑: "样机", 考核指标: "成形压力", 目标值: "60", 单位: "MPa", 完成日期: city.day(300), 本期拨款: "200" }],
      军令状: file("军令状"),
      合同文本: file("合同"),
    });
    const officer = await at("jingban", "攻关任务", alone);
    await officer.begins("签订攻关任务合同", {});
    await officer.sends("签订攻关任务合同");
    await (await at("caiwu", "攻关任务", alone, "待拨首期款")).fills("拨付首期款", { 拨款凭证号: "示例凭-1" });
    const running = await at("qiye", "攻关任务", alone, "攻关中");
    await running.fills(
      "报送里程碑报告",
      { 实测值: "61", 进展说明: "样机完成。", 累计支出: "260", 佐证材料: file("报告") },
      { where: "里程碑 1" },
    );
    await (await at("jingban", "攻关任务", alone)).fills(
      "检查通过",
      { 指标达到约定值: true, 检查意见: "达到。" },
      { where: "里程碑 1" },
    );
    await (await at("caiwu", "攻关任务", alone)).fills("拨付本期款", { 拨款凭证号: "示例凭-2" }, { where: "里程碑 1" });
    await (await at("qiye", "攻关任务", alone)).fills("申请验收", {
      完成情况: "全部完成。",
      科技报告: file("科技报告"),
      经费决算: file("决算"),
    });
    await (await at("jiance", "攻关任务", alone, "待第三方检测")).fills("提交检测报告", {
      攻关指标全部达标: true,
      检测报告: file("检测"),
    });
    await (await at("yasuoji", "攻关任务", alone, "待用户试用")).fills("提交试用报告", {
      试用开始日: city.day(-3),
      满足使用要求: true,
      "试用报告（盖章）": file("试用"),
    });
    const accepting = await at("jingban", "攻关任务", alone, "待验收");
    await accepting.fills("作出验收结论", { 验收结论: "通过验收", 验收意见: "同意。" });
    await accepting.does("登记成果和权利份额");
    await accepting.stands("通过验收");
    await accepting.shot("attack-02-accepted");
  });

  it("is claimed at the level that its evidence carries, and recognised", async () => {
    await cracked("qiye", alone, "attack-03-cracked");
  });
});

describe.sequential("a bottleneck that a team brought in cracks", () => {
  it("is listed, and its path is to bring a team in", async () => {
    await listed("yasuoji", brought, "GJ-示例-02");
    await (await at("lingdao", "325", brought, "待选路径")).fills("带土移植", {
      牵头单位: "沈阳某透平压缩机有限公司",
      选择这条路径的理由: "外地团队已有样机。",
      计划攻克时间: city.day(700),
    });
  });

  it("the team confirms, lands, works, and is assessed", async () => {
    const host = await at("yasuoji", "带土移植", brought);
    await host.fills("开始寻访", { "承接条件（场地、设备、岗位）": "试验台一座。" });
    await host.begins("提出引进方案", {
      "团队（单位或者带头人）": "示例发明人李工",
      来自何地: "示例外地城市",
      带来的项目: "转子在线动平衡",
      带来的技术和知识产权: "样机和软件。",
      团队成员: [{ 姓名: "示例甲", 岗位: "带头人", 在沈工作方式: "全职" }],
      申请支持金额: "200",
    });
    expect(await host.refused("提出引进方案")).toMatch(/全职成员少于 3 人/);
    await host.fill("团队成员", [
      { 姓名: "示例甲", 岗位: "带头人", 在沈工作方式: "全职" },
      { 姓名: "示例乙", 岗位: "骨干", 在沈工作方式: "全职" },
      { 姓名: "示例丙", 岗位: "骨干", 在沈工作方式: "全职" },
    ]);
    await host.sends("提出引进方案");
    await (await at("faming2", "带土移植", brought, "待团队确认")).does("确认");
    await argued("带土移植", brought);
    await (await at("lingdao", "带土移植", brought, "待审定")).does("审定并公示");
    await city.pass(9);
    await (await at("yasuoji", "带土移植", brought, "待签协议")).fills("签订引进协议", {
      支持金额: "200",
      落地后首期: "100",
      落地期限: city.day(60),
      服务期至: city.day(900),
      成果归属: "双方共有。",
      协议文本: file("协议"),
    });
    for (const login of ["faming2", "jingban"]) {
      const signer = await at(login, "带土移植", brought);
      await signer.begins("签订引进协议", {});
      await signer.sends("签订引进协议");
    }
    await (await at("yasuoji", "带土移植", brought, "待落地")).fills("报告落地", {
      "到岗全职人数（社保）": "3",
      场地: "试验台",
      "劳动合同、社保、场地证明": file("社保"),
    });
    await (await at("jingban", "带土移植", brought, "待核实落地")).does("核实落地");
    await (await at("caiwu", "带土移植", brought, "待拨首期")).fills("拨付首期", { 拨款凭证号: "示例凭-3" });
    await (await at("yasuoji", "带土移植", brought, "攻关中")).fills("报告成果", {
      完成情况: "完成。",
      第三方检测报告: file("检测"),
    });
    await (await at("jingban", "带土移植", brought, "待评估")).fills("评估合格", {
      达到引进协议的目标: true,
      团队仍在本市工作: true,
      评估意见: "合格。",
    });
    const paid = await at("caiwu", "带土移植", brought, "待拨余款");
    await paid.fills("拨付余款并登记成果", { 拨款凭证号: "示例凭-4" });
    await paid.stands("评估合格");
  });

  it("is claimed and recognised", async () => {
    await cracked("yasuoji", brought, "attack-04-brought");
  });
});

describe.sequential("a race", () => {
  const racers = ["jiebang1", "jiebang2", "jiebang3"];

  it("is posted, bid for by three, reviewed, announced and signed by each", async () => {
    const poster = await city.as("qiye");
    await poster.starts("赛马制揭榜");
    await poster.fills("提交榜单", {
      榜单名称: race,
      所属产业链: "通用机械装备",
      技术领域: "先进制造与自动化",
      考核指标: [{ 指标名称: "寿命", 要求: "不低于", 目标值: "1000", 单位: "小时", 测试方法: "台架" }],
      阶段: [
        { 阶段: "原理", 考核内容: "样件", 截止日: city.day(200), 留下几家: "2", 留下的每家拨款: "30" },
        { 阶段: "样机", 考核内容: "样机", 截止日: city.day(300), 留下几家: "1", 留下的每家拨款: "40" },
      ],
      入选家数: "3",
      财政资金: "300",
      其中最后一家验收后拨付: "200",
      完成时限: city.day(600),
      成果归属: "归揭榜方",
      "承诺所填内容真实，愿意使用成果": true,
    });
    await (await at("lingdao", "赛马", race, "待定榜")).does("审定榜单");
    await (await at("jingban", "赛马", race, "待发榜")).fills("发榜", { 揭榜截止日: city.day(31) });
    for (const login of racers) {
      const bidder = await city.as(login);
      await bidder.findInHall(race);
      await bidder.page.getByRole("link", { name: "提交揭榜申请" }).click();
      await bidder.fills(
        "提交揭榜申请",
        {
          项目负责人: "示例负责人",
          技术路线: "示例路线。",
          研究基础: "示例基础。",
          自有投入: "100",
          实施方案: file("方案"),
          "声明与发榜方无股权、控制、任职关系": true,
        },
        { where: "新增揭榜申请" },
      );
    }
    await city.pass(33);
    const officer = await at("jingban", "赛马", race);
    for (const n of [1, 2, 3]) await officer.does("资格审查合格", { where: `揭榜申请 ${n}` });
    const panel = await accepted("赛马", race, "抽取评审专家");
    await (await at("jingban", "赛马", race)).does("启动评审");
    for (const expert of panel)
      for (let n = 0; n < 3; n++) {
        await opens(expert, "赛马", race);
        await expert.fills(
          "提交评审意见",
          {
            技术先进性与路线可行性: "36",
            团队能力与研究基础: "18",
            指标与进度保证: "18",
            报价与效益: "18",
            "评审意见（将反馈申请方）": "可行。",
          },
          { where: await where(expert, "提交评审意见") },
        );
      }
    const ranking = await at("jingban", "赛马", race);
    for (const n of [1, 2, 3]) await ranking.does("归集评分", { where: `揭榜申请 ${n}` });
    await ranking.does("汇总排序");
    await (await at("lingdao", "赛马", race, "待审议")).does("审议通过并公示");
    await city.pass(9);
    for (const [i, login] of [...racers, "qiye", "jingban"].entries()) {
      const signer = await at(login, "赛马", race, "逐家签约");
      const bids = i < 3 ? [i + 1] : [1, 2, 3];
      for (const n of bids) {
        const form: Row = i < 3 ? { 项目负责人: "示例负责人", 军令状: file("军令状"), 协议文本: file("协议") } : {};
        await signer.begins("签订赛马协议", form, { where: i < 3 ? await where(signer, "签订赛马协议") : `揭榜申请 ${n}` });
        await signer.sends("签订赛马协议");
      }
    }
    await (await at("jingban", "赛马", race)).does("开赛");
  });

  /** stage plays one stage: who reports, with what score, and how many stay. */
  async function stage(name: string, keep: number, tranche: string, scores: Map<number, string>): Promise<void> {
    await (await at("jingban", "赛马", race, "赛马攻关")).fills("开始阶段考核", {
      阶段: name,
      报送截止日: city.day(20),
      留下几家: String(keep),
      留下的每家拨款: tranche,
    });
    for (const n of scores.keys()) {
      const racer = await at(racers[n - 1] ?? "", "赛马", race, "阶段报送");
      await racer.fills(
        "报送阶段报告",
        { 实测值: "800", 进展: "样件完成。", 检测报告等佐证: file("检测") },
        { where: await where(racer, "报送阶段报告") },
      );
    }
    const officer = await at("jingban", "赛马", race, "阶段报送");
    await officer.does("提前截止");
    for (const [n, score] of scores)
      await officer.fills(
        "提交考核意见",
        { 达到本阶段要求: true, "考核得分（0—100）": score, "考核意见（告知揭榜方）": "示例意见。", 考核会纪要: file("纪要") },
        { where: `揭榜申请 ${n}` },
      );
    await officer.does("排序淘汰");
    await officer.stands("阶段结果公示");
    await city.pass(9);
    const finance = await at("caiwu", "赛马", race, "待拨阶段款");
    const kept = [...scores.entries()].sort((a, b) => Number(b[1]) - Number(a[1])).slice(0, keep);
    for (const [n] of kept) await finance.fills("拨付阶段款", { 拨款凭证号: `示例凭-${name}-${n}` }, { where: `揭榜申请 ${n}` });
  }

  it("cuts three to two, two to one, and pays who stays", async () => {
    await stage(
      "原理",
      2,
      "30",
      new Map([
        [1, "90"],
        [2, "70"],
        [3, "85"],
      ]),
    );
    await (await at("jingban", "赛马", race)).does("进入下一阶段");
    await stage(
      "样机",
      1,
      "40",
      new Map([
        [1, "75"],
        [3, "88"],
      ]),
    );
    const officer = await at("jingban", "赛马", race);
    await officer.does("进入交付");
    await officer.stands("待交付");
    await officer.tab(/资金/);
    await officer.sees("100 万元");
    await officer.shot("attack-05-race");
    const winner = await at("jiebang3", "赛马", race);
    expect((await winner.offered()).join()).toContain("申请验收");
    const loser = await at("jiebang1", "赛马", race);
    expect((await loser.offered()).join()).not.toContain("申请验收");
  });
});
