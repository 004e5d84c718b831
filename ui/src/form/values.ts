// What a form holds while somebody types, and how that travels. The typed text is kept as it is typed — also when it is not (yet) a value
// — so that nothing is lost; `toWire` makes the value that the server reads, and sends the text itself where there is none, so that the
// server refuses it at its field in its own words.
import type { Refusal } from "../api/refusals";
import type { Doc, Field, Form, Values } from "../api/types";
import { type Key, type Lang, say, type Vars } from "../i18n";
import { parseDate } from "../words/date";
import { parseCount, parseDecimal } from "../words/decimal";
import { inUnit, type MoneyUnit, parseMoney } from "../words/money";
import { parseShare, percent } from "../words/share";

export type TypedMoney = { text: string; unit: MoneyUnit };
export type Typed = string | boolean | TypedMoney | Doc | TypedRow[] | undefined;
export type TypedRow = { [column: string]: Typed };

/** Issue is something that cannot be a value, found before anything is sent; `of` is the field (and the row of a table) that it is about. */
export type Issue = { path: string; key: Key; vars?: Vars; of?: { title: string; row?: number } };

/** refusalsOf says what was found here as the server says what it finds, for the list on top of a form. */
export function refusalsOf(issues: Issue[]): Refusal[] {
  return issues.map((i) => ({
    kind: "invalid",
    id: i.key,
    field: i.path,
    text: { zh: told("zh", i), en: told("en", i) },
  }));
}

/** told is an issue in the list on top of a form, far from its field: which field it is about is said with it. */
function told(lang: Lang, { key, vars, of }: Issue): string {
  const text = say(lang, key, vars);
  if (!of) return text;
  return of.row
    ? say(lang, "form.of.row", { title: of.title, n: of.row, text })
    : say(lang, "form.of", { title: of.title, text });
}

const wan = 1_000_000;

export function isMoney(v: Typed): v is TypedMoney {
  return typeof v === "object" && !Array.isArray(v) && v !== null && "unit" in v;
}

export function isDoc(v: Typed): v is Doc {
  return typeof v === "object" && !Array.isArray(v) && v !== null && "digest" in v;
}

function text(v: unknown): string {
  return v === null || v === undefined ? "" : String(v);
}

/** toTyped turns a value that came from the server (or a draft with unfinished text) into what the field shows. */
export function toTyped(field: Field, wire: unknown): Typed {
  if (wire === null || wire === undefined) return field.type === "rows" ? [] : undefined;
  switch (field.type) {
    case "flag":
      return typeof wire === "boolean" ? wire : undefined;
    case "money":
      if (typeof wire === "number") {
        const unit: MoneyUnit = wire !== 0 && wire % wan !== 0 && Math.abs(wire) < wan ? "元" : "万元";
        return { text: inUnit(wire, unit).replace(/,/g, ""), unit };
      }
      return { text: text(wire).replace(/(万元|元)$/, ""), unit: text(wire).endsWith("万元") ? "万元" : "元" };
    case "share":
      return typeof wire === "number" ? percent(wire) : text(wire).replace(/%$/, "");
    case "document":
      return typeof wire === "object" && "digest" in wire ? (wire as Doc) : undefined;
    case "rows":
      return Array.isArray(wire) ? wire.map((row) => typedRow(field.rows ?? [], row as Values)) : [];
    default:
      return text(wire);
  }
}

export function typedRow(columns: Field[], values: Values | undefined): TypedRow {
  return Object.fromEntries(columns.map((c) => [c.name, toTyped(c, values?.[c.name])]));
}

export function isBlank(field: Field, v: Typed): boolean {
  if (v === undefined || v === "") return true;
  if (isMoney(v)) return v.text.trim() === "";
  if (Array.isArray(v)) return v.every((row) => (field.rows ?? []).every((c) => isBlank(c, row[c.name])));
  return typeof v === "string" && v.trim() === "";
}

/** toWire makes the value that travels; undefined where nothing was filled in. */
export function toWire(field: Field, v: Typed): unknown {
  if (field.type === "rows") {
    const rows = Array.isArray(v) ? v : [];
    return rows
      .filter((row) => (field.rows ?? []).some((c) => !isBlank(c, row[c.name])))
      .map((row) => wireRow(field.rows ?? [], row));
  }
  if (isBlank(field, v)) return undefined;
  if (isMoney(v)) {
    const read = parseMoney(v.text, v.unit);
    return "fen" in read ? read.fen : /[万亿元分]$/.test(v.text) ? v.text : `${v.text}${v.unit}`;
  }
  if (typeof v !== "string") return v;
  switch (field.type) {
    case "share":
      return parseShare(v) ?? `${v}%`;
    case "count":
    case "days":
    case "workdays":
      return parseCount(v) ?? v;
    case "number":
      return parseDecimal(v) ?? v;
    case "date":
      return parseDate(v) ?? v;
    default:
      return v;
  }
}

export function wireRow(fields: Field[], row: TypedRow): Values {
  const out: Values = {};
  for (const f of fields) {
    const value = toWire(f, row[f.name]);
    if (value !== undefined) out[f.name] = value;
  }
  return out;
}

/** check finds what cannot be a value and what is missing; rules of the mechanism are the server's to say. */
export function check(form: Form, values: TypedRow, say: (f: Field) => string): Issue[] {
  return form.fields.flatMap((f) => checkField(f, values[f.name], f.name, say));
}

