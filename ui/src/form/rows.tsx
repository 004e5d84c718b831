// A field of rows: a table to type in or to paste a spreadsheet into, with the sum of what must make a whole.
import { App, Button } from "antd";
import type { ClipboardEvent } from "react";
import type { Field } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { formatMoney, parseMoney } from "../words/money";
import { formatShare, parseShare, whole } from "../words/share";
import { Control } from "./controls";
import { isMoney, malformed, parsePasted, pasteInto, type Typed, type TypedRow, typedRow } from "./values";

type Props = {
  field: Field;
  id: string;
  rows: TypedRow[];
  onChange: (rows: TypedRow[]) => void;
  errorAt: (path: string) => string | undefined; // "[2].amount" → what is wrong there
  describedBy?: string;
  anonymous?: boolean;
};

export function RowsControl({ field, id, rows, onChange, errorAt, describedBy, anonymous }: Props) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const columns = field.rows ?? [];
  const shown = rows.length === 0 ? [typedRow(columns, undefined)] : rows;
  const most = field.max || 500;

  function set(i: number, column: string, value: Typed) {
    const next = shown.slice();
    next[i] = { ...shown[i], [column]: value };
    onChange(next);
  }

  function paste(e: ClipboardEvent, row: number, column: number) {
    const text = e.clipboardData.getData("text/plain");
    const cells = parsePasted(text);
    if (cells.length < 2 && (cells[0]?.length ?? 0) < 2) return;
    e.preventDefault();
    const { rows: next, cut } = pasteInto(
      field,
      shown,
      { row, column },
      cells,
      (f, s) => f.choices?.find((c) => c.value === s || c.title.zh === s || c.title.en === s)?.value ?? s,
    );
    onChange(next);
    void (cut
      ? message.warning(t("form.rows.cut", { n: most - row, max: most }))
      : message.success(t("form.rows.pasted", { n: cells.length })));
  }

  return (
    <fieldset className="rows-control" id={id} aria-labelledby={`${id}-label`} aria-describedby={describedBy}>
      <div className="rows-scroll">
        <table className="rows-table">
          <thead>
            <tr>
              <th scope="col" className="rows-no">
                {t("form.rows.number")}
              </th>
              {columns.map((c) => (
                <th key={c.name} scope="col" className={`col-${c.type}`}>
                  {tx(c.title)}
                  {c.optional ? <span className="muted"> {t("form.optional")}</span> : null}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t("act.remove")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              <tr key={i}>
                <td className="rows-no">{i + 1}</td>
                {columns.map((c, j) => {
                  const value = row[c.name];
                  const wrong = malformed(c, value);
                  const error = errorAt(`[${i}].${c.name}`) ?? (wrong ? t(wrong.key, wrong.vars) : undefined);
                  const cell = `${id}-${i}-${c.name}`;
                  return (
                    <td key={c.name} data-label={tx(c.title)} className={`col-${c.type}`} onPaste={(e) => paste(e, i, j)}>
                      <Control
                        field={c}
                        id={cell}
                        compact
                        anonymous={anonymous}
                        beside={row}
                        name={t("form.rows.cell", { n: i + 1, title: tx(c.title) })}
                        value={value}
                        invalid={error !== undefined}
                        describedBy={error ? `${cell}-error` : undefined}
                        onChange={(v) => set(i, c.name, v)}
                      />
                      {error && (
                        <span className="field-error" id={`${cell}-error`}>
                          {error}
                        </span>
                      )}
                    </td>
                  );
                })}
                <td>
                  <Button
                    type="text"
                    aria-label={t("form.rows.remove", { n: i + 1 })}
                    icon={<Icon name="trash" />}
                    onClick={() => onChange(shown.filter((_, k) => k !== i))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="spread rows-foot">
        <div className="row">
          <Button
            icon={<Icon name="add" />}
            disabled={shown.length >= most}
            onClick={() => onChange([...shown, typedRow(columns, undefined)])}
          >
            {t("form.rows.add")}
          </Button>
          <span className="muted small">{t("form.rows.paste")}</span>
        </div>
        <Sums field={field} rows={shown} />
      </div>
    </fieldset>
  );
}

/** Sums shows what the money columns come to, and how far the shares are from a whole. */
function Sums({ field, rows }: { field: Field; rows: TypedRow[] }) {
  const { t, tx, lang } = useSpeech();
  const columns = field.rows ?? [];
  return (
    <div className="row" role="status">
      {columns
        .filter((c) => c.type === "money" && rows.length > 1)
        .map((c) => {
          const fen = rows.reduce((sum, row) => {
            const v = row[c.name];
            const read = isMoney(v) ? parseMoney(v.text, v.unit) : { fen: 0 };
            return sum + ("fen" in read ? read.fen : 0);
          }, 0);
          return (
            <span key={c.name} className="muted">
              {tx(c.title)} {t("form.rows.sum", { sum: formatMoney(fen, lang) })}
            </span>
          );
        })}
      {field.whole ? <Whole rows={rows} column={field.whole} /> : null}
    </div>
  );
}

function Whole({ rows, column }: { rows: TypedRow[]; column: string }) {
  const { t } = useSpeech();
  const sum = rows.reduce((total, row) => {
    const v = row[column];
    return total + ((typeof v === "string" ? parseShare(v) : 0) ?? 0);
  }, 0);
  const words =
    sum === whole
      ? t("form.rows.whole")
      : sum < whole
        ? t("form.rows.short", { left: formatShare(whole - sum) })
        : t("form.rows.over", { over: formatShare(sum - whole) });
  return (
    <span className={`whole s-${sum === whole ? "done" : "waiting"}`}>
      <span className="whole-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, sum / 10_000)}%` }} />
      </span>
      {t("form.rows.sum", { sum: formatShare(sum) })} · {words}
    </span>
  );
}
