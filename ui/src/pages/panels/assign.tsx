// Many cases and many experts: the adviser proposes with its proof, a person pins and forbids and sees what that costs, and what is
// proposed is done case by case, each by its own step. With inside it is the bids of one case and the experts of its panel: one step.
import "../../design/panels.css";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { App, Button, InputNumber, Select } from "antd";
import { useState } from "react";
import { api, freshKey, got, sendFile } from "../../api/client";
import { RefusedError } from "../../api/refusals";
import { useSending } from "../../api/sending";
import type { AssignAnswer, AssignPair, AssignQuestion, Doc } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Plan, type Sent, Spread } from "./plan";

type Asked = Pick<AssignQuestion, "objective" | "reviews" | "least" | "most" | "unitMost" | "outsideLeast">;
const usual: Asked = { objective: "fair", most: 5 };

export function AssignPage() {
  const { t } = useSpeech();
  const { cases = "", inside = false } = useSearch({ strict: false }) as { cases?: string; inside?: boolean };
  const ids = cases.split(",").filter(Boolean);
  const [asked, setAsked] = useState(usual);
  const [pins, setPins] = useState<AssignPair[]>([]);
  const [forbids, setForbids] = useState<AssignPair[]>([]);
  const [answer, setAnswer] = useState<AssignAnswer | null>(null);
  const [sent, setSent] = useState<Record<string, Sent>>({});
  const { busy, refusals, send } = useSending();
  const solve = (wishes: { pins: AssignPair[]; forbids: AssignPair[] }) =>
    send(async () => {
      const body: AssignQuestion = { ...asked, cases: ids, inside, pins: wishes.pins, forbids: wishes.forbids };
      setAnswer(await got(api.POST("/api/panels/assign", { body })));
    });
  const wish = (next: { pins?: AssignPair[]; forbids?: AssignPair[] }) => {
    const all = { pins: next.pins ?? pins, forbids: next.forbids ?? forbids };
    setPins(all.pins);
    setForbids(all.forbids);
    void solve(all);
  };
  const inviting = useInviting(answer, inside ? (ids[0] ?? "") : "", setSent);
  const done = Object.values(sent).filter((s) => s.done).length;
  return (
    <div className="stack-l panel-page">
      <PageHead
        title={t(inside ? "assign.inside" : "assign.title")}
        back={{ to: "/panels", label: t("nav.panels") }}
        lead={inside ? t("assign.lead.inside") : t("assign.lead", { n: ids.length })}
      />
      {ids.length === 0 ? (
        <Empty icon="panel" title={t("assign.none")}>
          <Link to="/panels">{t("assign.none.way")}</Link>
        </Empty>
      ) : (
        <>
          <Sheet title={t("assign.limits")}>
            <Limits asked={asked} inside={inside} set={(change) => setAsked((was) => ({ ...was, ...change }))} />
            <div className="row panel-go">
              <Button type="primary" loading={busy} onClick={() => void solve({ pins, forbids })}>
                {t(answer ? "assign.again" : "assign.go")}
              </Button>
            </div>
          </Sheet>
          {refusals.length > 0 && <Refusals list={refusals} />}
          {answer?.impossible && <Impossible answer={answer} />}
          {answer && !answer.impossible && (
            <>
              <Plan answer={answer} pins={pins} forbids={forbids} />
              <Spread answer={answer} sent={sent} pins={pins} forbids={forbids} wish={wish} />
              <div className="row">
                <Button
                  type="primary"
                  loading={inviting.busy}
                  disabled={answer.cases.every((c) => sent[c.case]?.done || !c.step)}
                  onClick={() => void inviting.go(sent)}
                >
                  {inside
                    ? t(answer.cases.some((c) => c.gets.some((g) => g.kept)) ? "assign.inside.more" : "assign.inside.go")
                    : t("assign.invite", { n: answer.cases.filter((c) => !sent[c.case]?.done && c.step).length })}
                </Button>
                {done > 0 && <Note status="done">{inside ? t("assign.inside.done") : t("assign.invited", { n: done })}</Note>}
              </div>
              {answer.cases.some((c) => !c.step) && <Note status="waiting">{t("assign.nostep")}</Note>}
            </>
          )}
        </>
      )}
    </div>
  );
}

