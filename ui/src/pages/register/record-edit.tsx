// A record is entered and changed by hand with the form that its kind defines. Whoever keeps the register may change everything; its owner
// what is not an identity, and what contradicts a verified field waits for a decision.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { components } from "../../api/schema";
import type { Field, Form, RecordPageData, Values } from "../../api/types";
import { keptDraft, useDraft } from "../../form/draft";
import { check, type Issue, type TypedRow, typedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { EditSheet } from "./sheet";

export type Kind = components["schemas"]["KindView"] | RecordPageData["kind"];

/** formOf is a kind as a form; its owner is not asked for what says which record it is. */
export function formOf(kind: Kind, keeper: boolean): Form {
  const fixed = new Set(keeper ? [] : [kind.owner, ...(kind.unique ?? []).flat()]);
  return {
    name: kind.name,
    title: kind.title,
    fields: (kind.fields as unknown as Field[]).filter((f) => !fixed.has(f.name)),
  };
}

/** changes is what became different: only that is sent, and null empties a field. */
function changes(before: Values, after: Values): Values {
  const out: Values = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) out[name] = after[name] ?? null;
  }
  return out;
}

export function NewRecordPage() {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as { kind?: string };
  const navigate = useNavigate();
  const kinds = useQuery(q.kinds());
  return (
    <Load page query={kinds} bones={<Bones lines={8} height={24} />}>
      {(list) => {
        const kind = list.find((k) => k.name === search.kind);
        return (
          <>
            <PageHead
              title={kind ? t("rec.new.title", { kind: tx(kind.title) }) : t("rec.new")}
              back={{ to: "/register/records", label: t("rec.title") }}
            />
            <div className="stack">
              <Select
                aria-label={t("rec.new.choose")}
                placeholder={t("rec.new.choose")}
                style={{ minWidth: 240, maxWidth: "100%" }}
                value={search.kind}
                showSearch={{ optionFilterProp: "label" }}
                options={list.map((k) => ({ value: k.name, label: tx(k.title) }))}
                onChange={(v: string) => void navigate({ to: "/register/records/new", search: { kind: v }, replace: true })}
              />
              {kind ? <EditForm key={kind.name} kind={kind} /> : <Empty icon="register" title={t("rec.new.choose")} />}
            </div>
          </>
        );
      }}
    </Load>
  );
}

export function EditRecordPage() {
  const { t } = useSpeech();
  const { id } = useParams({ strict: false }) as { id: string };
  const page = useQuery({ ...q.record(id), refetchOnWindowFocus: false });
  return (
    <Load page query={page} bones={<Bones lines={10} height={24} />}>
      {(data) => (
        <>
          <PageHead
            title={t("rec.edit.title", { name: data.record.name })}
            back={{ to: `/register/records/${data.record.id}`, label: data.record.name }}
            lead={data.keeper ? undefined : t("rec.edit.owner")}
          />
          <EditForm kind={data.kind} page={data} />
        </>
      )}
    </Load>
  );
}

function EditForm({ kind, page }: { kind: Kind; page?: RecordPageData }) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = formOf(kind, page?.keeper ?? true);
  const storeKey = `record.${page?.record.id ?? kind.name}`;
  const [values, setValues] = useState<TypedRow>(
    () => keptDraft(storeKey) ?? typedRow(form.fields, page?.record.values as Values | undefined),
  );
  const [base, setBase] = useState(page?.record);
  const [issues, setIssues] = useState<Issue[]>([]);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const draft = useDraft(storeKey, null);

  async function save(): Promise<RecordPageData | null> {
    const after = wireRow(form.fields, values);
    if (!base) return got(api.POST("/api/records", { body: { kind: kind.name, values: after } }));
    const mine = new Set(form.fields.map((f) => f.name));
    const before = Object.fromEntries(Object.entries(base.values as Values).filter(([name]) => mine.has(name)));
    const different = changes(before, after);
    if (Object.keys(different).length === 0) return null;
    return got(
      api.PUT("/api/records/{id}", { params: { path: { id: base.id } }, body: { revision: base.revision, values: different } }),
    );
  }

  async function submit() {
    const found = check(form, values, (f) => tx(f.title));
    setIssues(found);
    setRefusals([]);
    setStale(false);
    if (found.length > 0) return;
    setBusy(true);
    try {
      const saved = await save();
      draft.done();
      if (saved) {
        void message.success(t("rec.saved", { name: saved.record.name }));
        client.setQueryData(["record", saved.record.id], saved);
        await Promise.all(["records", "kinds", "work"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      } else void message.info(t("rec.same"));
      await navigate({ to: "/register/records/$id", params: { id: saved?.record.id ?? base?.id ?? "" } });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (base && error.refusals.some((r) => r.id === "register.overtaken")) {
        setStale(true);
        setBase((await got(api.GET("/api/records/{id}", { params: { path: { id: base.id } } }))).record);
      } else setRefusals(error.refusals);
      window.scrollTo({ top: 0 });
    } finally {
      setBusy(false);
    }
  }

  return (
    <EditSheet
      form={form}
      values={values}
      issues={issues}
      refusals={refusals}
      stale={stale && t("rec.stale")}
      busy={busy}
      back={base ? `/register/records/${base.id}` : "/register/records"}
      onChange={(next) => {
        setValues(next);
        draft.changed(next);
      }}
      onSave={() => void submit()}
      onLeave={() => draft.done()}
    />
  );
}
