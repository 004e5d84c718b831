// The running total of a sheet of marks, where it is seen while they are given.
import type { Form } from "../../api/types";
import type { TypedRow } from "../../form/values";
import { useSpeech } from "../../i18n";

/** totalOf sums what is given of a form's marks; null where it has fewer than two. Marks that are not whole numbers yet count for nothing. */
export function totalOf(form: Form, values: TypedRow): { given: number; full: number; lacking: number } | null {
  const marks = form.fields.filter((f) => f.fullMark);
  if (marks.length < 2) return null;
  const typed = marks.map((f) => String(values[f.name] ?? "").trim());
  return {
    given: typed.reduce((sum, text) => sum + (/^\d+$/.test(text) ? Number(text) : 0), 0),
    full: marks.reduce((sum, f) => sum + Number(f.fullMark), 0),
    lacking: typed.filter((text) => !/^\d+$/.test(text)).length,
  };
}

export function Total({ form, values }: { form: Form; values: TypedRow }) {
  const { t } = useSpeech();
  const total = totalOf(form, values);
  if (!total) return null;
  return (
    <output className="form-total">
      <span className="muted">{t("step.total")}</span> <strong>{total.given}</strong>
      <span className="muted"> / {total.full}</span>
      {total.lacking > 0 && <small className="muted"> {t("step.total.lacking", { n: total.lacking })}</small>}
    </output>
  );
}
