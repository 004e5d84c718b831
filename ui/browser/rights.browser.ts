// 赋权 to capital contribution: two inventors disclose a result, the university registers it, gives them 90 % of it after a public
// notice, and contributes it to a company at six million yuan. The rights page shows every holder on the way.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { City } from "./city";
import { file, type Person } from "./person";
import { results } from "./results";

const patent = "菱镁矿闪速轻烧方法";
const asked = "闪速轻烧方法赋权";
const conversion = "闪速轻烧方法作价投资";
const company = "沈阳某轻烧科技有限公司";

let city: City;
beforeAll(async () => {
  city = await City.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await city.evidence("rights");
});
afterAll(() => city?.close());

async function at(login: string, what: string): Promise<Person> {
  const person = await city.as(login);
  await person.openCase(what);
  return person;
}

/** page opens a page of 权益 by the name in its list and reads it. */
async function asset(person: Person, tab: string, name: string, shows: string): Promise<string> {
  await person.go("/assets");
  await person.tab(tab);
  await person.page.getByRole("rowheader", { name }).getByRole("link").click();
  await person.page.getByRole("heading", { level: 1, name }).waitFor();
  await person.sees(shows);
  return person.page.locator("main").innerText();
}

const parts = [
  { 完成人: "示例发明人王工", 内部比例: "60" },
  { 完成人: "示例发明人李工", 内部比例: "40" },
];

