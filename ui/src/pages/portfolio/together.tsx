// What stands together: of some projects so many at most, and a project only with others.
import { Button, InputNumber, Select } from "antd";
import { useSpeech } from "../../i18n";
import { nextKey, Rule } from "./limits";
import type { Asked, ExclusionRow, Limited, NeedRow } from "./question";

export function Together({ asked, set }: { asked: Asked; set: (change: Partial<Limited>) => void }) {
  const { t } = useSpeech();
  const options = asked.candidates.map((c) => ({ value: c.id, label: c.name }));
  const exclusions = asked.exclusions ?? [];
  const needs = asked.needs ?? [];
  const exclude = (key: number, row: Partial<ExclusionRow>) =>
    set({ exclusions: exclusions.map((x) => (x.key === key ? { ...x, ...row } : x)) });
  const need = (key: number, row: Partial<NeedRow>) => set({ needs: needs.map((x) => (x.key === key ? { ...x, ...row } : x)) });
  const many = { mode: "multiple" as const, maxTagCount: 3, maxTagTextLength: 12, options, optionFilterProp: "label" };
  return (
    <>
      {exclusions.map((x) => (
        <Rule
          key={x.key}
          label={t("plan.exclusion.remove")}
          remove={() => set({ exclusions: exclusions.filter((y) => y.key !== x.key) })}
        >
          {x.name && <span className="strong">{x.name}</span>}
          <Select
            {...many}
            aria-label={t("plan.exclusion.of")}
            placeholder={t("plan.exclusion.of")}
            style={{ flex: 1, minWidth: 180 }}
            value={x.ids}
            onChange={(ids) => exclude(x.key, { ids, name: undefined })}
          />
          <span className="muted">{t("plan.exclusion.most")}</span>
          <InputNumber
            aria-label={t("plan.exclusion.most")}
            min={0}
            precision={0}
            style={{ width: 64 }}
            value={x.most}
            onChange={(n) => exclude(x.key, { most: n ?? 1 })}
          />
        </Rule>
      ))}
      {needs.map((x) => (
        <Rule key={x.key} label={t("plan.need.remove")} remove={() => set({ needs: needs.filter((y) => y.key !== x.key) })}>
          <Select
            aria-label={t("plan.need.who")}
            placeholder={t("plan.need.who")}
            style={{ flex: 1, minWidth: 140 }}
            showSearch={{ optionFilterProp: "label" }}
            value={x.id || undefined}
            options={options}
            onChange={(id) => need(x.key, { id })}
          />
          <Select
            aria-label={t("plan.need.kind")}
            style={{ minWidth: 116 }}
            value={x.kind}
            onChange={(kind) => need(x.key, { kind })}
            options={(["all", "any"] as const).map((k) => ({ value: k, label: t(`plan.need.${k}`) }))}
          />
          <Select
            {...many}
            aria-label={t("plan.need.others")}
            placeholder={t("plan.need.others")}
            style={{ flex: 1, minWidth: 140 }}
            value={x.others}
            onChange={(others) => need(x.key, { others })}
          />
        </Rule>
      ))}
      <div className="row">
        <Button size="small" onClick={() => set({ exclusions: [...exclusions, { key: nextKey(exclusions), ids: [], most: 1 }] })}>
          {t("plan.exclusion.add")}
        </Button>
        <Button size="small" onClick={() => set({ needs: [...needs, { key: nextKey(needs), id: "", kind: "all", others: [] }] })}>
          {t("plan.need.add")}
        </Button>
      </div>
    </>
  );
}
