// A loan on a patent that goes bad: pledged and registered, drawn, in default, compensated from the risk pool, sold, and paid back to
// the pool. The patent is pledged on its page meanwhile, and the purchaser's after.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";

const patent = "多层波纹管液压成形方法";
const loan = "波纹管成形专利质押贷款";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("pledge");
});
afterAll(() => city?.close());

async function at(login: string, what = loan): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(what);
  return person;
}

/** rights opens the patent's page from the list and reads it. */
async function rights(person: Person, shows: string | RegExp): Promise<string> {
  await person.go("/assets");
  await person.page.getByRole("rowheader", { name: patent }).getByRole("link").click();
  await person.page.getByRole("heading", { level: 1, name: patent }).waitFor();
  await person.sees(shows);
  return person.page.locator("main").innerText();
}

describe.sequential("a pledge loan that goes bad", () => {
  it("the enterprise has a patent in force, disclosed by its inventor", async () => {
    const faming = await city.as("faming");
    await faming.starts("职务科技成果披露");
    await faming.fills("向单位披露", {
      成果名称: patent,
      所在单位: "沈阳某金属波纹管有限公司",
      成果形式: "可申请发明专利",
      技术领域: "先进制造",
      "技术成熟度（1—9 级）": "8",
      成果内容和用途: "多层薄壁波纹管一次成形。",
      来源: "企业委托或者合作",
      全部完成人和贡献: [{ 完成人: "示例发明人王工", 贡献比例: "100" }],
      已经发表或者公开: false,
      全体完成人签名的披露表: file("披露表"),
    });
    const qiye = await at("qiye", patent);
    await qiye.fills("提交核查结论", {
      执行本单位任务或者主要利用本单位的物质技术条件完成: true,
      "没有第三方权利（委托、合作约定，争议，查封）": true,
      "涉及国家安全、国家利益、重大社会公共利益，列入负面清单": false,
      核查结论: "确认为职务成果，可以登记",
      核查情况: "任务书和实验记录齐全。",
    });
    await qiye.does("登记为单位的职务成果");
    await qiye.does("申请专利");
    await qiye.fills("登记专利申请", { 申请号: "202310123456.6", 申请日: city.day(-600) });
    await qiye.fills("登记授权", { 授权公告日: city.day(-10), 届满日: city.day(6000), 专利证书: file("专利证书") });
    await qiye.stands("待发专利奖金");
  });

  it("the bank approves, both sign, the pledge is registered, the loan drawn", async () => {
    const qiye = await city.as("qiye");
    await qiye.starts("知识产权质押贷款");
    await qiye.fills(
      "申请贷款",
      {
        事项名称: loan,
        出质专利: patent,
        贷款银行: "沈阳某商业银行科技支行",
        企业规模: "中小企业",
        申请贷款额: "500",
        本年度已获风险池支持的贷款: "0",
        用途: "专利产品生产经营的流动资金",
        用款计划: "采购管坯。",
        "承诺不用于股权投资、证券、基金、期货": true,
      },
      { shot: "pledge-01-application" },
    );
    const yinhang = await at("yinhang");
    await yinhang.fills("同意贷款", { 专利评估值: "900", 批准贷款额: "500", 年利率: "4", 审贷意见: "现金流稳定，同意。" });
    await qiye.openCase(loan);
    await qiye.fills("签订借款和质押合同", {
      借款额: "500",
      到期日: city.day(90),
      合同编号: "沈银质借2026-01",
      合同文本: file("借款和质押合同"),
    });
    await yinhang.openCase(loan);
    await yinhang.begins("签订借款和质押合同", {});
    await yinhang.sees("对方已填写并签署");
    await yinhang.sends("签订借款和质押合同");
    const zhiquan = await at("zhiquan");
    await zhiquan.fills("准予质押登记", {
      质押登记号: "Y2026210000001",
      年费已缴清: true,
      "没有权属争议中止，没有被法院保全": true,
      质押合同内容符合规定: true,
      "是唯一权利人，或者共有人已书面同意": true,
      "没有同日申请的实用新型（发明），或者质权人知情同意": true,
      "没有启动无效宣告程序，或者质权人知情同意": true,
      登记申请表和身份证明: file("登记申请表"),
    });
    await yinhang.openCase(loan);
    await yinhang.fills("放款", { 放款日期: city.day(), 借据: file("借据") });
    await yinhang.stands("贷款存续");
    await rights(qiye, "Y2026210000001");
    await qiye.shot("pledge-02-pledged");
  });

  it("goes into default on its day; the pool compensates half of what the patent secured", async () => {
    await city.pass(92);
    const yinhang = await at("yinhang");
    await yinhang.stands("逾期");
    await yinhang.fills("申请风险补偿", {
      逾期本金: "400",
      其中专利质押担保的部分: "300",
      已向借款人催收: true,
      催收记录: file("催收记录"),
    });
    const jinrong = await at("jinrong");
    await jinrong.begins("联合确认逾期", { 确认补偿额: "151", 确认意见: "贷款逾期属实。" });
    expect(await jinrong.refused("联合确认逾期")).toMatch(/151万元，超过专利质押部分的 50%/);
    await jinrong.fill("确认补偿额", "150");
    await jinrong.sends("联合确认逾期");
    await yinhang.openCase(loan);
    await yinhang.begins("联合确认逾期", {});
    await yinhang.sees("对方已填写并签署");
    await yinhang.sends("联合确认逾期");
    await (await at("lingdao")).does("审定补偿");
    const caiwu = await at("caiwu");
    await caiwu.fills("拨付补偿", { 拨款凭证号: "沈财科凭2026-201" });
    await caiwu.stands("补偿后处置质押物");
    await caiwu.tab(/资金/);
    await caiwu.sees("150 万元");
    await caiwu.shot("pledge-03-compensated");
  });

  it("the patent is sold and its purchaser's; what the bank recovers goes back to the pool", async () => {
    const yinhang = await at("yinhang");
    await yinhang.fills("处置质押物", {
      受让人: "沈阳某菱镁新材料有限公司",
      处置价款: "160",
      "处置文件（拍卖、协议或者裁定）": file("拍卖成交确认书"),
    });
    const caiwu = await at("caiwu");
    await caiwu.fills("登记退回", { 本次退回风险池: "60", 凭证: file("退回凭证") });
    await caiwu.does("退清");
    await caiwu.stands("补偿已追回");
    await caiwu.tab(/资金/);
    await caiwu.shot("pledge-04-recovered");
    await rights(yinhang, "沈阳某菱镁新材料有限公司");
    await yinhang.shot("pledge-05-purchaser");
    for (const login of ["qiye", "yinhang", "caiwu"]) expect((await city.as(login)).problems).toEqual([]);
  });
});
