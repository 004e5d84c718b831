// Grant to equity, from the application to the last exit: a team, the research institute, the bureau, the deciding board, the finance
// office. What was granted becomes whole shares of the cap table, and leaves it again for money.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";

const title = "高原型飞轮储能电机";
const company = "沈阳某飞轮电机科技有限公司";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("equity");
});
afterAll(() => city?.close());

async function at(login: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(title);
  return person;
}

/** capTable opens the company's page and reads the shares of each holder as it shows them. */
async function capTable(person: Person): Promise<string> {
  await person.go("/assets");
  await person.tab("公司股权");
  await person.page.getByRole("rowheader", { name: company }).getByRole("link").click();
  await person.page.getByRole("heading", { level: 1, name: company }).waitFor();
  await person.sees("示例发明人王工");
  return person.page.locator("main").innerText();
}

describe.sequential("grant to equity", () => {
  it("goes from the application over diligence and argument to the decision", async () => {
    const faming = await city.as("faming");
    await faming.starts("拨投结合");
    await faming.fills("提交申请", {
      项目名称: title,
      产研院: "沈阳某产业技术研究院",
      技术领域: "先进制造",
      "技术就绪度（1—9 级）": "4",
      要解决的问题和技术路线: "高海拔散热不足，改用真空腔体和磁悬浮轴承。",
      市场和竞争: "调频储能市场，国内同类两家。",
      团队成员: [{ 姓名: "示例发明人王工", 单位: "沈阳化工大学", 分工: "总体" }],
      申请拨款: "90",
      自有投入: "90",
      知识产权情况: "发明专利两件，权属清楚。",
      同一内容没有获得其他财政资金支持: true,
      承诺所填内容真实: true,
    });
    const chanyanyuan = await at("chanyanyuan");
    await chanyanyuan.does("进入尽职调查");
    await chanyanyuan.fills("提交尽职调查报告", {
      技术评价: "样机指标领先。",
      知识产权和法律状况: "权属清楚。",
      "知识产权权属清楚，没有纠纷": true,
      商业前景: "有两家意向用户。",
      建议: "建议支持",
      尽职调查报告: file("尽职调查报告"),
    });
    const zhuanhua = await at("zhuanhua");
    await zhuanhua.fills("提交论证意见", {
      论证专家: ["技术", "产业", "投资"].map((kind, i) => ({ 姓名: `专家${i + 1}`, 单位: `示例单位${i + 1}`, 类别: kind })),
      论证结论: "通过",
      论证意见: "技术路线可行，建议支持。",
      论证会纪要: file("论证会纪要"),
    });
    const lingdao = await at("lingdao");
    await lingdao.fills("决定立项并公示", {
      拟拨款: "90",
      会议日期: city.day(),
      决策意见: "同意立项。",
      会议纪要: file("会议纪要"),
    });
    await lingdao.stands("公示");
  });

  it("passes its notice; the company is founded, the agreement signed by three, the first payment made", async () => {
    await city.pass(20);
    const faming = await at("faming");
    await faming.stands("待设立项目公司");
    await faming.fills("登记项目公司和股东", {
      公司名称: company,
      统一社会信用代码: "914403001922038216",
      "公司（登记库中的主体）": "沈阳某飞轮储能科技有限公司",
      成立日期: city.day(),
      "注册资本（货币实缴）": "100",
      "团队（申请方或者其持股平台）股数": "800000",
      团队实缴出资: "80",
      其他股东: [{ 股东: "沈阳某科技创新投资基金", 股数: "200000", 实缴出资: "20" }],
      营业执照: file("营业执照"),
    });
    await faming.begins("签订拨投结合协议", {
      拨款总额: "90",
      首期拨款: "40",
      研发期限: city.day(400),
      里程碑和后续拨款: [
        { 里程碑: "样机", 考核指标: "连续运行一百小时", 完成日期: city.day(60), 本期拨款: "30" },
        { 里程碑: "小批量", 考核指标: "十套", 完成日期: city.day(200), 本期拨款: "20" },
      ],
      转股条件: "首轮市场化融资",
      转股价格的约定: "按本轮融资价格九折",
      团队回购计息的年利率: "3",
      团队回购的其他约定: "无",
      专用账户: "示例账户 0001",
      "研发期内团队股权不转让、不质押": true,
      协议文本: file("协议文本"),
    });
    await faming.sends("签订拨投结合协议", "equity-01-agreement");
    for (const login of ["chanyanyuan", "zhuanhua"]) {
      const signer = await at(login);
      await signer.begins("签订拨投结合协议", {});
      await signer.sees("对方已填写并签署");
      await signer.sends("签订拨投结合协议");
    }
    const caiwu = await at("caiwu");
    await caiwu.stands("待拨付首期");
    await caiwu.fills("拨付首期款", { 拨款凭证号: "沈财科凭2026-101" });
    await caiwu.stands("研发中");
  });

  it("pays each tranche after its check, and opens the window", async () => {
    const [faming, chanyanyuan, caiwu] = [await at("faming"), await at("chanyanyuan"), await at("caiwu")];
    for (const n of [1, 2]) {
      const where = `里程碑 ${n}`;
      await faming.fills("报送里程碑报告", { 进展: "达到指标。", 累计支出: "60", 佐证材料: file(`佐证${n}`) }, { where });
      await chanyanyuan.openCase(title);
      await chanyanyuan.fills("检查通过", { 考核指标达到: true, 检查意见: "现场核查属实。" }, { where });
      await caiwu.openCase(title);
      await caiwu.fills("拨付本期款", { 拨款凭证号: `沈财科凭2026-10${n + 1}` }, { where });
      await faming.openCase(title);
    }
    await caiwu.tab(/资金/);
    await caiwu.shot("equity-02-paid");
    await chanyanyuan.openCase(title);
    await chanyanyuan.does("研发完成，进入转股窗口期");
    await chanyanyuan.stands("转股窗口期");
  });

  it("reports the condition, is priced, and becomes shares to the whole share", async () => {
    const faming = await at("faming");
    await faming.fills("报告转股条件成就", { 成就的条件: "首轮市场化融资", 成就日期: city.day(), 证明材料: file("融资协议") });
    const chanyanyuan = await at("chanyanyuan");
    await chanyanyuan.begins("定转股价格", {
      定价方式: "按本轮融资价格",
      评估或者融资的币种: "人民币",
      约定折扣: "10",
      评估报告或者融资协议: file("融资协议"),
    });
    await chanyanyuan.fillMoney("每股价格（按融资价格或者固定价格的填写）", "10", "元");
    await chanyanyuan.sends("定转股价格", "equity-03-price");
    const lingdao = await at("lingdao");
    await lingdao.fills("决定转股", {
      意见: "同意转股。",
      "国资备案编号（不需要备案的写“无”）": "无",
      会议纪要: file("会议纪要"),
    });
    await lingdao.stands("持股");
    await lingdao.shot("equity-04-held");

    // 900 000 yuan at 9 yuan a share are 100 000 shares.
    const table = await capTable(chanyanyuan);
    for (const said of ["800,000", "200,000", "100,000", "1,100,000", "沈阳某产业技术研究院", "9.0909"])
      expect(table).toContain(said);
    await chanyanyuan.shot("equity-05-cap-table");
  });

  it("exits in two parts: the team buys some, the company the rest", async () => {
    const [chanyanyuan, faming] = [await at("chanyanyuan"), await at("faming")];
    await faming.openCase(title);
    await faming.fills("申请回购", { 回购股数: "40000" });
    await faming.stands("待付回购款");
    await faming.fills("付回购款", { 银行回单: file("回单") });
    await chanyanyuan.openCase(title);
    await chanyanyuan.does("确认收款，变更股东名册");
    await chanyanyuan.stands("持股");
    await chanyanyuan.openCase(title);
    await chanyanyuan.begins("提出退出", { 退出方式: "公司回购", 退出股数: "60001", 退出价款: "80", 定价依据: file("定价依据") });
    expect(await chanyanyuan.refused("提出退出")).toMatch(/退出股数应大于零，不超过现在持有的股数/);
    await chanyanyuan.fill("退出股数", "60000");
    await chanyanyuan.sends("提出退出");
    await chanyanyuan.does("公司回购");
    await chanyanyuan.stands("已退出");
    const table = await capTable(faming);
    for (const said of ["840,000", "1,040,000"]) expect(table).toContain(said);
    await faming.shot("equity-06-after-exit");
  });

  it("what terms would come to, the fund's book, the waterfall and the money charts are pages that people read", async () => {
    const [faming, caiwu] = [await city.as("faming"), await city.as("caiwu")];
    await capTable(faming);
    await faming.page.getByRole("button", { name: "测算" }).click();
    await faming.sees("团队全部买回这些股份的价款");
    await faming.sees("市场价");
    await faming.shot("equity-07-what-if");
    await faming.page.getByRole("link", { name: "基金账" }).click();
    await faming.sees("三种钱分开看");
    await expect.poll(() => faming.page.locator("main").innerText()).toMatch(/认缴[\s\S]*出资人/);
    await faming.shot("equity-08-book");

    await faming.go("/assets");
    await faming.tab("收益分配");
    await faming.page.getByRole("button", { name: "测算" }).click();
    // 1 000 000 less 40 000 of cost; 70 % of the net to people, six to four.
    for (const said of ["40.32", "26.88", "28.8"]) await faming.sees(said);
    await faming.page.getByLabel("奖酬比例").fill("49.9999%");
    await faming.page.getByRole("button", { name: "测算" }).click();
    await faming.sees(/第四十五条/);
    await faming.shot("equity-09-waterfall");

    await caiwu.go("/money");
    await caiwu.sees("各项资金：已付、冻结、可用");
    await caiwu.page.locator("#charts canvas, #charts svg").first().waitFor();
    await caiwu.shot("equity-10-money");
    for (const login of ["faming", "chanyanyuan", "caiwu"]) expect((await city.as(login)).problems).toEqual([]);
  });
});
