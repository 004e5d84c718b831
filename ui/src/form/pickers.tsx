import { useQuery } from "@tanstack/react-query";
import { Select, type SelectProps } from "antd";
import { useDeferredValue, useMemo, useState } from "react";
import { api, got } from "../api/client";
import { q } from "../api/queries";
import type { Code } from "../api/types";
import { useSpeech } from "../i18n";
import { useClear } from "../kit/clear";
import type { ControlProps } from "./control";

type Choice = { value: string; label: string; code?: string };

type PickerProps = ControlProps &
  Pick<SelectProps, "showSearch" | "loading" | "placeholder" | "notFoundContent" | "optionRender"> & {
    choices: Choice[];
    allowClear?: boolean;
  };

const chosenOf = (value: ControlProps["value"]) => (typeof value === "string" && value ? value : undefined);

/** Picker is the list that every control here opens. */
function Picker({ id, value, onChange, invalid, describedBy, name, compact, choices, allowClear = true, ...list }: PickerProps) {
  const clear = useClear();
  const { showSearch, loading, placeholder, notFoundContent, optionRender } = list;
  return (
    <Select
      id={id}
      aria-label={name}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      status={invalid ? "error" : undefined}
      className={compact ? "wide" : "wide picker"}
      showSearch={showSearch}
      allowClear={allowClear && clear}
      value={chosenOf(value)}
      loading={loading}
      placeholder={placeholder}
      notFoundContent={notFoundContent}
      options={choices}
      optionRender={optionRender}
      onChange={(v?: string) => onChange(v ?? "")}
    />
  );
}

type FinderProps = ControlProps & {
  /** queryKey and find say where the server looks for what was typed. */
  queryKey: string[];
  find: (text?: string) => Promise<Choice[]>;
  /** named is what is chosen already, which the server need not have found this time. */
  named?: Omit<Choice, "value">;
  placeholder: string;
  none: string;
};

/** Finder is a picker of what is too much for one list: the server finds it while somebody types. */
function Finder({ queryKey, find, named, placeholder, none, ...control }: FinderProps) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({ queryKey: [...queryKey, wanted], queryFn: () => find(wanted || undefined), staleTime: 30_000 });
  const chosen = chosenOf(control.value);
  const choices = [...(found.data ?? [])];
  if (chosen && !choices.some((c) => c.value === chosen)) choices.unshift({ value: chosen, ...(named ?? { label: chosen }) });
  return (
    <Picker
      {...control}
      choices={choices}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={placeholder}
      notFoundContent={found.isFetching ? t("load.loading") : none}
      optionRender={(o) => (
        <span className="spread">
          <span>{o.data.label}</span>
          <span className="muted small">{o.data.code}</span>
        </span>
      )}
    />
  );
}

/** PartyControl finds a party of the register by name, alias or code. */
export function PartyControl(control: ControlProps) {
  const { t } = useSpeech();
  const { party } = control.field;
  const kind = party && party !== "any" ? party : undefined;
  const chosen = chosenOf(control.value);
  const named = useQuery({ ...q.party(chosen ?? ""), enabled: chosen !== undefined }).data;
  return (
    <Finder
      {...control}
      queryKey={["party-pick", kind ?? ""]}
      find={async (text) => {
        const { items } = await got(api.GET("/api/parties", { params: { query: { q: text, kind, limit: 20 } } }));
        return items.map((p) => ({ value: p.id ?? "", label: p.name, code: p.uscc }));
      }}
      named={named && { label: named.name, code: named.uscc }}
      placeholder={t("form.party.search")}
      none={t("form.party.none")}
    />
  );
}

/** RecordControl finds a record of the register by name or number. */
export function RecordControl(control: ControlProps) {
  const { t } = useSpeech();
  const { kind } = control.field;
  const chosen = chosenOf(control.value);
  const named = useQuery({ ...q.record(chosen ?? ""), enabled: chosen !== undefined }).data;
  return (
    <Finder
      {...control}
      queryKey={["record-pick", kind ?? ""]}
      find={async (text) => {
        const { items } = await got(api.GET("/api/records", { params: { query: { q: text, kind, limit: 20 } } }));
        return items.map((r) => ({ value: r.id, label: r.name, code: r.ownerName }));
      }}
      named={named && { label: named.record.name, code: named.ownerName }}
      placeholder={t("form.record.search")}
      none={t("form.record.none")}
    />
  );
}

/** NodeControl finds a node of the chain map by name, in the chain that the form says. What was typed when the field was a text is shown as it is. */
export function NodeControl(control: ControlProps) {
  const { t, tx } = useSpeech();
  const { ref, within } = control.field;
  const chain = chosenOf(within ? control.beside?.[within] : undefined);
  const chosen = chosenOf(control.value);
  const named = useQuery({ ...q.chainNode(chosen ?? ""), enabled: chosen !== undefined }).data;
  return (
    <Finder
      {...control}
      queryKey={["node-pick", ref ?? "", chain ?? ""]}
      find={async (text) => {
        const list = await got(api.GET("/api/chains/nodes", { params: { query: { q: text, list: ref, chain, limit: 50 } } }));
        return list.map((n) => ({ value: n.id, label: tx(n.name), code: n.stage }));
      }}
      named={named ? { label: tx(named.name), code: named.stage } : undefined}
      placeholder={t("form.node.search")}
      none={t("form.node.none")}
    />
  );
}

/** CaseControl chooses one of the cases that somebody may see, of the mechanisms that the field takes. */
export function CaseControl(control: ControlProps) {
  const { t } = useSpeech();
  const { cases, ends } = control.field;
  const mechanism = cases?.length === 1 ? cases[0] : undefined;
  const found = useQuery({
    queryKey: ["case-pick", mechanism],
    queryFn: () => got(api.GET("/api/cases", { params: { query: { mechanism, limit: 200 } } })),
    staleTime: 30_000,
  });
  const chosen = chosenOf(control.value);
  const choices = (found.data?.items ?? [])
    .filter((c) => !ends?.length || ends.includes(c.state.name))
    .map((c) => ({ value: c.case, label: c.title }));
  if (chosen && !choices.some((c) => c.value === chosen)) choices.unshift({ value: chosen, label: chosen });
  return (
    <Picker
      {...control}
      compact={false}
      choices={choices}
      showSearch={{ optionFilterProp: "label" }}
      loading={found.isFetching}
      placeholder={t("form.case.search")}
      notFoundContent={found.isFetching ? t("load.loading") : t("form.case.none")}
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
export function RefControl(control: ControlProps) {
  const { t, tx } = useSpeech();
  const { ref, optional } = control.field;
  const list = useQuery({ ...q.taxonomy(ref ?? ""), enabled: !!ref });
  const choices = useMemo(
    () => Array.from(titlesOf(list.data?.codes ?? [], tx), ([code, label]) => ({ value: code, label })),
    [list.data, tx],
  );
  return (
    <Picker
      {...control}
      compact={false}
      choices={choices}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={!!optional}
      loading={list.isLoading}
      placeholder={t("form.ref.search")}
      notFoundContent={t("form.ref.none")}
    />
  );
}
