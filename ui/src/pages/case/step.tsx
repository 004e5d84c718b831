// The page on which one step's form is filled in: saved as it is typed, checked, shown with its consequence, and then done.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { api, freshKey, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Form, Option, StateRef, View } from "../../api/types";
import { keptDraft, useDraft } from "../../form/draft";
import { FormRenderer } from "../../form/renderer";
import { FormFacts, Names } from "../../form/show";
import { check, fieldId, type Issue, refusalsOf, type TypedRow, typedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Due } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { formatTime } from "../../words/date";
import "../../design/bench.css";
import { NextAtBench } from "../bench";
import { useAct } from "./act";
import { Alike, Clauses, cites } from "./alike";
import { ConfirmAct, Joint } from "./confirm";
import { ConflictDialog } from "./conflict";
import { partTitle, type Reference, recordOf, referencesOf, revisionOf, seatTitle } from "./names";
import { Total } from "./total";
import { useWhere } from "./where";

type Wanted = { step: string; record?: string; part?: string; seat?: string; from?: string };

function find(view: View, wanted: Wanted): Option | undefined {
  const record = wanted.record ?? (wanted.part ? "" : view.id);
  const same = view.options.filter(
    (o) => o.step === wanted.step && (o.record ?? "") === record && (record !== "" || (o.part ?? "") === (wanted.part ?? "")),
  );
  return same.find((o) => o.seat === wanted.seat) ?? same[0];
}

export function StepPage() {
  const { t } = useSpeech();
  const { id, step } = useParams({ strict: false }) as { id: string; step: string };
  const search = useSearch({ strict: false }) as Omit<Wanted, "step">;
  const view = useQuery({
    ...q.case(id),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: "always",
  });
  // The form works on the case as it was when the page was opened; what changed meanwhile comes through the conflict dialog.
  const [seen, setSeen] = useState<View | null>(null);
  useEffect(() => {
    if (!seen && view.data && !view.isFetching) setSeen(view.data);
  }, [seen, view.data, view.isFetching]);
  if (!seen)
    return (
      <Load page query={view.isError ? view : { ...view, data: undefined as never }} bones={<Bones lines={10} height={24} />}>
        {() => null}
      </Load>
    );
  const option = find(seen, { step, ...search });
  if (!option?.form || (option.refused ?? []).length > 0) {
    return (
      <>
        <PageHead title={seen.title} back={{ to: `/cases/${id}`, label: seen.title }} />
        {option?.refused?.length ? (
          <Refusals list={option.refused} />
        ) : (
          <Empty icon="case" title={t("step.gone")}>
            {t("step.gone.way")}
          </Empty>
        )}
        <p>
          <Link to="/cases/$id" params={{ id }}>
            {t("form.conflict.look")}
          </Link>
        </p>
      </>
    );
  }
  return (
    <Names value={seen.names ?? {}}>
      <StepForm
        key={`${option.record}-${option.part}-${step}`}
        view={seen}
        option={option}
        form={option.form}
        wanted={{ step, ...search }}
        setSeen={setSeen}
      />
    </Names>
  );
}

/** toTop leads the eye and the keyboard to the list of what is wrong, once it is drawn. */
function toTop() {
  setTimeout(() => {
    document.getElementById("form-top")?.scrollIntoView({ block: "start" });
    document.querySelector<HTMLElement>("#form-top [role=alert]")?.focus({ preventScroll: true });
  });
}

type FormProps = { view: View; option: Option; form: Form; wanted: Wanted; setSeen: (v: View) => void };

