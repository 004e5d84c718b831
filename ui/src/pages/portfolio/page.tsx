// The portfolio page: what the plan must keep to beside what it comes to, then who is chosen beside who is not. What was entered and worked out
// stays on this device, by account, until it is cleared; the server keeps nothing.
import "../../design/panels.css";
import "../../design/portfolio.css";
import { Button, Checkbox } from "antd";
import { useEffect, useRef, useState } from "react";
import { api, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { PortfolioQuestion } from "../../api/types";
import { say, useSpeech } from "../../i18n";
import { Moment } from "../../kit/figures";
import { Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { useActor } from "../../shell/session";
import { Attach } from "./attach";
import { FromCases } from "./from-cases-dialog";
import { type Answered, forget, type Kept, keep, nothing, remembered } from "./kept";
import { Limits } from "./limits";
import { Clash, Costs, Front, Summary } from "./memo";
import { Paste } from "./paste";
import { Projects } from "./projects";
import { type Asked, example, type Limited, limitsOf, questionOf, readTable, remember } from "./question";
import { Asks, Runs } from "./runs";

export function PortfolioPage() {
  const who = useActor()?.account ?? "";
  return <Desk key={who} who={who} />;
}

function Desk({ who }: { who: string }) {
  const { t, lang } = useSpeech();
  const [kept, setKept] = useState<Kept>(() => remembered(who));
  const [open, setOpen] = useState<"paste" | "cases" | "attach">();
  const { busy, refusals, send } = useSending();
  useEffect(() => keep(who, kept), [who, kept]);
  const { asked, answered, runs, deep } = kept;
  const memo = answered?.memo ?? null;
  const plan = memo?.plan;
  const words = { merit: say("zh", "plan.score"), second: say("zh", "plan.second"), budget: say("zh", "plan.budget.name") };
  const change = (limits: Partial<Limited>) => setKept((was) => ({ ...was, asked: { ...was.asked, ...limits } }));
  const start = (next: Asked) => setKept({ ...nothing, asked: next });
  const second = asked.candidates.some((c) => c.lots.some((l) => l.second !== 0));

  const asking = useRef(0);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const choose = (of: Asked) =>
    send(async () => {
      const turn = ++asking.current;
      const question = questionOf(of, words);
      const answer = await got(api.POST("/api/portfolio", { body: body(question, of, deep, second) }));
      if (turn !== asking.current) return; // asked anew since
      setKept((was) => ({
        ...was,
        asked: { ...of, title: was.asked.title },
        answered: { question, limits: limitsOf(of), memo: answer, at: new Date().toISOString() },
        runs: answer.plan ? remember(was.runs, limitsOf(of), answer.plan) : was.runs,
        base: answer.plan ? undefined : was.base,
      }));
    });
  /** settle changes limits, and works an existing plan out anew. */
  const settle = (limits: Partial<Limited>) => {
    change(limits);
    clearTimeout(waiting.current);
    if (memo) waiting.current = setTimeout(() => void choose({ ...asked, ...limits }), 400);
  };
  const last = runs.find((r) => r.key === kept.base) ?? runs[1];
  const stale = answered && JSON.stringify(questionOf(asked, words)) !== JSON.stringify(answered.question);
  const workbook = async () => {
    if (!answered || !plan) throw new Error("no plan");
    const blob = await got(
      api.POST("/api/portfolio/memo.xlsx", {
        body: { ...answered.memo, plan, question: answered.question, last: last?.plan.chosen } as never,
        parseAs: "blob",
      }),
    );
    const name = `${asked.title || t("plan.title")}-${plan.digest.slice(0, 8)}.xlsx`;
    return new File([blob as unknown as Blob], name, { type: (blob as unknown as Blob).type });
  };

  return (
    <div className="stack plan">
      <PageHead title={asked.title || t("plan.title")} lead={<span className="no-print">{t("plan.lead")}</span>}>
        <Button onClick={() => setOpen("cases")}>{t("plan.cases")}</Button>
        <Button onClick={() => setOpen("paste")}>{t("plan.paste")}</Button>
        {asked.candidates.length > 0 && (
          <Button
            onClick={() => {
              forget(who);
              setKept(nothing);
            }}
          >
            {t("plan.clear")}
          </Button>
        )}
      </PageHead>
      {asked.candidates.length === 0 ? (
        <Empty icon="scales" title={t("plan.none")}>
          {t("plan.none.way")}{" "}
          <Button
            type="link"
            onClick={() => start({ ...nothing.asked, candidates: readTable(example()).candidates, budget: 3000 })}
          >
            {t("plan.example")}
          </Button>
        </Empty>
      ) : (
        <>
          <div className={plan ? "plan-top" : undefined}>
            <div className="no-print">
              <Sheet title={t("plan.limits")}>
                <div className="stack">
                  <Limits asked={asked} set={change} settle={settle} />
                  <div className="row">
                    <Button type="primary" loading={busy} onClick={() => void choose(asked)}>
                      {t("plan.go")}
                    </Button>
                    <Checkbox checked={deep} onChange={(e) => setKept((was) => ({ ...was, deep: e.target.checked }))}>
                      {t("plan.deep")}
                    </Checkbox>
                  </div>
                </div>
              </Sheet>
            </div>
            {plan && memo && (
              <Sheet
                title={t("plan.result")}
                aside={
                  <Acts
                    attach={() => setOpen("attach")}
                    save={() => void send(async () => download(await workbook()))}
                    stale={Boolean(stale)}
                  />
                }
              >
                {stale && <Note status="returned">{t("plan.stale")}</Note>}
                <Summary memo={{ ...memo, plan }} last={last} asked={asked} />
              </Sheet>
            )}
          </div>
          {refusals.length > 0 && <Refusals list={refusals} />}
          {memo?.conflict && <Clash conflict={memo.conflict} />}
          {answered && plan && <Head answered={answered} />}
          <Projects asked={asked} memo={memo} pin={(pins) => settle({ pins })} />
          {memo?.plan && <Costs memo={memo} asked={asked} />}
          {memo?.front && memo.plan && (
            <Front front={memo.front} plan={memo.plan} take={(floor) => settle({ floor, weight: 0 })} />
          )}
          {runs.length > 1 && (
            <div className="no-print">
              <Runs
                runs={runs}
                base={last?.key}
                compare={(base) => setKept((was) => ({ ...was, base }))}
                back={(limits) => void choose({ ...limits, candidates: asked.candidates })}
              />
            </div>
          )}
          {plan && <p className="print-only plan-sign">{t("plan.sign")}</p>}
        </>
      )}
      {open === "paste" && (
        <Paste
          key={lang}
          close={() => setOpen(undefined)}
          use={(text) => {
            start(half(readTable(text).candidates));
            setOpen(undefined);
          }}
        />
      )}
      {open === "cases" && (
        <FromCases
          close={() => setOpen(undefined)}
          use={(candidates, rivals) => {
            start({ ...half(candidates), exclusions: rivals.map((r, k) => ({ key: k + 1, ...r, most: 1 })) });
            setOpen(undefined);
          }}
        />
      )}
      {open === "attach" && <Attach file={workbook} close={() => setOpen(undefined)} />}
    </div>
  );
}

/** half asks for a budget of half of what all would cost, to begin with. */
function half(candidates: Asked["candidates"]): Asked {
  const all = candidates.reduce((sum, c) => sum + Math.max(...c.lots.map((l) => l.fen)), 0) / 1_000_000;
  return { ...nothing.asked, candidates, budget: Math.round(all / 2) };
}

function body(question: PortfolioQuestion, of: Asked, deep: boolean, second: boolean) {
  return {
    question,
    reasons: of.candidates.length <= 400,
    costs: deep,
    more: deep ? [1_000_000_000] : undefined,
    tries: deep ? 100 : undefined,
    front: deep && second ? ["merit", "second"] : undefined,
  };
}

function Acts({ attach, save, stale }: { attach: () => void; save: () => void; stale: boolean }) {
  const { t } = useSpeech();
  return (
    <div className="row no-print">
      <Button size="small" type="primary" disabled={stale} onClick={attach}>
        {t("plan.attach")}
      </Button>
      <Button size="small" onClick={save}>
        {t("plan.excel")}
      </Button>
      <Button size="small" onClick={() => window.print()}>
        {t("plan.print")}
      </Button>
    </div>
  );
}

/** Head is what a memo on paper says first: when it was worked out, and what the plan had to keep to. */
function Head({ answered }: { answered: Answered }) {
  const { t } = useSpeech();
  return (
    <p className="print-only">
      {t("plan.memo.at")} <Moment at={answered.at} />
      {"　"}
      <Asks limits={answered.limits} />
    </p>
  );
}

function download(file: File) {
  const url = URL.createObjectURL(file);
  const a = document.createElement("a");
  a.href = url;
  a.download = file.name;
  a.click();
  URL.revokeObjectURL(url);
}