function checkField(f: Field, v: Typed, path: string, say: (f: Field) => string): Issue[] {
  if (f.type === "rows") return checkRows(f, Array.isArray(v) ? v : [], path, say);
  if (isBlank(f, v)) {
    if (f.optional) return [];
    const chosen = ["choice", "flag", "party", "record", "case", "ref", "node", "document"].includes(f.type);
    return [{ path, key: chosen ? "form.choose" : "form.required", vars: { title: say(f) } }];
  }
  const wrong = malformed(f, v);
  return wrong ? [{ path, ...wrong, of: { title: say(f) } }] : [];
}

function checkRows(f: Field, rows: TypedRow[], path: string, say: (f: Field) => string): Issue[] {
  const columns = f.rows ?? [];
  const filled = rows.filter((row) => columns.some((c) => !isBlank(c, row[c.name])));
  const least = f.min ?? (f.optional ? 0 : 1);
  if (filled.length < least) return [{ path, key: "form.rows.min", vars: { n: least }, of: { title: say(f) } }];
  return rows.flatMap((row, i) =>
    columns.every((c) => isBlank(c, row[c.name]))
      ? []
      : columns
          .flatMap((c) => checkField(c, row[c.name], `${path}[${i}].${c.name}`, say))
          .map((issue) => ({ ...issue, of: { title: say(f), row: i + 1 } })),
  );
}

/** malformed says why a text that was typed is no value of its field; null where it is one. */
export function malformed(f: Field, v: Typed): { key: Key; vars?: Vars } | null {
  if (isBlank(f, v)) return null;
  if (isMoney(v)) {
    const read = parseMoney(v.text, v.unit);
    if ("fen" in read) return null;
    const keys = {
      not: "form.money.not",
      large: "form.money.large",
      fine: "form.money.fine",
      negative: "form.money.negative",
    } as const;
    return { key: keys[read.problem], vars: { typed: v.text } };
  }
  if (typeof v !== "string") return null;
  switch (f.type) {
    case "text":
      return f.max && Array.from(v).length > f.max
        ? { key: "form.tooLong", vars: { max: f.max, n: Array.from(v).length } }
        : null;
    case "share":
      return parseShare(v) === null ? { key: "form.share.not", vars: { typed: v } } : null;
    case "count":
    case "days":
    case "workdays":
      return parseCount(v) === null ? { key: "form.count.not", vars: { typed: v } } : null;
    case "number":
      return parseDecimal(v) === null ? { key: "form.number.not", vars: { typed: v } } : null;
    case "date":
      return parseDate(v) === null ? { key: "form.date.not", vars: { typed: v } } : null;
    default:
      return null;
  }
}

/** fieldId is the id of a field's control, the target of jump links; the path is as in a refusal, with or without the form's name. */
export function fieldId(form: Form, path: string): string | null {
  const bare = path.startsWith(`${form.name}.`) ? path.slice(form.name.length + 1) : path;
  const root = bare.split(/[.[]/, 1)[0];
  if (!form.fields.some((f) => f.name === root)) return null;
  return `f-${bare.replace(/[[\].]+/g, "-").replace(/-$/, "")}`;
}

/** parsePasted takes what a spreadsheet puts on the clipboard apart: tabs, lines, and cells in quotes that hold either. */
export function parsePasted(pasted: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const source = pasted.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < source.length; i++) {
    const c = source.charAt(i);
    if (quoted) {
      if (c !== '"') cell += c;
      else if (source.charAt(i + 1) === '"') cell += source.charAt(++i);
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t" || c === "\n") {
      rows[rows.length - 1]?.push(cell);
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows[rows.length - 1]?.push(cell);
  return rows;
}

/** pasteInto lays pasted cells over rows from one cell on; parties, codes and files cannot be pasted and are left as they are. */
export function pasteInto(
  field: Field,
  rows: TypedRow[],
  at: { row: number; column: number },
  cells: string[][],
  choice: (f: Field, s: string) => string,
): { rows: TypedRow[]; cut: boolean } {
  const columns = field.rows ?? [];
  const next = rows.slice();
  const most = field.max || 500;
  cells.forEach((line, i) => {
    const target = at.row + i;
    if (target >= most) return;
    const row = { ...(next[target] ?? typedRow(columns, undefined)) };
    line.forEach((value, j) => {
      const column = columns[at.column + j];
      if (column) row[column.name] = pasted(column, value.trim(), row[column.name], choice);
    });
    next[target] = row;
  });
  return { rows: next, cut: at.row + cells.length > most };
}

function pasted(f: Field, value: string, was: Typed, choice: (f: Field, s: string) => string): Typed {
  switch (f.type) {
    case "money":
      return {
        text: value.replace(/(万元|元)$/, ""),
        unit: /万元?$/.test(value) ? "万元" : isMoney(was) && !/元$/.test(value) ? was.unit : /元$/.test(value) ? "元" : "万元",
      };
    case "flag":
      return /^(是|y|yes|true|1)$/i.test(value) ? true : /^(否|n|no|false|0)$/i.test(value) ? false : was;
    case "choice":
      return choice(f, value);
    case "share":
      return value.replace(/[%％]$/, "");
    case "document":
    case "party":
    case "record":
    case "case":
    case "ref":
      return was;
    default:
      return value;
  }
}