function StepForm({ view, option, form, wanted, setSeen }: FormProps) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const act = useAct(view.id);
  const storeKey = `${view.id}.${option.record || option.part || ""}.${option.step}`;
  const kept = useRef(keptDraft(storeKey));
  const reasonField = "$reason";
  const [values, setValues] = useState<TypedRow>(
    () => kept.current ?? { ...typedRow(form.fields, { ...option.values, ...option.draft }) },
  );
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [issues, setIssues] = useState<Issue[]>([]);
  const [confirming, setConfirming] = useState<StateRef | null>(null);
  const [conflict, setConflict] = useState(false);
  const [busy, setBusy] = useState(false);
  const signing = (option.signed ?? []).length > 0;
  const [changing, setChanging] = useState(!signing);
  const reason = typeof values[reasonField] === "string" ? values[reasonField] : "";

  const save = useMemo(
    () => async (typed: TypedRow) => {
      await got(
        api.PUT("/api/cases/{id}/drafts/{step}", {
          params: { path: { id: view.id, step: option.step } },
          body: { record: option.record || undefined, part: option.part || undefined, values: wireRow(form.fields, typed) },
        }),
      );
    },
    [view.id, option.step, option.record, option.part, form.fields],
  );
  const draft = useDraft(storeKey, save);
  const restored = kept.current !== null || (option.draft && Object.keys(option.draft).length > 0);

  function change(next: TypedRow) {
    setValues(next);
    draft.changed(next);
    if (issues.length > 0) setIssues(lacking(next)); // what is mended is no longer said to be wrong
  }

  function lacking(typed: TypedRow): Issue[] {
    const found = changing ? check(form, typed, (f) => tx(f.title)) : [];
    const said = typed[reasonField];
    if (option.say && !(typeof said === "string" && said.trim())) found.push({ path: reasonField, key: "form.reason.required" });
    return found;
  }

  function refused(error: RefusedError) {
    if (error.overtaken) {
      setConfirming(null);
      setConflict(true);
      return;
    }
    setRefusals(
      error.refusals.length > 0
        ? error.refusals
        : [{ kind: "unavailable", id: "ui.lost", text: { zh: t("load.failed.way"), en: t("load.failed.way") } }],
    );
    if (error.refusals.some((r) => r.field)) setConfirming(null);
    toTop();
  }

  async function submit() {
    const found = lacking(values);
    setIssues(found);
    setRefusals([]);
    if (found.length > 0) return toTop();
    setBusy(true);
    try {
      const receipt = await act({
        option,
        revision: revisionOf(view, option),
        values: changing ? wireRow(form.fields, values) : undefined,
        reason,
        key: freshKey(),
        dryRun: true,
      });
      setConfirming(receipt.state);
    } catch (error) {
      if (error instanceof RefusedError) refused(error);
      else throw error;
    } finally {
      setBusy(false);
    }
  }

  const listed = [...refusalsOf(issues), ...refusals];
  const judged = cites(form);
  const where = useWhere(view)(option);
  const own = recordOf(view, option.record);
  const due = own ? own.due : view.due;
  return (
    <>
      <PageHead
        title={tx(option.title)}
        back={
          wanted.from === "reviews"
            ? { to: "/reviews", label: t("nav.reviews") }
            : { to: `/cases/${view.id}`, label: view.title || tx(view.mechanism.title) }
        }
        lead={wanted.from === "reviews" ? [view.title, where].filter(Boolean).join(" · ") : t("step.lead")}
      />
      <div className={judged ? "bench-grid" : "step-grid"}>
        {judged && (
          <section className="sheet sheet-pad stack-l bench-beside" aria-label={t("step.reference")}>
            <Alike id={view.id} />
            <References view={view} option={option} all />
          </section>
        )}
        <form
          className="sheet sheet-pad stack-l"
          id="form-top"
          aria-label={tx(form.title)}
          noValidate
          onSubmit={(e) => {
            e.preventDefault();
            void submit();
          }}
        >
          {!judged && <References view={view} option={option} />}
          <h2>{tx(form.title)}</h2>
          {restored && changing && <Note status="running">{t("form.restored")}</Note>}
          <Refusals list={listed} anchor={(field) => (field === reasonField ? "f-reason" : fieldId(form, field))} />
          {changing ? (
            <FormRenderer
              form={form}
              values={values}
              onChange={change}
              filled={option.values}
              sources={option.sources}
              refusals={refusals}
              issues={issues}
            />
          ) : (
            <>
              <Note status="waiting">{t("step.sign.same")}</Note>
              <FormFacts form={form} values={option.values ?? {}} caseId={view.id} />
            </>
          )}
          {judged && <Clauses form={form} values={values} />}
          {signing && (
            <Button type="link" className="plain-link" onClick={() => setChanging(!changing)}>
              {changing ? t("step.sign.keep") : t("step.sign.change")}
            </Button>
          )}
          {option.say && (
            <div className="field">
              <label className="field-label" htmlFor="f-reason">
                {t("form.reason")}
              </label>
              <p className="field-help">{t("form.reason.hint")}</p>
              <Input.TextArea
                id="f-reason"
                value={reason}
                autoSize={{ minRows: 3, maxRows: 12 }}
                onChange={(e) => change({ ...values, [reasonField]: e.target.value })}
              />
            </div>
          )}
          <div className="form-end">
            <Button type="primary" htmlType="submit" size="large" loading={busy}>
              {t("step.submit")}
            </Button>
            <Total form={form} values={values} />
            {wanted.from === "reviews" ? (
              <Link to="/reviews">{t("act.back")}</Link>
            ) : (
              <Link to="/cases/$id" params={{ id: view.id }}>
                {t("act.back")}
              </Link>
            )}
            <SavedWord saving={draft.saving} />
          </div>
          {judged && <NextAtBench here={view.id} />}
        </form>
        <aside className="step-side stack">
          {changing && <Filled form={form} values={values} />}
          <section className="stack-s" aria-label={t("step.rules")}>
            <h2>{t("step.rules")}</h2>
            <p>{t("step.person", { seat: tx(option.of.seat ?? seatTitle(view, option.seat)) })}</p>
            {option.part && <p className="muted">{where}</p>}
            {option.tells && tx(option.tells) && (
              <p>
                <span className="muted">
                  {t("step.what")}
                  {t("word.colon")}
                </span>
                {tx(option.tells)}
              </p>
            )}
            {due && (
              <p>
                <span className="muted">
                  {t("step.deadline")}
                  {t("word.colon")}
                </span>
                <Due at={due} workdays={own ? undefined : view.workdays} />
              </p>
            )}
          </section>
          {option.needed && option.needed.length > 0 && <Joint view={view} option={option} />}
        </aside>
      </div>
      {confirming && (
        <ConfirmAct
          view={view}
          option={option}
          values={changing ? wireRow(form.fields, values) : undefined}
          next={confirming}
          askReason={false}
          reason={reason}
          onClose={() => setConfirming(null)}
          onRefused={refused}
          onDone={() => {
            draft.done();
            if (wanted.from === "reviews") void navigate({ to: "/reviews" });
            else void navigate({ to: "/cases/$id", params: { id: view.id } });
          }}
        />
      )}
      {conflict && (
        <ConflictDialog
          seen={view}
          stillThere={(now) => {
            const again = find(now, wanted);
            return !!again?.form && (again.refused ?? []).length === 0;
          }}
          onKeep={(now) => {
            setConflict(false);
            setSeen(now);
          }}
        />
      )}
    </>
  );
}