/** acts are the steps that do what was proposed: one a case, or one for all the parts of a case. */
function acts(answer: AssignAnswer, inside: string, sent: Record<string, Sent>) {
  const first = answer.cases[0];
  if (inside && first)
    return [
      {
        ...first,
        id: inside,
        covers: answer.cases.map((c) => c.case),
        pairs: answer.cases.flatMap((c) =>
          c.gets.filter((g) => !g.kept).map((g) => ({ [c.column]: g.party, [c.columnOf ?? ""]: c.of ?? "" })),
        ),
      },
    ];
  return answer.cases
    .filter((c) => !sent[c.case]?.done && c.step)
    .map((c) => ({ ...c, id: c.case, covers: [c.case], pairs: c.gets.map((g) => ({ [c.column]: g.party })) }));
}

/** useInviting does what was proposed: the file is uploaded once, and each case's own step invites, or says who reviews which part. */
function useInviting(
  answer: AssignAnswer | null,
  inside: string,
  setSent: (set: (was: Record<string, Sent>) => Record<string, Sent>) => void,
) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const go = async (sent: Record<string, Sent>) => {
    if (!answer) return;
    setBusy(true);
    try {
      const file = new File([answer.file ?? ""], "assignment.json", { type: "application/json" });
      const doc = await sendFile<Doc>("/api/documents", file);
      for (const c of acts(answer, inside, sent)) {
        const values = { [c.rows]: c.pairs, plan: doc };
        const result: Sent = await got(
          api.POST("/api/cases/{id}/steps/{step}", {
            params: { path: { id: c.id, step: c.step }, header: { "Idempotency-Key": freshKey() } },
            body: { values },
          }),
        ).then(
          () => ({ done: true, refusals: [] }),
          (error: unknown) => {
            if (!(error instanceof RefusedError)) throw error;
            return { done: false, refusals: error.refusals };
          },
        );
        setSent((was) => ({ ...was, ...Object.fromEntries(c.covers.map((id) => [id, result])) }));
      }
      await client.invalidateQueries();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      void message.error(error.message || t("load.failed.way"));
    } finally {
      setBusy(false);
    }
  };
  return { busy, go };
}

function Limits({ asked, inside, set }: { asked: Asked; inside: boolean; set: (change: Partial<Asked>) => void }) {
  const { t } = useSpeech();
  const label = (key: keyof Omit<Asked, "objective">) =>
    t(inside && (key === "reviews" || key === "most" || key === "least") ? `assign.${key}.inside` : `assign.${key}`);
  const number = (key: keyof Omit<Asked, "objective">, min: number) => (
    <div className="stack-s" key={key}>
      <span className="field-label">{label(key)}</span>
      <InputNumber
        aria-label={label(key)}
        min={min}
        max={100}
        value={asked[key] ?? null}
        placeholder={t("assign.open")}
        onChange={(n) => set({ [key]: n ?? (key === "most" ? 1 : undefined) })}
      />
    </div>
  );
  return (
    <div className="panel-limits">
      <div className="stack-s">
        <span className="field-label">{t("assign.objective")}</span>
        <Select
          aria-label={t("assign.objective")}
          style={{ minWidth: 220 }}
          value={asked.objective}
          onChange={(objective) => set({ objective })}
          options={(["fair", "total", "random"] as const).map((o) => ({ value: o, label: t(`assign.objective.${o}`) }))}
        />
      </div>
      {number("reviews", 1)}
      {number("most", 1)}
      {number("least", 0)}
      {number("unitMost", 1)}
      {number("outsideLeast", 0)}
    </div>
  );
}

function Impossible({ answer }: { answer: AssignAnswer }) {
  const { t, tx } = useSpeech();
  if (!answer.impossible) return null;
  return (
    <Note status="returned" loud>
      <h2>{t("assign.impossible")}</h2>
      <p>{tx(answer.impossible.why)}</p>
      <ul>
        {answer.impossible.changes.map((c, i) => (
          <li key={i}>{tx(c)}</li>
        ))}
      </ul>
    </Note>
  );
}
