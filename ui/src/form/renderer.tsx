// The one component that renders any form of any mechanism. It knows types, never mechanisms: what a form asks, where its values came
// from and what is wrong with them all come from the server.
import { Button } from "antd";
import { type ReactNode, useId } from "react";
import type { Refusal } from "../api/refusals";
import type { Field, Form, Values } from "../api/types";
import { type LangText, useSpeech } from "../i18n";
import { Control } from "./controls";
import { RowsControl } from "./rows";
import { fieldId, type Issue, malformed, type Typed, type TypedRow, toTyped } from "./values";

type Props = {
  form: Form;
  values: TypedRow;
  onChange: (values: TypedRow) => void;
  filled?: Values; // what the register or earlier forms filled in
  sources?: Record<string, LangText>;
  refusals?: Refusal[]; // the server's, with the path of their field
  issues?: Issue[]; // what was found before sending
  anonymous?: boolean;
};

/** errorsOf sorts refusals and issues by the path of their field, without the form's name before it. */
function useErrors(form: Form, refusals: Refusal[], issues: Issue[]): Map<string, string> {
  const { t, tx } = useSpeech();
  const at = new Map<string, string>();
  for (const issue of issues) at.set(issue.path, t(issue.key, issue.vars));
  for (const r of refusals) {
    if (!r.field) continue;
    const path = r.field.startsWith(`${form.name}.`) ? r.field.slice(form.name.length + 1) : r.field;
    if (!at.has(path))
      at.set(
        path,
        [tx(r.text), r.way && t("refuse.way", { way: tx(r.way) }), r.rule && t("refuse.basis", { rule: r.rule })]
          .filter(Boolean)
          .join("\n"),
      );
  }
  return at;
}

export function FormRenderer({
  form,
  values,
  onChange,
  filled = {},
  sources = {},
  refusals = [],
  issues = [],
  anonymous,
}: Props) {
  const errors = useErrors(form, refusals, issues);
  return (
    <div className="form">
      {form.fields.map((field) => (
        <FieldRow
          key={field.name}
          form={form}
          field={field}
          value={values[field.name]}
          onChange={(v) => onChange({ ...values, [field.name]: v })}
          errors={errors}
          filled={filled[field.name]}
          source={sources[field.name]}
          anonymous={anonymous}
          beside={values}
        />
      ))}
    </div>
  );
}

type RowProps = {
  form: Form;
  field: Field;
  value: Typed;
  onChange: (v: Typed) => void;
  errors: Map<string, string>;
  filled: unknown;
  source?: LangText;
  anonymous?: boolean;
  beside: TypedRow;
};

function FieldRow({ form, field, value, onChange, errors, filled, source, anonymous, beside }: RowProps) {
  const { t, tx } = useSpeech();
  const fallback = useId();
  const id = fieldId(form, field.name) ?? fallback;
  const wrong = malformed(field, value);
  const error = errors.get(field.name) ?? (wrong ? t(wrong.key, wrong.vars) : undefined);
  const hints =
    [field.help && `${id}-help`, source && `${id}-source`, error && `${id}-error`].filter(Boolean).join("\n") || undefined;
  const grouped =
    field.type === "rows" ||
    field.type === "flag" ||
    (field.type === "choice" && (field.choices ?? []).length > 0 && (field.choices ?? []).length <= 5);
  const label = (
    <>
      {tx(field.title)}
      {field.unit && field.type !== "count" && field.type !== "number" ? <span className="muted"> ({field.unit})</span> : null}
      {field.optional && <span className="field-tag muted">{t("form.optional")}</span>}
      {field.public && <span className="field-tag s-running">{t("form.public")}</span>}
    </>
  );
  return (
    <div className={`field type-${field.type}${error ? " field-wrong" : ""}`}>
      {grouped ? (
        <span className="field-label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className="field-label" id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
      )}
      {field.help && (
        <p className="field-help" id={`${id}-help`}>
          {tx(field.help)}
        </p>
      )}
      {field.type === "rows" ? (
        <RowsControl
          field={field}
          id={id}
          rows={Array.isArray(value) ? value : []}
          onChange={onChange}
          errorAt={(path) => errors.get(field.name + path)}
          describedBy={hints}
          anonymous={anonymous}
        />
      ) : (
        <Control
          field={field}
          id={id}
          value={value}
          onChange={onChange}
          invalid={error !== undefined}
          describedBy={hints}
          anonymous={anonymous}
          beside={beside}
        />
      )}
      <Source id={`${id}-source`} field={field} value={value} filled={filled} source={source} onReset={onChange} />
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Source says where a filled-in value came from, and brings it back after it was changed. */
function Source({
  id,
  field,
  value,
  filled,
  source,
  onReset,
}: {
  id: string;
  field: Field;
  value: Typed;
  filled: unknown;
  source?: LangText;
  onReset: (v: Typed) => void;
}): ReactNode {
  const { t, tx } = useSpeech();
  if (filled === undefined || filled === null || !source) return null;
  const original = toTyped(field, filled);
  const same = JSON.stringify(original) === JSON.stringify(value);
  return (
    <p className="field-source" id={id}>
      {t("form.source", { source: tx(source) })}
      {!same && (
        <Button type="link" size="small" onClick={() => onReset(original)}>
          {t("form.reset")}
        </Button>
      )}
    </p>
  );
}
