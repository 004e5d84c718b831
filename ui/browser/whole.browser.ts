// The whole thread, from a need to the money after acceptance, with separate accounts: enterprise, district, officer, leader, experts,
// two solvers, third-party tester, finance office, auditor.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";
import { results } from "./results";

const title = "超高压氢气压缩机隔膜疲劳寿命提升";
const target = { 指标名称: "隔膜疲劳寿命", 要求: "不低于", 目标值: "8000", 单位: "小时", 测试方法: "满载循环台架试验" };

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("whole");
});
afterAll(() => city?.close());

async function at(login: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(title);
  return person;
}

/** drawn are the experts who find an invitation on their desk. */
async function drawn(todo: string): Promise<Person[]> {
  const found: Person[] = [];
  for (let n = 1; n <= 14; n++) {
    const expert = await city.as(`zhuanjia${n}`);
    await expert.go("/desk");
    await expert.page.locator("#waiting table, #waiting .empty, #first").first().waitFor();
    if ((await expert.page.locator("#waiting tr", { hasText: title }).filter({ hasText: todo }).count()) > 0) found.push(expert);
  }
  return found;
}

describe.sequential("揭榜挂帅, from the need to the money", () => {
  it("an enterprise says its problem; amounts are read as typed, and nothing typed is lost", async () => {
    const qiye = await city.as("qiye");
    await qiye.go("/cases/new");
    await qiye.shot("whole-01-new");
    await qiye.page.getByRole("button", { name: "开始办理 揭榜挂帅" }).click();
    await qiye.stands("填报");
    await qiye.begins("提交需求", {
      榜单名称: title,
      产品类别: "部件",
      攻关维度: "进口产品国产替代",
      所属产业链: "通用机械装备",
      技术领域: "先进制造",
      技术背景与现有水平: "隔膜在 90 MPa 下疲劳寿命不足，长期依赖进口。",
      需求指标: [target, { ...target, 指标名称: "氢气泄漏率", 要求: "不高于", 目标值: "０.０1", 单位: "%" }],
      项目总投入: "1200",
      其中自筹资金: "700",
      其中申请财政资金: "２００",
      其中其他资金: "0",
      完成时限: city.day(400).replaceAll("-", "/"),
      付款方式: "签约后先付三成，按里程碑支付其余",
      成果归属: "双方共有",
      应用场景: "加氢站用隔膜压缩机",
      承诺成果由本单位首先使用: true,
      "承诺所填内容真实，愿意出资并使用成果": true,
    });
    await qiye.sees("壹仟贰佰万元整");
    await qiye.sees("12,000,000 元");
    await qiye.sees(/已保存 \d\d:\d\d/);

    // A reload keeps all of it.
    await qiye.page.reload();
    await qiye.page.getByRole("heading", { level: 1, name: "提交需求" }).waitFor();
    await expect.poll(() => qiye.page.getByLabel("榜单名称").inputValue()).toBe(title);
    await expect.poll(() => qiye.page.getByRole("textbox", { name: "第 2 行 指标名称" }).inputValue()).toBe("氢气泄漏率");

    // What is missing is named at its field and in a list on top.
    await qiye.page.getByRole("button", { name: "核对并提交" }).click();
    await qiye.sees("请补正以下 1 处");
    await qiye.page.getByRole("link", { name: "请选择“自筹资金证明”" }).click();
    await qiye.fill("自筹资金证明", file("自筹资金证明"));

    // A rule says no with its document and the way out, and what was typed stays.
    await qiye.page.getByRole("button", { name: "核对并提交" }).click();
    await qiye.sees(/自筹资金 700万元，低于 800万元/);
    await qiye.sees(/提高自筹资金，并附相应的资金证明/);
    await qiye.shot("whole-02-refused");
    await qiye.fill("其中自筹资金", "1000");
    await qiye.fill("其中其他资金", "0");
    await qiye.sends("提交需求", "whole-03-need");
    await qiye.stands("待推荐");
  });

  it("district, officer and leader bring it to an open challenge", async () => {
    const hunnan = await at("hunnan");
    await hunnan.shot("whole-04-district");
    await hunnan.fills("推荐", { 已实地核实企业和资金: true, 推荐意见: "已到企业核实，需求真实，同意推荐。" });
    await hunnan.stands("待建榜");

    const jingban = await at("jingban");
    await jingban.begins("凝练建榜", {
      榜单说明: "面向全国征集超高压隔膜长寿命解决方案。",
      查新发现已有可直接采购的成熟方案: false,
      查新报告: file("查新报告"),
    });
    expect(await jingban.page.getByLabel("榜单名称").inputValue()).toBe(title); // filled from the need: 填一次
    await jingban.sends("凝练建榜");
    await jingban.fills("提交论证意见", {
      论证专家: ["甲", "乙", "丙"].map((n) => ({ 姓名: `论证专家${n}`, 单位: `示例单位${n}`, 职称: "教授" })),
      是真实需求: true,
      指标可测量: true,
      榜单金额和时限合理: true,
      论证结论: "通过",
      论证意见: "需求真实、指标可测、金额和时限合理。",
      论证会纪要: file("论证会纪要"),
    });
    const lingdao = await at("lingdao");
    await lingdao.does("审定榜单");
    await lingdao.stands("待发榜");
    await jingban.openCase(title);
    await jingban.fills("发榜", { 揭榜截止日: city.day(31), 揭榜须知: "请在截止日前在线提交。" });
    await jingban.stands("揭榜中");
    await jingban.page.getByRole("tab", { name: "流程图" }).click();
    await jingban.shot("whole-05-diagram");
  });

  it("two solvers bid; nobody sees a bid before bids close, and a person of the poster may not", async () => {
    for (const [login, price, own] of [
      ["jiebang1", "1100", "120"],
      ["jiebang2", "1150", "60"],
    ] as const) {
      const solver = await city.as(login);
      await solver.findInHall(title);
      await solver.page.getByRole("link", { name: "提交揭榜申请" }).click();
      await solver.fills(
        "提交揭榜申请",
        {
          项目负责人: "示例负责人",
          团队成员: [{ 姓名: "示例成员甲", 单位: "本单位", 分工: "总体设计" }],
          技术路线: "先样件机理验证，再整件放大，最后上机考核。",
          研究基础: "已有超高压试验台。",
          "现有技术成熟度（1—9 级）": "5",
          报价: price,
          揭榜方自有投入: own,
          承诺完成时间: city.day(380),
          实施方案: file(`实施方案-${login}`),
          "声明与发榜方无股权、控制、任职关系": true,
          承诺所填内容真实: true,
        },
        { where: "新增揭榜申请" },
      );
      await solver.page.getByRole("tab", { name: "揭榜申请 1" }).waitFor();
    }
    const qiye = await at("qiye");
    const tab = qiye.page.getByRole("tab", { name: /揭榜申请/ });
    if ((await tab.count()) > 0) {
      await tab.click();
      await qiye.sees("封存期内");
      expect(await qiye.page.getByText("1,100 万元").count()).toBe(0);
    }
    await qiye.shot("whole-06-sealed");
  });

  it("bids close by the clock; experts are drawn, accept, and score", async () => {
    await city.pass(33);
    const jingban = await at("jingban");
    await jingban.stands("资格审查与组建评审组");
    for (const n of [1, 2]) await jingban.does("资格审查合格", { where: `揭榜申请 ${n}` });
    await jingban.does("抽取评审专家");
    const invited = await drawn("接受邀请");
    expect(invited).toHaveLength(3);
    for (const expert of invited) {
      await expert.openCase(title);
      const where = await expert.page
        .locator(".case-top .option", { hasText: "接受邀请" })
        .locator(".option-words .strong")
        .innerText();
      await expert.does("接受邀请", { where });
    }
    await jingban.openCase(title);
    await jingban.does("启动评审");
    await jingban.stands("专家评审");
    for (const [i, expert] of invited.entries()) {
      for (const n of [1, 2]) {
        await expert.openCase(title);
        const where = await expert.page
          .locator(".case-top .option", { hasText: "提交评审意见" })
          .first()
          .locator(".option-words .strong")
          .innerText();
        await expert.fills(
          "提交评审意见",
          {
            技术先进性与路线可行性: String(37 - i - n),
            团队能力与研究基础: "17",
            指标与进度保证: "16",
            报价与效益: "16",
            "评审意见（将反馈申请方）": "路线可行，建议补充长周期考核。",
          },
          { where, shot: i === 0 && n === 1 ? "whole-07-score" : undefined },
        );
      }
    }
  });

  it("the officer ranks, the leader gives notice, and the public reads it", async () => {
    const jingban = await at("jingban");
    for (const n of [1, 2]) await jingban.does("归集评分", { where: `揭榜申请 ${n}` });
    await jingban.does("汇总排序");
    await jingban.stands("待审议");
    const lingdao = await at("lingdao");
    await lingdao.fills("审议通过并公示", { 审议会议: "局长办公会", 会议日期: city.day(), 审议意见: "同意评审结果，予以公示。" });
    await lingdao.stands("公示");
    const anyone = await city.visitor();
    await anyone.go("/hall?kind=notice");
    await anyone.page.getByRole("link", { name: title }).click();
    await anyone.sees("公示期内内容已冻结");
    await anyone.shot("whole-08-notice");
    expect(await anyone.page.getByText(/party_/).count()).toBe(0);
    await anyone.close();
  });

  it("three parties sign; money is held, paid, earned and paid again; the auditor checks every step", async () => {
    await city.pass(16);
    const qiye = await at("qiye");
    await qiye.stands("待签约");
    const milestone = (name: string, days: number, amount: string) => ({
      名称: name,
      完成日期: city.day(days),
      本期拨款: amount,
    });
    await qiye.begins("签订三方协议", {});
    await signForm(qiye, milestone);
    await qiye.sends("签订三方协议", "whole-09-agreement");
    for (const login of [await solverLogin(qiye), "jingban"]) {
      const signer = await at(login);
      await signer.begins("签订三方协议", {});
      await signer.sees("对方已填写并签署");
      await signer.sends("签订三方协议", login === "jingban" ? "whole-10-sign" : undefined);
    }
    const jingban = await at("jingban");
    await jingban.stands("待拨启动资金");
    const caiwu = await at("caiwu");
    await caiwu.fills("拨付启动资金", {
      发榜方已付揭榜方金额: "400",
      银行回单: file("银行回单"),
      拨款凭证号: "沈财科凭2026-001",
    });
    await caiwu.stands("攻关中");

    const solver = await at(await solverLogin(caiwu));
    await solver.fills(
      "报送里程碑报告",
      { 实测值: "8200", 进展说明: "样件达到约定寿命。", 累计支出: "180", 佐证材料: file("里程碑佐证") },
      { where: "里程碑 1" },
    );
    await jingban.openCase(title);
    await jingban.fills("检查通过", { 指标达到约定值: true, 检查意见: "现场核查属实。" }, { where: "里程碑 1" });
    await caiwu.openCase(title);
    await caiwu.fills("拨付本期款", { 拨款凭证号: "沈财科凭2026-002" }, { where: "里程碑 1" });
    await solver.openCase(title);
    await solver.fills("申请验收", { 完成情况: "全部完成。", 科技报告: file("科技报告"), 经费决算: file("经费决算") });
    const jiance = await at("jiance");
    await jiance.fills("提交检测报告", {
      检测结果: [{ 指标名称: "隔膜疲劳寿命", 实测值: "8200", 单位: "小时", 是否达标: true }],
      考核指标全部达标: true,
      检测报告: file("检测报告"),
    });
    await qiye.openCase(title);
    await qiye.fills("提交试用报告", {
      试用开始日: city.day(-1),
      试用场景: "加氢站",
      满足使用要求: true,
      用户意见: "满足要求。",
      "试用报告（盖章）": file("试用报告"),
    });
    await jingban.openCase(title);
    await jingban.fills("作出验收结论", { 验收结论: "通过验收", 验收意见: "达到考核指标。", 验收会纪要: file("验收会纪要") });
    await jingban.fills("核定后补助", { 协议款实际支付额: "1000", 支付凭证: file("支付凭证"), 核定后补助: "180" });
    const lingdao = await at("lingdao");
    await lingdao.does("核准后补助");
    await caiwu.openCase(title);
    await caiwu.fills("拨付后补助", { 拨款凭证号: "沈财科凭2026-003" });
    await caiwu.stands("通过验收");
    await caiwu.page.getByRole("tab", { name: /资金/ }).click();
    await caiwu.sees("后补助");
    await caiwu.shot("whole-11-money");

    const shenji = await at("shenji");
    await shenji.page.getByRole("tab", { name: /办理记录/ }).click();
    await shenji.shot("whole-12-history");
    const download = shenji.page.waitForEvent("download");
    await shenji.page.getByRole("link", { name: "下载本事项存证包" }).click();
    const bundle = join(results, "whole.bundle.json");
    await (await download).saveAs(bundle);
    // Offline, by the command; and in the browser, with no command.
    expect(execFileSync(city.program, ["verify", bundle], { encoding: "utf8" })).toMatch(/条记录.*均未被改动、删减或调换次序/);
    await shenji.go("/journal");
    await shenji.page.locator("#verify input[type=file]").setInputFiles(bundle);
    await shenji.sees(/条记录全部成立/);
    await shenji.shot("whole-13-verify");
  });
});

