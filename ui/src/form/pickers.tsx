import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useMemo, useState } from "react";
import { api, got } from "../api/client";
import { q } from "../api/queries";
import type { Code } from "../api/types";
import { useSpeech } from "../i18n";
import type { ControlProps } from "./controls";

/** PartyControl finds a party of the register by name, alias or code. */
export function PartyControl({ field, id, value, onChange, invalid, describedBy, name, compact }: ControlProps) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const kind = field.party && field.party !== "any" ? field.party : undefined;
  const found = useQuery({
    queryKey: ["party-pick", kind, wanted],
    queryFn: () => got(api.GET("/api/parties", { params: { query: { q: wanted || undefined, kind, limit: 20 } } })),
    staleTime: 30_000,
  });
  const chosen = typeof value === "string" && value ? value : undefined;
  const named = useQuery({ ...q.party(chosen ?? ""), enabled: chosen !== undefined });
  const options = (found.data?.items ?? []).map((p) => ({ value: p.id ?? "", label: p.name, code: p.uscc }));
  if (chosen && !options.some((o) => o.value === chosen))
    options.unshift({ value: chosen, label: named.data?.name ?? chosen, code: named.data?.uscc });
  return (
    <Select
      id={id}
      aria-label={name}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      status={invalid ? "error" : undefined}
      className={compact ? "wide" : "wide picker"}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      value={chosen}
      loading={found.isFetching}
      placeholder={t("form.party.search")}
      notFoundContent={found.isFetching ? t("load.loading") : t("form.party.none")}
      options={options}
      optionRender={(o) => (
        <span className="spread">
          <span>{o.data.label}</span>
          <span className="muted small">{o.data.code}</span>
        </span>
      )}
      onChange={(v?: string) => onChange(v ?? "")}
    />
  );
}

/** RecordControl finds a record of the register by name or number. */
export function RecordControl({ field, id, value, onChange, invalid, describedBy, name, compact }: ControlProps) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["record-pick", field.kind, wanted],
    queryFn: () => got(api.GET("/api/records", { params: { query: { q: wanted || undefined, kind: field.kind, limit: 20 } } })),
    staleTime: 30_000,
  });
  const chosen = typeof value === "string" && value ? value : undefined;
  const named = useQuery({ ...q.record(chosen ?? ""), enabled: chosen !== undefined });
  const options = (found.data?.items ?? []).map((r) => ({ value: r.id, label: r.name, code: r.ownerName }));
  if (chosen && !options.some((o) => o.value === chosen))
    options.unshift({ value: chosen, label: named.data?.record.name ?? chosen, code: named.data?.ownerName });
  return (
    <Select
      id={id}
      aria-label={name}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      status={invalid ? "error" : undefined}
      className={compact ? "wide" : "wide picker"}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      value={chosen}
      loading={found.isFetching}
      placeholder={t("form.record.search")}
      notFoundContent={found.isFetching ? t("load.loading") : t("form.record.none")}
      options={options}
      optionRender={(o) => (
        <span className="spread">
          <span>{o.data.label}</span>
          <span className="muted small">{o.data.code}</span>
        </span>
      )}
      onChange={(v?: string) => onChange(v ?? "")}
    />
  );
}

/** CaseControl chooses one of the cases that somebody may see, of the mechanisms that the field takes. */
export function CaseControl({ field, id, value, onChange, invalid, describedBy, name }: ControlProps) {
  const { t } = useSpeech();
  const mechanism = field.cases?.length === 1 ? field.cases[0] : undefined;
  const found = useQuery({
    queryKey: ["case-pick", mechanism],
    queryFn: () => got(api.GET("/api/cases", { params: { query: { mechanism, limit: 200 } } })),
    staleTime: 30_000,
  });
  const chosen = typeof value === "string" && value ? value : undefined;
  const options = (found.data?.items ?? [])
    .filter((c) => !field.ends?.length || field.ends.includes(c.state.name))
    .map((c) => ({ value: c.case, label: c.title }));
  if (chosen && !options.some((o) => o.value === chosen)) options.unshift({ value: chosen, label: chosen });
  return (
    <Select
      id={id}
      aria-label={name}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      status={invalid ? "error" : undefined}
      className="wide picker"
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      value={chosen}
      loading={found.isFetching}
      placeholder={t("form.case.search")}
      notFoundContent={found.isFetching ? t("load.loading") : t("form.case.none")}
      options={options}
      onChange={(v?: string) => onChange(v ?? "")}
    />
  );
}

/** titlesOf writes every code with the codes above it: 高端装备 / 机器人. */
export function titlesOf(codes: Code[], tx: (text: Code["title"]) => string): Map<string, string> {
  const byCode = new Map(codes.map((c) => [c.code, c]));
  const out = new Map<string, string>();
  for (const c of codes) {
    const names = [tx(c.title)];
    for (
      let up = c.parent ? byCode.get(c.parent) : undefined;
      up && names.length < 6;
      up = up.parent ? byCode.get(up.parent) : undefined
    )
      names.unshift(tx(up.title));
    out.set(c.code, names.join(" / "));
  }
  return out;
}

/** RefControl chooses a code of one of the pack's lists. */
export function RefControl({ field, id, value, onChange, invalid, describedBy, name }: ControlProps) {
  const { t, tx } = useSpeech();
  const list = useQuery({ ...q.taxonomy(field.ref ?? ""), enabled: !!field.ref });
  const options = useMemo(
    () => Array.from(titlesOf(list.data?.codes ?? [], tx), ([code, label]) => ({ value: code, label })),
    [list.data, tx],
  );
  return (
    <Select
      id={id}
      aria-label={name}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      status={invalid ? "error" : undefined}
      className="wide picker"
      showSearch={{ optionFilterProp: "label" }}
      allowClear={field.optional}
      loading={list.isLoading}
      value={typeof value === "string" && value ? value : undefined}
      placeholder={t("form.ref.search")}
      notFoundContent={t("form.ref.none")}
      options={options}
      onChange={(v?: string) => onChange(v ?? "")}
    />
  );
}
