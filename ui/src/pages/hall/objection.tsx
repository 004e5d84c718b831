import { App, Button, Input } from "antd";
import { useMemo, useRef, useState } from "react";
import { api, freshKey, got } from "../../api/client";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Form, Option, View } from "../../api/types";
import { keptDraft, useDraft } from "../../form/draft";
import { FormRenderer } from "../../form/renderer";
import { check, fieldId, type Issue, refusalsOf, type TypedRow, typedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Digest } from "../../kit/figures";
import { Note } from "../../kit/note";
import { Refusals } from "../../kit/refusals";

// What the objector says of themselves is asked once: these fields of the form are filled from it.
const own: Record<string, "name" | "phone"> = { name: "name", contact: "phone", phone: "phone" };

/** Objection is made by anyone, without an account, under their real name. */
export function Objection({ view, option }: { view: View; option: Option }) {
  const { t, tx } = useSpeech();
  const { modal } = App.useApp();
  const form = useMemo<Form>(
    () => ({
      ...(option.form as Form),
      fields: (option.form?.fields ?? []).filter((f) => !(f.name in own && f.type === "text")),
    }),
    [option.form],
  );
  const asked = option.form?.fields.filter((f) => f.name in own && f.type === "text") ?? [];
  const storeKey = `hall.${view.id}.${option.step}`;
  const [values, setValues] = useState<TypedRow>(() => keptDraft(storeKey) ?? typedRow(form.fields, {}));
  const draft = useDraft(storeKey, null);
  const [issues, setIssues] = useState<Issue[]>([]);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [busy, setBusy] = useState(false);
  const [receipt, setReceipt] = useState<{ record: string; leaf: string } | null>(null);
  const key = useRef(freshKey());
  const text = (name: string) => (typeof values[name] === "string" ? values[name] : "");

  function change(next: TypedRow) {
    setValues(next);
    draft.changed(next);
  }

  async function send(dryRun: boolean) {
    const wire = wireRow(form.fields, values);
    for (const f of asked) wire[f.name] = text(own[f.name] === "name" ? "$name" : "$phone");
    return got(
      api.POST("/api/hall/{case}/steps/{step}", {
        params: { path: { case: view.id, step: option.step }, header: { "Idempotency-Key": dryRun ? freshKey() : key.current } },
        body: { part: option.part ?? "", name: text("$name").trim(), phone: text("$phone").trim(), values: wire, dryRun },
      }),
    );
  }

  function refused(error: unknown) {
    setRefusals(
      error instanceof RefusedError && error.refusals.length > 0
        ? error.refusals
        : [{ kind: "unavailable", id: "ui.lost", text: { zh: t("load.failed.way"), en: t("load.failed.way") } }],
    );
    document.getElementById("objection")?.scrollIntoView();
  }

  async function submit() {
    const found = check(form, values, (f) => tx(f.title));
    if (text("$name").trim().length < 2)
      found.unshift({ path: "$name", key: "form.required", vars: { title: t("hall.object.name") } });
    if (text("$phone").trim().length < 6)
      found.splice(1, 0, { path: "$phone", key: "form.required", vars: { title: t("hall.object.phone") } });
    setIssues(found);
    setRefusals([]);
    if (found.length > 0) {
      document.getElementById("objection")?.scrollIntoView();
      return;
    }
    setBusy(true);
    try {
      await send(true);
      modal.confirm({
        title: t("hall.object.confirm"),
        content: t("hall.object.confirm.body"),
        okText: t("hall.object.do"),
        cancelText: t("act.cancel"),
        icon: null,
        onOk: async () => {
          try {
            setReceipt(await send(false));
            draft.done();
          } catch (error) {
            if (error instanceof RefusedError && !error.lost) key.current = freshKey();
            refused(error);
          }
        },
      });
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  }

  if (receipt) {
    return (
      <section id="objection" aria-label={t("hall.object")}>
        <Note status="done" loud>
          <h2>{t("hall.object.done")}</h2>
          <p>{t("hall.object.done.body", { record: receipt.record })}</p>
          <p>
            {t("hall.digest")} <Digest value={receipt.leaf} short={false} />
          </p>
        </Note>
      </section>
    );
  }
  const listed = [...refusalsOf(issues), ...refusals];
  const errorOf = (path: string) => issues.find((i) => i.path === path);
  const anchor = (field: string) =>
    field === "$name" || field === "name" ? "o-name" : field === "$phone" || field === "phone" ? "o-phone" : fieldId(form, field);
  return (
    <section id="objection" className="sheet sheet-pad stack-l no-print" aria-label={t("hall.object")}>
      <div>
        <h2>{t("hall.object")}</h2>
        <p className="muted">{t("hall.object.lead")}</p>
      </div>
      <Refusals list={listed} anchor={anchor} />
      <form
        className="form"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        <div className={errorOf("$name") ? "field type-text field-wrong" : "field type-text"}>
          <label className="field-label" htmlFor="o-name">
            {t("hall.object.name")}
          </label>
          <Input
            id="o-name"
            autoComplete="name"
            value={text("$name")}
            aria-invalid={errorOf("$name") ? true : undefined}
            onChange={(e) => change({ ...values, $name: e.target.value })}
          />
        </div>
        <div className={errorOf("$phone") ? "field type-text field-wrong" : "field type-text"}>
          <label className="field-label" htmlFor="o-phone">
            {t("hall.object.phone")}
          </label>
          <p className="field-help">{t("hall.object.phone.help")}</p>
          <Input
            id="o-phone"
            type="tel"
            autoComplete="tel"
            value={text("$phone")}
            aria-invalid={errorOf("$phone") ? true : undefined}
            onChange={(e) => change({ ...values, $phone: e.target.value })}
          />
        </div>
        <FormRenderer form={form} values={values} onChange={change} refusals={refusals} issues={issues} anonymous />
        <div>
          <Button type="primary" htmlType="submit" size="large" loading={busy}>
            {t("hall.object.do")}
          </Button>
        </div>
      </form>
    </section>
  );
}