describe.sequential("赋权 to capital contribution", () => {
  it("a result is disclosed by its inventors and registered for the university", async () => {
    const faming = await city.as("faming");
    await faming.starts("职务科技成果披露");
    await faming.fills("向单位披露", {
      成果名称: patent,
      所在单位: "沈阳化工大学",
      成果形式: "可申请发明专利",
      技术领域: "新材料",
      "技术成熟度（1—9 级）": "6",
      成果内容和用途: "菱镁矿粉在悬浮态下数秒完成轻烧，能耗降低三成。",
      来源: "财政资金支持的项目",
      全部完成人和贡献: parts.map((p) => ({ 完成人: p.完成人, 贡献比例: p.内部比例 })),
      已经发表或者公开: false,
      全体完成人签名的披露表: file("披露表"),
    });
    const gaoxiao = await at("gaoxiao", patent);
    await gaoxiao.fills("提交核查结论", {
      执行本单位任务或者主要利用本单位的物质技术条件完成: true,
      "没有第三方权利（委托、合作约定，争议，查封）": true,
      "涉及国家安全、国家利益、重大社会公共利益，列入负面清单": false,
      核查结论: "确认为职务成果，可以登记",
      核查情况: "项目任务书、实验记录齐全。",
    });
    await gaoxiao.does("登记为单位的职务成果");
    expect(await asset(gaoxiao, "成果权属", patent, "沈阳化工大学")).toContain("100");
  });

  it("the team asks for 90 %; parts that do not make a whole are shown and refused", async () => {
    const faming = await city.as("faming");
    await faming.starts("职务科技成果赋权");
    await faming.begins("申请赋权", {
      赋权事项名称: asked,
      成果单位: "沈阳化工大学",
      成果: patent,
      赋权方式: "赋予部分所有权",
      赋予团队的比例: "90",
      权利期限至: city.day(6000),
      激励次序: "先赋权后转化",
      "团队内部分配（全体完成人）": [parts[0] ?? {}, { ...parts[1], 内部比例: "39.9999" }],
      承接对象: company,
      转化实施方案: file("转化实施方案"),
      "内部收益分配协议（全体完成人签名）": file("内部协议"),
      "团队内部没有争议，成果没有第三方权利": true,
      "涉及国家安全、国家利益、重大社会公共利益": false,
    });
    await faming.sees(/99\.9999 ?% · 还差 0\.0001 ?%/);
    expect(await faming.refused("申请赋权")).toMatch(/100/);
    await faming.shot("rights-01-not-whole");
    await faming.fill("团队内部分配（全体完成人）", parts);
    await faming.sees("合计正好 100 %");
    await faming.sends("申请赋权");
    const gaoxiao = await at("gaoxiao", asked);
    await gaoxiao.fills("提交审查意见", {
      审查结论: "同意赋权并公示",
      "成果归本单位所有，权属清晰": true,
      审查意见: "同意赋予团队百分之九十所有权。",
      审议会议纪要: file("审议会议纪要"),
    });
    await gaoxiao.stands("公示");
  });

  it("after the notice both sign, and each inventor holds their part on the rights page", async () => {
    await city.pass(16);
    const faming = await at("faming", asked);
    await faming.stands("待签赋权协议");
    await faming.fills("签订赋权协议", {
      转化收益中归单位的比例: "10",
      转化决策办法: "由团队代表决定，重大事项告知单位。",
      "维持费、变更费的承担": "由团队承担。",
      应当有转化进展的日期: city.day(700),
      "到期没有进展的，成果归还单位": true,
      协议文本: file("赋权协议"),
    });
    const gaoxiao = await at("gaoxiao", asked);
    await gaoxiao.begins("签订赋权协议", {});
    await gaoxiao.sees("对方已填写并签署");
    await gaoxiao.sends("签订赋权协议");
    await gaoxiao.fills("所有权变更生效", {
      手续合格通知书或者备案号: "示例第 1 号",
      变更日期: city.day(),
      凭证: file("变更凭证"),
    });
    const rights = await asset(faming, "成果权属", patent, "示例发明人李工");
    for (const said of ["54", "36", "10", "示例发明人王工", "示例发明人李工", "沈阳化工大学"]) expect(rights).toContain(said);
    await faming.shot("rights-02-shares");
  });

  it("the university contributes it at six million yuan: a company with shares for the team, and the patent is the company's", async () => {
    const gaoxiao = await city.as("gaoxiao");
    await gaoxiao.starts("职务科技成果转化");
    await gaoxiao.fills("提出转化", {
      转化事项名称: conversion,
      成果: patent,
      转化方式: "作价投资",
      定价方式: "协议定价",
      "拟交易价格（底价）": "600",
      "意向对方（协议定价必填）": company,
      对方是完成人或者其关联方: true,
      "全体权利人（共有人）同意": true,
      评估报告: file("评估报告"),
      单位集体决策纪要: file("集体决策纪要"),
    });
    await city.pass(16);
    const unit = await at("gaoxiao", conversion);
    await unit.stands("待拟合同");
    await unit.fills("提交合同", {
      对方: "沈阳某菱镁新材料有限公司",
      "合同价款（作价金额）": "600",
      "许可方式（许可的填）": "不适用",
      "许可期限至（转让、作价投资填届满日）": city.day(6000),
      地域: "中国",
      合同文本: file("作价投资合同"),
    });
    for (const login of ["gaoxiao", "meikuang"]) await (await at(login, conversion)).does("签订合同");
    await unit.openCase(conversion);
    await unit.fills(
      "登记公司和股权",
      {
        公司名称: company,
        统一社会信用代码: "914403001922038216",
        注册资本: "1000",
        完成人取得的股份: [
          { 完成人: "示例发明人王工", 股数: "3240000" },
          { 完成人: "示例发明人李工", 股数: "2160000" },
        ],
        单位取得的股份: "600000",
        "其他股东（现金出资）": [{ 股东: "沈阳某科技创新投资基金", 股数: "4000000", 出资: "400" }],
        营业执照: file("营业执照"),
        成果权属已变更到公司: file("权属变更凭证"),
      },
      { shot: "rights-03-company" },
    );
    await unit.stands("待报年度报告");
    expect(await asset(unit, "成果权属", patent, "沈阳某菱镁新材料有限公司")).toContain("100");
    await unit.shot("rights-04-moved");
    const table = await asset(unit, "公司股权", company, "示例发明人王工");
    for (const said of ["3,240,000", "2,160,000", "600,000", "10,000,000"]) expect(table).toContain(said);
    await unit.shot("rights-05-cap-table");

    const faming = await at("faming", asked);
    await faming.fills("登记转化", {
      转化方式: "作价投资",
      对方单位或者公司: company,
      转化金额: "600",
      合同或者营业执照: file("营业执照"),
    });
    await faming.stands("已转化");
    for (const login of ["faming", "gaoxiao"]) expect((await city.as(login)).problems).toEqual([]);
  });

  it("the whole thread is one page, whoever looks: three cases, the result, the company, the shares and the money paid for them", async () => {
    const unit = await at("gaoxiao", conversion);
    await unit.page.getByRole("region", { name: "联在一起的事项和登记项" }).getByRole("link", { name: patent }).waitFor();
    await unit.page.getByRole("link", { name: "查看来龙去脉" }).click();
    await unit.page.getByRole("heading", { level: 1, name: "来龙去脉" }).waitFor();
    const line = unit.page.locator(".thread-stop");
    const said = await line.allInnerTexts();
    let reached = -1; // the stops stand in the order of what happened; the entry of the assignment is one more
    for (const words of [
      [patent, "向单位披露"],
      [patent, "示例发明人王工 54 %", "沈阳某菱镁新材料有限公司 100 %"],
      [asked, "所有权变更生效", "已转化"],
      [conversion, "本事项", "成果转化合同额 600 万元"],
      [company, "示例发明人李工 2,160,000 股", "缴入 400 万元"],
    ]) {
      const next = said.findIndex((text, i) => i > reached && words.every((word) => text.includes(word)));
      expect(next, `${words.join(", ")} after stop ${reached} of:\n${said.join("\n")}`).toBeGreaterThan(reached);
      reached = next;
    }
    expect(said).toHaveLength(6);
    await unit.shot("rights-06-thread");

    // Its dossier is made while one waits, is there when one comes back, and the program itself finds nothing wrong with it.
    const panel = unit.page.getByRole("region", { name: "卷宗" });
    await panel.getByRole("button", { name: "编制卷宗" }).click();
    await panel.getByRole("link", { name: /^下载卷宗/ }).waitFor({ timeout: 30_000 });
    await unit.page.reload();
    const download = unit.page.waitForEvent("download");
    await panel.getByRole("link", { name: /^下载卷宗/ }).click();
    const archive = join(results, "dossier.zip");
    await (await download).saveAs(archive);
    const verdict = execFileSync(city.program, ["verify", archive], { encoding: "utf8" });
    expect(verdict).toContain(`✓ 卷宗“${conversion}”`);
    await unit.shot("rights-08-dossier");
    const changed = readFileSync(archive);
    const place = changed.indexOf(Buffer.from("存证.proofs.json")) + 100; // inside the packed bytes of a proof
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    writeFileSync(archive, changed);
    let wrong = "";
    try {
      execFileSync(city.program, ["verify", archive], { encoding: "utf8" });
    } catch (error) {
      wrong = (error as { stdout: string }).stdout;
    }
    expect(wrong).toMatch(/✗ changed \d\d-.*存证\.proofs\.json/);
    await unit.page.setViewportSize({ width: 390, height: 844 });
    await unit.page.waitForFunction(() => document.documentElement.scrollWidth <= 390);
    await unit.shot("rights-07-thread-phone");
    await unit.page.setViewportSize({ width: 1440, height: 900 });
    // Whoever has no seat sees what is public of the case itself, and nothing that it leads to.
    const stranger = await city.as("jiance");
    await stranger.go(new URL(unit.page.url()).pathname);
    await stranger.sees("还没有联在一起的事项和登记项");
    expect(await stranger.page.locator(".thread-stop").allInnerTexts()).toHaveLength(1);
    expect(await stranger.page.locator("main").innerText()).not.toMatch(/王工|万元|股/);
    expect(unit.problems).toEqual([]);
  });
});
