// What a person does at the interface, by role and name, as it is read aloud: sign in, open a case, fill a form, confirm.
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { patience } from "./patience";
import { results } from "./results";

/** Cell is what somebody enters in one field: text, 是/否, the name of a choice, a file, or rows of them. */
export type Cell = string | boolean | File | Row[];
export type Row = { [title: string]: Cell };
export class File {
  constructor(readonly name: string) {}
}
export const file = (name: string) => new File(`${name}.pdf`);

const escaped = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export class Person {
  readonly problems: string[] = [];

  constructor(
    readonly base: string,
    readonly page: Page,
  ) {
    page.on("pageerror", (e) => this.problems.push(e.message));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.base + path);
  }

  async shot(name: string, fullPage = true): Promise<void> {
    await this.page.waitForLoadState("networkidle");
    await this.page.screenshot({ path: join(results, `${name}.png`), fullPage });
  }

  async signIn(login: string, password: string): Promise<void> {
    await this.go("/signin");
    await this.page.getByLabel("登录名").fill(login);
    await this.page.getByLabel("密码", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "登录", exact: true }).click();
    await this.page.getByRole("heading", { name: "工作台" }).waitFor();
  }

  /** openCase finds a case by its title, as people do: in the list, by searching. */
  async openCase(title: string): Promise<void> {
    await this.go(`/cases?q=${encodeURIComponent(title)}`);
    await this.page.getByRole("rowheader", { name: title }).getByRole("link").first().click();
    await this.page.getByRole("heading", { level: 1, name: title }).waitFor();
  }

  /** findInHall finds a public case as anybody does. */
  async findInHall(title: string): Promise<void> {
    await this.go("/hall");
    await this.page.getByRole("searchbox", { name: "搜索榜单、公示" }).fill(title.slice(0, 8));
    await this.page.getByRole("link", { name: title }).click();
    await this.page.getByRole("heading", { level: 1, name: title }).waitFor();
  }

  /** starts opens a new case of a mechanism and waits for its page. */
  async starts(mechanism: string): Promise<void> {
    await this.go("/cases/new");
    await this.page.getByRole("button", { name: `开始办理 ${mechanism}`, exact: true }).click();
    await this.page.waitForURL(/\/cases\/(?!new)[^/]+$/);
    await this.stands("填报");
  }

  /** tab opens a tab of the case on the page. */
  async tab(name: string | RegExp): Promise<void> {
    await this.page.getByRole("tab", { name }).click();
  }

  /** reads opens a paper that the case made, in a window of its own. */
  async reads(paper: string): Promise<Page> {
    await this.tab(/^文件/);
    const opened = this.page.waitForEvent("popup");
    await this.page.getByRole("tabpanel").getByRole("link", { name: paper, exact: true }).last().click();
    const page = await opened;
    await page.waitForLoadState();
    return page;
  }

  /** refused sends a form that the server says no to, and tells what it says. */
  async refused(step: string): Promise<string> {
    await this.page.getByRole("button", { name: "核对并提交" }).click();
    const dialog = this.page.getByRole("dialog", { name: `确认：${step}` });
    await dialog.or(this.page.getByRole("alert").first()).first().waitFor();
    if (await dialog.isVisible()) await dialog.getByRole("button", { name: "确认办理" }).click();
    await this.page.getByRole("alert").first().waitFor();
    return (await this.page.getByRole("alert").allInnerTexts()).join(" | ");
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** stands waits until the case on the page stands in a state. */
  async stands(state: string): Promise<void> {
    await this.page
      .locator(".page-head .badge", { hasText: new RegExp(`^${escaped(state)}$`) })
      .waitFor({ timeout: 45_000 * patience });
  }

  /** offered tells what the page offers to do now. */
  async offered(): Promise<string[]> {
    return this.page.locator(".case-top .option-act").allInnerTexts();
  }

  private option(name: string, where?: string): Locator {
    const title = where ? `${name} · ${where}` : name;
    const rows = this.page.locator(".case-top .option");
    return rows
      .getByRole("button", { name: title, exact: true })
      .or(rows.getByRole("link", { name: title, exact: true }))
      .first();
  }

  /** does does a step that asks for no form: its button, its consequence, its reason where one is asked for. */
  async does(step: string, more: { where?: string; reason?: string } = {}): Promise<void> {
    await this.option(step, more.where).click();
    const dialog = this.page.getByRole("dialog", { name: `确认：${step}` });
    await dialog.waitFor();
    if (more.reason) await dialog.getByLabel("理由").fill(more.reason);
    await this.confirm(dialog);
  }

  /** fills does a step with a form: opens it, fills it in, checks it, reads the consequence and confirms. */
  async fills(step: string, values: Row, more: { where?: string; reason?: string; shot?: string } = {}): Promise<void> {
    await this.begins(step, values, more);
    await this.sends(step, more.shot);
  }

  async begins(step: string, values: Row, more: { where?: string; reason?: string } = {}): Promise<void> {
    await this.option(step, more.where).click();
    await this.page.getByRole("heading", { level: 1, name: step }).waitFor();
    for (const [title, cell] of Object.entries(values)) await this.fill(title, cell);
    if (more.reason) await this.page.getByLabel("理由").fill(more.reason);
  }

  async sends(step: string, shot?: string): Promise<void> {
    if (shot) await this.shot(shot);
    await this.page.getByRole("button", { name: "核对并提交" }).click();
    const dialog = this.page.getByRole("dialog", { name: `确认：${step}` });
    await dialog.waitFor().catch(async (error) => {
      throw new Error(`${step} was refused: ${(await this.page.getByRole("alert").allInnerTexts()).join(" | ")}`, {
        cause: error,
      });
    });
    if (shot) await this.page.screenshot({ path: join(results, `${shot}-confirm.png`) });
    await this.confirm(dialog);
    await this.page.waitForURL(/\/(cases\/[^/]+|reviews)$/);
  }

  private async confirm(dialog: Locator): Promise<void> {
    await dialog.getByRole("button", { name: "确认办理" }).click();
    await dialog.waitFor({ state: "hidden" }).catch(async (error) => {
      throw new Error(`refused: ${(await dialog.getByRole("alert").allInnerTexts()).join(" | ")}`, { cause: error });
    });
  }

  /** fill fills one field of the form on the page, whatever its type. */
  async fill(title: string, cell: Cell): Promise<void> {
    const label = new RegExp(`^${escaped(title)}(\\s|选填|将公开|\\(|$)`);
    const field = this.page.locator(".field", { has: this.page.locator(".field-label", { hasText: label }) }).last();
    await field.waitFor();
    if (Array.isArray(cell)) {
      for (const [i, row] of cell.entries()) {
        if ((await field.locator("tbody tr").count()) <= i) await field.getByRole("button", { name: "添加一行" }).click();
        for (const [column, value] of Object.entries(row)) await enter(field, `第 ${i + 1} 行 ${column}`, value);
      }
    } else await enter(field, null, cell);
  }

  /** fillMoney fills an amount in a unit of its own; fill takes the field's, 万元. */
  async fillMoney(title: string, amount: string, unit: "元" | "万元"): Promise<void> {
    const field = this.page.locator(".field", { has: this.page.locator(".field-label", { hasText: title }) }).last();
    await field.getByRole("combobox").click(); // first: a change of unit keeps the amount
    await this.page
      .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option", {
        hasText: new RegExp(`^${unit}$`),
      })
      .click();
    await field.getByRole("textbox").fill(amount);
  }
}