async function signForm(
  qiye: Person,
  milestone: (name: string, days: number, amount: string) => Record<string, string>,
): Promise<void> {
  await qiye.fill("协议总额（发榜方付给揭榜方）", "1000");
  await qiye.fill("财政资助", "160");
  await qiye.fill("完成时限", city.day(340));
  await qiye.fill("项目负责人", "示例负责人");
  await qiye.fill("技术路线", "见实施方案");
  await qiye.fill("成果归属", "双方共有");
  await qiye.fill("约定的第三方检测机构", "检验检测");
  const cells = milestone("样件疲劳考核", 120, "60");
  await qiye.fill("里程碑", [
    {
      里程碑: cells.名称 ?? "",
      考核指标: "隔膜疲劳寿命",
      要求: "不低于",
      目标值: "8000",
      单位: "小时",
      完成日期: cells.完成日期 ?? "",
      本期拨款: cells.本期拨款 ?? "",
    },
  ]);
  await qiye.fill("军令状（法定代表人和项目负责人签名）", file("军令状"));
  await qiye.fill("协议文本", file("协议文本"));
}

/** solverLogin is the account of whoever took the challenge. */
async function solverLogin(person: Person): Promise<string> {
  await person.page.getByRole("tab", { name: "席位与代办" }).click();
  const name = await person.page
    .locator("dt", { hasText: /^揭榜方$/ })
    .locator("xpath=following-sibling::dd[1]")
    .innerText();
  return name.includes("东北大学") ? "jiebang1" : "jiebang2";
}
