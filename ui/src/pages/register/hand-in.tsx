// An owner enters a record of its own with the form that its kind defines; it waits for those who keep the register.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import type { HandedPageData, Values } from "../../api/types";
import { typedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { useActor } from "../../shell/session";
import { isOvertaken, useEditing } from "./editing";
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
  const { t } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const parties = useActor()?.parties ?? [];
  const owner = kind.owner ?? "";
  const whole = formOf(kind, true);
  const form = { ...whole, fields: whole.fields.filter((f) => f.name !== owner) };
  const [party, setParty] = useState(page?.owner ?? parties[0]?.party ?? "");
  const edit = useEditing(`hand.${page?.id ?? kind.name}`, () => typedRow(form.fields, page?.values as Values | undefined));
  const [revision, setRevision] = useState(page?.revision ?? 0);

  async function store() {
    const body = { ...wireRow(form.fields, edit.values), [owner]: party };
    const sent = page
      ? await got(api.PUT("/api/handed/{id}", { params: { path: { id: page.id } }, body: { revision, values: body } }))
      : await got(api.POST("/api/handed", { body: { kind: kind.name, values: body } }));
    edit.done();
    void message.success(t("hand.sent", { name: sent.name }));
    client.setQueryData(["handed", sent.id], sent);
    await client.invalidateQueries({ queryKey: ["work"] });
    await navigate({ to: "/register/handed/$id", params: { id: sent.id } });
  }

  const submit = () =>
    edit.send(form, store, (error) => {
      if (page && isOvertaken(error))
        return async () => setRevision((await got(api.GET("/api/handed/{id}", { params: { path: { id: page.id } } }))).revision);
    });

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
        {...edit.sheet}
        stale={edit.stale && t("rec.stale")}
        act={t("hand.submit")}
        back={page ? `/register/handed/${page.id}` : "/register/records"}
        onSave={() => void submit()}
      />
    </>
  );
}
