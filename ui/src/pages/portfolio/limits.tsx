// What the plan must keep to: money, floors, quotas, exclusions and dependencies. Sliders work the plan out anew when they are let go.
import { Button, Input, InputNumber, Select, Slider } from "antd";
import type { ReactNode } from "react";
import { useSpeech } from "../../i18n";
import { useClear } from "../../kit/clear";
import { type Asked, type Dim, dims, type Limited, type QuotaRow, type YearRow } from "./question";
import { Together } from "./together";

type Props = { asked: Asked; set: (change: Partial<Limited>) => void };

export function Limits({ asked, set, settle }: Props & { settle: (change: Partial<Limited>) => void }) {
  const { t } = useSpeech();
  const all = Math.round(asked.candidates.reduce((sum, c) => sum + Math.max(...c.lots.map((l) => l.fen)), 0) / 1_000_000);
  const second = asked.candidates.some((c) => c.lots.some((l) => l.second !== 0));
  return (
    <div className="stack">
      <Field label={t("plan.name")}>
        <Input
          aria-label={t("plan.name")}
          placeholder={t("plan.name.hint")}
          maxLength={60}
          value={asked.title ?? ""}
          onChange={(e) => set({ title: e.target.value })}
        />
      </Field>
      <Field label={t("plan.budget")}>
        <Slider
          min={0}
          max={Math.max(all, 100)}
          step={10}
          value={asked.budget}
          onChange={(budget) => set({ budget })}
          onChangeComplete={(budget) => settle({ budget })}
          ariaLabelForHandle={t("plan.budget")}
        />
        <InputNumber aria-label={t("plan.budget")} min={0} value={asked.budget} onChange={(n) => set({ budget: n ?? 0 })} />
      </Field>
      <Field label={t("plan.spent.before")}>
        <InputNumber
          aria-label={t("plan.spent.before")}
          min={0}
          value={asked.spent ?? 0}
          onChange={(n) => set({ spent: n ?? 0 })}
        />
      </Field>
      {second && (
        <>
          <Field label={t("plan.weight")}>
            <Slider
              min={0}
              max={100}
              value={asked.weight}
              onChange={(weight) => set({ weight })}
              onChangeComplete={(weight) => settle({ weight })}
              ariaLabelForHandle={t("plan.weight")}
            />
          </Field>
          <Field label={t("plan.floor")}>
            <InputNumber
              aria-label={t("plan.floor")}
              placeholder={t("plan.floor.none")}
              min={0}
              value={asked.floor ?? null}
              onChange={(floor) => set({ floor })}
            />
          </Field>
        </>
      )}
      <Years asked={asked} set={set} />
      <Quotas asked={asked} set={set} />
      <Together asked={asked} set={set} />
    </div>
  );
}

/** Field is a name with its control beside it; a slider takes the room that is left. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="plan-field">
      <span className="muted">{label}</span>
      <div className="plan-control">{children}</div>
    </div>
  );
}

/** Rule is one limit in a frame of its own, with a button that takes it away. */
export function Rule({ remove, label, children }: { remove: () => void; label: string; children: ReactNode }) {
  return (
    <div className="plan-rule">
      <div className="row">{children}</div>
      <Button size="small" aria-label={label} title={label} onClick={remove}>
        −
      </Button>
    </div>
  );
}

/** nextKey is one that no row has. */
export const nextKey = (rows: { key: number }[]) => 1 + Math.max(0, ...rows.map((x) => x.key));

