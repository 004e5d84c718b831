// An owner enters a record of its own with the form that its kind defines; it waits for those who keep the register.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { HandedPageData, Values } from "../../api/types";
import { keptDraft, useDraft } from "../../form/draft";
import { check, type Issue, type TypedRow, typedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { useActor } from "../../shell/session";
import { formOf, type Kind } from "./record-edit";
import { EditSheet } from "./sheet";

export function HandInPage() {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as { kind?: string };
  const navigate = useNavigate();
  const kinds = useQuery(q.kinds());
  return (
    <Load query={kinds} bones={<Bones lines={8} height={24} />}>
      {(all) => {
        const list = all.filter((k) => k.hand);
        const kind = list.find((k) => k.name === search.kind);
        return (
          <>
            <PageHead
              title={kind ? t("rec.new.title", { kind: tx(kind.title) }) : t("hand.new")}
              lead={t("hand.lead")}
              back={{ to: "/register/records", label: t("rec.title") }}
            />
            <div className="stack">
              <Select
                aria-label={t("rec.new.choose")}
                placeholder={t("rec.new.choose")}
                style={{ minWidth: 240, maxWidth: "100%" }}
                value={kind?.name}
                options={list.map((k) => ({ value: k.name, label: tx(k.title) }))}
                onChange={(v: string) => void navigate({ to: "/register/handed/new", search: { kind: v }, replace: true })}
              />
              {kind ? <HandForm key={kind.name} kind={kind} /> : <Empty icon="register" title={t("rec.new.choose")} />}
            </div>
          </>
        );
      }}
    </Load>
  );
}

export function HandInAnewPage() {
  const { t } = useSpeech();
  const { id } = useParams({ strict: false }) as { id: string };
  const page = useQuery({ ...q.handed(id), refetchOnWindowFocus: false });
  return (
    <Load query={page} bones={<Bones lines={10} height={24} />}>
      {(data) => (
        <>
          <PageHead
            title={t("rec.edit.title", { name: data.name })}
            back={{ to: `/register/handed/${data.id}`, label: data.name }}
          />
          <div className="stack">
            {data.state === "refused" && <Note status="returned">{t("hand.refused", { reason: data.reason ?? "" })}</Note>}
            {data.form && <HandForm kind={data.form} page={data} />}
          </div>
        </>
      )}
    </Load>
  );
}

/** HandForm is the kind's form without the field that says whose it is: that is chosen among the reader's parties. */
function HandForm({ kind, page }: { kind: Kind; page?: HandedPageData }) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const parties = useActor()?.parties ?? [];
  const owner = kind.owner ?? "";
  const whole = formOf(kind, true);
  const form = { ...whole, fields: whole.fields.filter((f) => f.name !== owner) };
  const storeKey = `hand.${page?.id ?? kind.name}`;
  const [party, setParty] = useState(page?.owner ?? parties[0]?.party ?? "");
  const [values, setValues] = useState<TypedRow>(
    () => keptDraft(storeKey) ?? typedRow(form.fields, page?.values as Values | undefined),
  );
  const [revision, setRevision] = useState(page?.revision ?? 0);
  const [issues, setIssues] = useState<Issue[]>([]);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const draft = useDraft(storeKey, null);

  async function submit() {
    const found = check(form, values, (f) => tx(f.title));
    setIssues(found);
    setRefusals([]);
    setStale(false);
    if (found.length > 0) return;
    setBusy(true);
    try {
      const body = { ...wireRow(form.fields, values), [owner]: party };
      const sent = page
        ? await got(api.PUT("/api/handed/{id}", { params: { path: { id: page.id } }, body: { revision, values: body } }))
        : await got(api.POST("/api/handed", { body: { kind: kind.name, values: body } }));
      draft.done();
      void message.success(t("hand.sent", { name: sent.name }));
      client.setQueryData(["handed", sent.id], sent);
      await client.invalidateQueries({ queryKey: ["work"] });
      await navigate({ to: "/register/handed/$id", params: { id: sent.id } });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (page && error.refusals.some((r) => r.id === "register.overtaken")) {
        setStale(true);
        setRevision((await got(api.GET("/api/handed/{id}", { params: { path: { id: page.id } } }))).revision);
      } else setRefusals(error.refusals);
      window.scrollTo({ top: 0 });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      {parties.length > 1 && !page && (
        <div className="stack-s">
          <span className="strong">{t("hand.party")}</span>
          <Select
            aria-label={t("hand.party")}
            style={{ minWidth: 240, maxWidth: "100%" }}
            value={party}
            onChange={setParty}
            options={parties.map((m) => ({ value: m.party, label: m.name }))}
          />
        </div>
      )}
      <EditSheet
        form={form}
        values={values}
        issues={issues}
        refusals={refusals}
        stale={stale && t("rec.stale")}
        busy={busy}
        act={t("hand.submit")}
        back={page ? `/register/handed/${page.id}` : "/register/records"}
        onChange={(next) => {
          setValues(next);
          draft.changed(next);
        }}
        onSave={() => void submit()}
        onLeave={() => draft.done()}
      />
    </>
  );
}