/** enter puts a value into the control of a field, or into the one of that name inside a table. */
async function enter(field: Locator, name: string | null, cell: Cell): Promise<void> {
  const named = name ? { name: new RegExp(`^${escaped(name)}$`) } : {};
  if (cell instanceof File) {
    await field
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name: cell.name, mimeType: "application/pdf", buffer: Buffer.from(`%PDF-1.4\n示例 ${cell.name}\n`) });
    await field.getByText(cell.name, { exact: true }).waitFor();
    return;
  }
  if (typeof cell === "boolean") {
    const group = field.getByRole("radiogroup", named);
    await pick(group, cell ? "是" : "否");
    return;
  }
  const text = String(cell);
  const radios = field.getByRole("radiogroup", named);
  if ((await radios.count()) > 0) {
    await pick(radios, text);
    return;
  }
  const boxes = field.getByRole("textbox", named);
  if ((await boxes.count()) > 0) {
    await boxes.first().fill(text);
    return;
  }
  const combo = field.getByRole("combobox", named).first();
  await combo.click();
  await combo.fill(text);
  const choice = field
    .page()
    .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option", { hasText: text })
    .first();
  await choice.waitFor();
  await choice.click();
}

/** pick clicks the words beside a radio button, as people do, and sees that it took. */
async function pick(group: Locator, name: string): Promise<void> {
  await group.locator("label", { hasText: new RegExp(`^${escaped(name)}$`) }).click();
  await group.locator("label:has(:checked)", { hasText: name }).waitFor();
}