function Quotas({ asked, set }: Props) {
  const { t } = useSpeech();
  const change = (key: number, row: Partial<QuotaRow>) =>
    set({ quotas: asked.quotas.map((x) => (x.key === key ? { ...x, ...row } : x)) });
  const codes = (dim: Dim) =>
    Array.from(new Set(asked.candidates.flatMap((c) => c.tags[dim].split(/[;；、]/)).filter((c) => c !== ""))).toSorted();
  return (
    <>
      {asked.quotas.map((x) => (
        <Rule
          key={x.key}
          label={t("plan.quota.remove")}
          remove={() => set({ quotas: asked.quotas.filter((y) => y.key !== x.key) })}
        >
          <Select
            aria-label={t("plan.quota.dim")}
            value={x.dim}
            style={{ minWidth: 88 }}
            onChange={(dim) => change(x.key, { dim, codes: [] })}
            options={dims.map((d) => ({ value: d, label: t(`plan.quota.dim.${d}`) }))}
          />
          <Select
            aria-label={t("plan.quota.code")}
            placeholder={t("plan.quota.all")}
            mode="multiple"
            style={{ flex: 1, minWidth: 140 }}
            value={x.codes}
            onChange={(c) => change(x.key, { codes: c })}
            options={codes(x.dim).map((c) => ({ value: c, label: c }))}
          />
          <Select
            aria-label={t("plan.quota.measure")}
            value={x.measure}
            style={{ minWidth: 116 }}
            onChange={(measure) => change(x.key, { measure })}
            options={(["count", "money", "share"] as const).map((m) => ({ value: m, label: t(`plan.quota.measure.${m}`) }))}
          />
          {(["least", "most"] as const).map((side) => (
            <InputNumber
              key={side}
              aria-label={t(`plan.quota.${side}`)}
              placeholder={t(`plan.quota.${side}`)}
              style={{ width: 80 }}
              min={0}
              max={x.measure === "share" ? 100 : undefined}
              value={x[side]}
              onChange={(n) => change(x.key, { [side]: n })}
            />
          ))}
        </Rule>
      ))}
      <div>
        <Button
          size="small"
          onClick={() =>
            set({
              quotas: [
                ...asked.quotas,
                { key: nextKey(asked.quotas), dim: "chain", codes: [], measure: "count", least: null, most: null },
              ],
            })
          }
        >
          {t("plan.quota.add")}
        </Button>
      </div>
    </>
  );
}

/** Years are budgets of their own, beside the whole: each of a year, of a source, or both. */
function Years({ asked, set }: Props) {
  const clear = useClear();
  const { t } = useSpeech();
  const rows = asked.years ?? [];
  const change = (key: number, row: Partial<YearRow>) => set({ years: rows.map((x) => (x.key === key ? { ...x, ...row } : x)) });
  const lots = asked.candidates.flatMap((c) => c.lots);
  const years = Array.from(new Set(lots.map((l) => l.year).filter((y) => y > 0))).toSorted();
  const sources = Array.from(new Set(lots.map((l) => l.source).filter((x) => x !== ""))).toSorted();
  return (
    <>
      {rows.map((y) => (
        <Rule key={y.key} label={t("plan.year.remove")} remove={() => set({ years: rows.filter((x) => x.key !== y.key) })}>
          <Select
            aria-label={t("plan.year")}
            placeholder={t("plan.year")}
            allowClear={clear}
            style={{ minWidth: 96 }}
            value={y.year}
            onChange={(year) => change(y.key, { year: year ?? null })}
            options={years.map((x) => ({ value: x, label: t("plan.year.n", { year: x }) }))}
          />
          <Select
            aria-label={t("plan.source")}
            placeholder={t("plan.source")}
            allowClear={clear}
            style={{ minWidth: 112 }}
            value={y.source || undefined}
            onChange={(source) => change(y.key, { source: source ?? "" })}
            options={sources.map((x) => ({ value: x, label: x }))}
          />
          <InputNumber
            aria-label={t("plan.year.limit")}
            min={0}
            value={y.limit}
            onChange={(limit) => change(y.key, { limit: limit ?? 0 })}
          />
          <span className="muted">{t("plan.year.limit")}</span>
        </Rule>
      ))}
      {years.length + sources.length > 0 && (
        <div>
          <Button
            size="small"
            onClick={() =>
              set({ years: [...rows, { key: nextKey(rows), year: years[0] ?? null, source: "", limit: asked.budget }] })
            }
          >
            {t("plan.year.add")}
          </Button>
        </div>
      )}
    </>
  );
}
