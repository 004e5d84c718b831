// A technology contract is filed, examined and registered with its number; the same contract, filed again, is refused with the reason.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person, type Row } from "./person";

const title = "菱镁矿闪速轻烧工艺技术开发";
const again = "耐火原料节能焙烧委托研究";
const number = "2026210100000017";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("contract");
});
afterAll(() => city?.close());

async function at(login: string, what: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(what);
  return person;
}

/** The clauses of the contract: whoever files them again under another title is found by them. */
const body = [
  "第一条 标的：受托方研究以闪速轻烧方式处理低品位菱镁矿细粉，使活性氧化镁的水化率达到百分之八十五以上。",
  "第二条 指标：热耗每千克不高于四千五百千焦，排放的粉尘浓度每立方米不高于十毫克，连续运行不少于七十二小时。",
  "第三条 交付：工艺包一套、试验报告一份、中试装置的操作规程一份；在委托方现场验收。",
  "第四条 权利：专利申请权归受托方，委托方在辽宁省内有免费实施的权利。",
].join("\n");

function contract(name: string): Row {
  return {
    项目名称: name,
    合同类别: "技术开发",
    买方: "沈阳某菱镁新材料有限公司",
    技术领域: "新材料及其应用",
    社会经济目标: "能源生产",
    知识产权类型: "发明专利",
    计划来源: "计划外",
    签订日期: city.day(-20),
    履行期限至: city.day(400),
    合同成交额: "800",
    其中技术交易额: "700",
    支付方式: "分期支付",
    双方有关联关系: false,
    合同正文: body,
    "合同文本（中文、书面、双方签章）": file("技术开发合同"),
    承诺本合同没有在其他登记机构登记: true,
    "承诺合同真实、材料真实": true,
  };
}

const checked = { 卖方主体和签字盖章已核对: true, 是完整的书面中文合同: true, 卖方在本登记机构的区域内: true };
const found = {
  认定结论: "是技术合同，予以登记",
  认定类别: "技术开发",
  "查重情况（双方、签订日期、名称、金额、文本）": "按双方、签订日期、名称、金额、文本检索，未发现相同合同。",
  同一合同已经登记过: false,
  认定意见: "标的为新工艺的研究开发，是技术开发合同。",
};

describe.sequential("a technology contract", () => {
  it("is filed by the seller; a technical amount above the price is refused at its field", async () => {
    const gaoxiao = await city.as("gaoxiao");
    await gaoxiao.starts("技术合同认定登记");
    await gaoxiao.begins("申请登记", { ...contract(title), 其中技术交易额: "801" });
    await gaoxiao.page.getByRole("button", { name: "核对并提交" }).click();
    await gaoxiao.sees(/技术交易额 801万元 应大于零，不超过成交额 800万元/);
    await gaoxiao.fill("其中技术交易额", "700");
    await gaoxiao.sends("申请登记", "contract-01-statement");
    await gaoxiao.stands("待初审");
  });

  it("is examined by the registrar and registered by the head, with its number and certificate", async () => {
    const dengjiyuan = await at("dengjiyuan", title);
    await dengjiyuan.fills("受理", checked);
    await dengjiyuan.fills(
      "提交认定意见",
      { ...found, 核定技术交易额: "650", 剔除的非技术性费用说明: "剔除通用设备购置费 50 万元。" },
      { shot: "contract-02-examination" },
    );
    await dengjiyuan.stands("待登记");

    const dengjizhang = await at("dengjizhang", title);
    await dengjizhang.fills("准予登记", { 合同登记编号: number });
    await dengjizhang.stands("已登记");

    const gaoxiao = await at("gaoxiao", title);
    await gaoxiao.stands("已登记");
    await gaoxiao.sees(number);
    await gaoxiao.sees("650 万元");
    const page = await gaoxiao.reads("技术合同登记证明");
    const words = await page.locator("body").innerText();
    for (const said of [title, number, "沈阳化工大学", "沈阳某菱镁新材料有限公司", "650"]) expect(words).toContain(said);
    await page.close();
  });

  it("is refused when it is filed again: its number is taken, the examiner finds the twin, and the seller reads why", async () => {
    const gaoxiao = await city.as("gaoxiao");
    await gaoxiao.starts("技术合同认定登记");
    await gaoxiao.fills("申请登记", contract(again));
    const dengjiyuan = await at("dengjiyuan", again);
    await dengjiyuan.fills("受理", checked);

    // It waits on the bench; beside the form stand the statement and the contract that says nearly the same.
    await dengjiyuan.go("/bench");
    await dengjiyuan.page.getByRole("rowheader", { name: again }).getByRole("link").click();
    const beside = dengjiyuan.page.getByRole("region", { name: "疑似重复" });
    await beside.getByRole("link", { name: title }).waitFor();
    // The titles share nothing; the passage that overlaps is the contract's own.
    expect(await beside.innerText()).toContain("闪速轻烧方式处理低品位菱镁矿细粉");
    await dengjiyuan.shot("contract-03-bench");
    await dengjiyuan.openCase(again);
    await dengjiyuan.fills("提交认定意见", { ...found, 核定技术交易额: "650" });

    const dengjizhang = await at("dengjizhang", again);
    await dengjizhang.begins("准予登记", { 合同登记编号: number });
    expect(await dengjizhang.refused("准予登记")).toMatch(/合同登记编号.*已/);
    await dengjizhang.shot("contract-03-number-taken");
    await dengjizhang.openCase(again);
    await dengjizhang.does("退回重新认定", { reason: `登记编号 ${number} 已登记同一合同，请重新查重。` });

    await dengjiyuan.openCase(again);
    await dengjiyuan.begins("提交认定意见", { 同一合同已经登记过: true });
    await dengjiyuan.page.getByRole("button", { name: "核对并提交" }).click();
    await dengjiyuan.sees(/同一合同已经登记过，不能再登记/);
    await dengjiyuan.fill("认定结论", "不予登记");
    await dengjiyuan.fill("不予登记的理由", "同一合同已经登记");
    await dengjiyuan.fill("认定意见", `与登记编号 ${number} 的合同双方、签订日期、金额、文本相同。`);
    await dengjiyuan.sends("提交认定意见", "contract-04-twin");
    await dengjiyuan.stands("待作出不予登记决定");
    await dengjizhang.openCase(again);
    await dengjizhang.does("不予登记");

    await gaoxiao.openCase(again);
    await gaoxiao.stands("已通知不予登记");
    await gaoxiao.sees("同一合同已经登记");
    const page = await gaoxiao.reads("不予登记通知书");
    expect(await page.locator("body").innerText()).toContain(number);
    await page.close();
    await gaoxiao.openCase(again);
    await gaoxiao.shot("contract-05-refused");
    for (const login of ["gaoxiao", "dengjiyuan", "dengjizhang"]) expect((await city.as(login)).problems).toEqual([]);
  });
});
