// Budget and quotas: what the plan must keep to.
import { Button, InputNumber, Select, Slider } from "antd";
import { useSpeech } from "../../i18n";
import { useClear } from "../../kit/clear";
import { type Asked, type Dim, dims, type QuotaRow, type YearRow } from "./question";

type Props = { asked: Asked; set: (change: Partial<Asked>) => void };

export function Limits({ asked, set }: Props) {
  const { t } = useSpeech();
  const all = Math.round(asked.candidates.reduce((sum, c) => sum + Math.max(...c.lots.map((l) => l.fen)), 0) / 1_000_000);
  const change = (key: number, row: Partial<QuotaRow>) =>
    set({ quotas: asked.quotas.map((x) => (x.key === key ? { ...x, ...row } : x)) });
  const codes = (dim: Dim) =>
    Array.from(new Set(asked.candidates.flatMap((c) => c.tags[dim].split(/[;；、]/)).filter((c) => c !== ""))).toSorted();
  return (
    <div className="stack">
      <div className="row">
        <span>{t("plan.budget")}</span>
        <Slider
          style={{ flex: 1, minWidth: 200 }}
          min={0}
          max={Math.max(all, 100)}
          step={10}
          value={asked.budget}
          onChange={(budget) => set({ budget })}
          ariaLabelForHandle={t("plan.budget")}
        />
        <InputNumber aria-label={t("plan.budget")} min={0} value={asked.budget} onChange={(n) => set({ budget: n ?? 0 })} />
      </div>
      <Years asked={asked} set={set} />
      <div className="row">
        <span>{t("plan.weight")}</span>
        <Slider
          style={{ flex: 1, minWidth: 200 }}
          min={0}
          max={100}
          value={asked.weight}
          onChange={(weight) => set({ weight })}
          ariaLabelForHandle={t("plan.weight")}
        />
      </div>
      {asked.quotas.map((x) => (
        <div key={x.key} className="row">
          <Select
            aria-label={t("plan.quota.dim")}
            value={x.dim}
            onChange={(dim) => change(x.key, { dim, codes: [] })}
            options={dims.map((d) => ({ value: d, label: t(`plan.quota.dim.${d}`) }))}
          />
          <Select
            aria-label={t("plan.quota.code")}
            placeholder={t("plan.quota.code")}
            mode="multiple"
            style={{ minWidth: 200 }}
            value={x.codes}
            onChange={(c) => change(x.key, { codes: c })}
            options={codes(x.dim).map((c) => ({ value: c, label: c }))}
          />
          <Select
            aria-label={t("plan.quota.measure.count")}
            value={x.measure}
            style={{ minWidth: 120 }}
            onChange={(measure) => change(x.key, { measure })}
            options={(["count", "money", "share"] as const).map((m) => ({ value: m, label: t(`plan.quota.measure.${m}`) }))}
          />
          <InputNumber
            aria-label={t("plan.quota.least")}
            placeholder={t("plan.quota.least")}
            min={0}
            value={x.least}
            onChange={(least) => change(x.key, { least })}
          />
          <InputNumber
            aria-label={t("plan.quota.most")}
            placeholder={t("plan.quota.most")}
            min={0}
            value={x.most}
            onChange={(most) => change(x.key, { most })}
          />
          <Button
            aria-label={t("plan.quota.remove")}
            title={t("plan.quota.remove")}
            onClick={() => set({ quotas: asked.quotas.filter((y) => y.key !== x.key) })}
          >
            −
          </Button>
        </div>
      ))}
      <div>
        <Button
          onClick={() =>
            set({
              quotas: [
                ...asked.quotas,
                {
                  key: 1 + Math.max(0, ...asked.quotas.map((x) => x.key)),
                  dim: "chain",
                  codes: [],
                  measure: "count",
                  least: null,
                  most: null,
                },
              ],
            })
          }
        >
          {t("plan.quota.add")}
        </Button>
      </div>
    </div>
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
        <div key={y.key} className="row">
          <Select
            aria-label={t("plan.year")}
            placeholder={t("plan.year")}
            allowClear={clear}
            style={{ minWidth: 120 }}
            value={y.year}
            onChange={(year) => change(y.key, { year: year ?? null })}
            options={years.map((x) => ({ value: x, label: t("plan.year.n", { year: x }) }))}
          />
          <Select
            aria-label={t("plan.source")}
            placeholder={t("plan.source")}
            allowClear={clear}
            style={{ minWidth: 140 }}
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
          <Button
            aria-label={t("plan.year.remove")}
            title={t("plan.year.remove")}
            onClick={() => set({ years: rows.filter((x) => x.key !== y.key) })}
          >
            −
          </Button>
        </div>
      ))}
      {years.length + sources.length > 0 && (
        <div>
          <Button
            size="small"
            onClick={() =>
              set({
                years: [
                  ...rows,
                  { key: 1 + Math.max(0, ...rows.map((x) => x.key)), year: years[0] ?? null, source: "", limit: asked.budget },
                ],
              })
            }
          >
            {t("plan.year.add")}
          </Button>
        </div>
      )}
    </>
  );
}