/** References are what the step is about, to be read beside the form: what is nearest stands open, the rest of the case is folded. */
function References({ view, option, all }: { view: View; option: Option; all?: boolean }) {
  const { t } = useSpeech();
  const list = referencesOf(view, option);
  const rest = list.filter((r) => !r.near);
  if (list.length === 0) return null;
  return (
    <section className="stack-s" aria-label={t("step.reference")}>
      {list
        .filter((r) => r.near)
        .map((r) => (
          <Reading key={r.key} view={view} reference={r} />
        ))}
      {rest.length > 0 && (
        <details className="reference" open={all}>
          <summary>{t("step.reference.case", { n: rest.length })}</summary>
          <div className="stack-s">
            {rest.map((r) => (
              <Reading key={r.key} view={view} reference={r} open={all} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function Reading({ view, reference: r, open }: { view: View; reference: Reference; open?: boolean }) {
  const { t, tx } = useSpeech();
  return (
    <details className="reference" open={open || r.near}>
      <summary>
        {tx(r.form.form.title)}
        {r.part && <span className="muted"> · {t("case.part", { part: tx(partTitle(view, r.part)), n: r.number ?? "" })}</span>}
      </summary>
      <div>
        <FormFacts form={r.form.form} values={r.form.values} caseId={view.id} />
      </div>
    </details>
  );
}

/** Filled says how much of a long form there is left to fill in. */
function Filled({ form, values }: { form: Form; values: TypedRow }) {
  const { t, tx } = useSpeech();
  const asked = form.fields.filter((f) => !f.optional).length;
  if (asked < 6) return null;
  const lacking = new Set(check(form, values, (f) => tx(f.title)).map((i) => i.path.split("[")[0]));
  const n = form.fields.filter((f) => !f.optional && !lacking.has(f.name)).length;
  return (
    <div className="stack-s no-print">
      <span id="form-filled">{n === asked ? t("step.filled.all") : t("step.filled", { n, of: asked })}</span>
      <progress className="filled" max={asked} value={n} aria-labelledby="form-filled" />
    </div>
  );
}

function SavedWord({ saving }: { saving: ReturnType<typeof useDraft>["saving"] }) {
  const { t } = useSpeech();
  return (
    <span className="small muted" role="status">
      {saving.state === "saving" && t("form.saving")}
      {saving.state === "saved" && saving.at && t("form.saved", { time: formatTime(saving.at) })}
      {saving.state === "kept" && t("form.kept")}
    </span>
  );
}
