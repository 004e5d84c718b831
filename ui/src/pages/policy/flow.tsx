// A mechanism read aloud: each state, who can do what there, what follows, and what happens if nobody does.

import type { ReactNode } from "react";
import type { Machine, Mechanism } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Standing } from "../../kit/standing";

type State = Machine["states"][number];
type Step = State["steps"][number];

export function Flow({ mechanism: m }: { mechanism: Mechanism }) {
  const { t, tx } = useSpeech();
  return (
    <div className="stack">
      {m.machines.map((machine) => {
        const states = (
          <ol className="flow">
            {machine.states.map((s) => (
              <FlowState key={s.name} mechanism={m} state={s} />
            ))}
          </ol>
        );
        if (!machine.name)
          return (
            <section key="" aria-label={tx(m.title)}>
              {states}
            </section>
          );
        // What is done within a case (bids, reviews, milestones) is folded: a reader sees the whole way of the case first.
        return (
          <details key={machine.name} className="part">
            <summary>
              <span className="strong">{tx(machine.title)}</span>
              {machine.of && (
                <span className="muted">
                  {t("pol.part.of", { part: tx(m.machines.find((x) => x.name === machine.of)?.title) })}
                </span>
              )}
              <span className="part-when small muted">{t("pol.states", { n: machine.states.length })}</span>
            </summary>
            <div className="part-body">{states}</div>
          </details>
        );
      })}
    </div>
  );
}

function FlowState({ mechanism, state }: { mechanism: Mechanism; state: State }) {
  const { t, tx } = useSpeech();
  return (
    <li className="flow-state">
      <div className="row">
        <span className="strong">{tx(state.title)}</span>
        {state.end && (
          <Standing status={state.good ? "done" : "stopped"}>{state.good ? t("pol.state.good") : t("pol.state.end")}</Standing>
        )}
        {state.public && <span className="field-tag s-running">{t("pol.state.public")}</span>}
      </div>
      {state.steps.map((s) => (
        <FlowStep key={s.name} mechanism={mechanism} step={s} />
      ))}
      {state.deadline && (
        <p className="muted">
          <Icon name="clock" size={12} /> {t("pol.deadline")}
          {t("word.colon")}
          {tx(state.deadline.text)}
        </p>
      )}
    </li>
  );
}

function FlowStep({ mechanism: m, step }: { mechanism: Mechanism; step: Step }) {
  const { t, tx } = useSpeech();
  const seats = [...m.seats, ...m.machines.flatMap((x) => x.seats)];
  const names = step.by.map((b) => tx(seats.find((s) => s.name === b)?.title) || b).join(t("word.and"));
  const form = m.forms.find((f) => f.name === step.form);
  const facts = [
    t(step.all ? "pol.step.all" : "pol.step.by", { seats: names }),
    form && t("pol.step.form", { form: tx(form.title) }),
    step.say && t("pol.step.say"),
    t("pol.step.to", { states: Array.from(new Set(step.to.map((w) => tx(w.title) || w.state))).join(t("word.and")) }),
  ].filter(Boolean);
  return (
    <div className="flow-step">
      <p>
        <span className="strong">{tx(step.title)}</span> <span className="muted">{facts.join(" · ")}</span>
      </p>
      {step.tells && tx(step.tells) && <p>{tx(step.tells)}</p>}
      {(step.when.length > 0 || step.do.length > 0) && (
        <Folded n={step.when.length + step.do.length} label={t("pol.step.more", { when: step.when.length, do: step.do.length })}>
          <ul className="outline small">
            {step.when.map((w, i) => (
              <li key={`w${i}`}>
                {t("pol.step.when")}
                {t("word.colon")}
                {tx(w.because) ? `${tx(w.because)} → ${t("refuse.one")}` : w.source}
                {w.rule && <span className="muted">{t("word.aside", { text: w.rule })}</span>}
              </li>
            ))}
            {step.do.map((d, i) => (
              <li key={`d${i}`}>{tx(d)}</li>
            ))}
          </ul>
        </Folded>
      )}
    </div>
  );
}

/** Folded hides a long list behind what it holds; a short one stands open. */
function Folded({ n, label, children }: { n: number; label: string; children: ReactNode }) {
  if (n <= 3) return children;
  return (
    <details>
      <summary className="small muted">{label}</summary>
      {children}
    </details>
  );
}
