// A record is entered and changed by hand with the form that its kind defines. Whoever keeps the register may change everything; its owner
// what is not an identity, and what contradicts a verified field waits for a decision.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import type { components } from "../../api/schema";
import type { Field, Form, RecordPageData, Values } from "../../api/types";
import { typedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { isOvertaken, useEditing } from "./editing";
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
  const { t } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = formOf(kind, page?.keeper ?? true);
  const edit = useEditing(`record.${page?.record.id ?? kind.name}`, () =>
    typedRow(form.fields, page?.record.values as Values | undefined),
  );
  const [base, setBase] = useState(page?.record);

  async function save(): Promise<RecordPageData | null> {
    const after = wireRow(form.fields, edit.values);
    if (!base) return got(api.POST("/api/records", { body: { kind: kind.name, values: after } }));
    const mine = new Set(form.fields.map((f) => f.name));
    const before = Object.fromEntries(Object.entries(base.values as Values).filter(([name]) => mine.has(name)));
    const different = changes(before, after);
    if (Object.keys(different).length === 0) return null;
    return got(
      api.PUT("/api/records/{id}", { params: { path: { id: base.id } }, body: { revision: base.revision, values: different } }),
    );
  }

  async function store() {
    const saved = await save();
    edit.done();
    if (saved) {
      void message.success(t("rec.saved", { name: saved.record.name }));
      client.setQueryData(["record", saved.record.id], saved);
      await Promise.all(["records", "kinds", "work"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    } else void message.info(t("rec.same"));
    await navigate({ to: "/register/records/$id", params: { id: saved?.record.id ?? base?.id ?? "" } });
  }

  const submit = () =>
    edit.send(form, store, (error) => {
      if (base && isOvertaken(error))
        return async () => setBase((await got(api.GET("/api/records/{id}", { params: { path: { id: base.id } } }))).record);
    });

  return (
    <EditSheet
      form={form}
      {...edit.sheet}
      stale={edit.stale && t("rec.stale")}
      back={base ? `/register/records/${base.id}` : "/register/records"}
      onSave={() => void submit()}
    />
  );
}
