// What an edit of the policy would do: may it be proposed, what does it change, do the proofs hold, how does the flow look then?
import type { Difference, Finding, Trial } from "../../api/types";
import { type Key, useSpeech } from "../../i18n";
import { Empty, Note } from "../../kit/note";
import { Standing } from "../../kit/standing";
import { Tabs } from "../../kit/tabs";
import { Drawing } from "../case/diagram";

const kinds: Record<Difference["kind"], { word: Key; status: "done" | "returned" | "running" }> = {
  added: { word: "ed.added", status: "done" },
  removed: { word: "ed.removed", status: "returned" },
  changed: { word: "ed.changed", status: "running" },
};

export function TrialView({ trial, goTo }: { trial: Trial; goTo?: (file: string, line: number) => void }) {
  const { t } = useSpeech();
  const tabs = [
    {
      key: "differences",
      label: t("ed.tab.differences", { n: trial.differences.length }),
      children: <Differences list={trial.differences} />,
    },
    { key: "verdicts", label: t("ed.tab.verdicts"), children: <Verdicts trial={trial} goTo={goTo} /> },
    ...(trial.drawing
      ? [
          {
            key: "drawing",
            label: t("pol.sec.diagram"),
            children: (
              <Drawing src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(trial.drawing)}`} alt={t("ed.drawing")} />
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="stack">
      <Outcome trial={trial} />
      <Tabs name={t("ed.outcome")} items={tabs} />
    </div>
  );
}

/** Outcome is the one sentence: may it be proposed, and if not, what is in the way. */
function Outcome({ trial }: { trial: Trial }) {
  const { t, tx } = useSpeech();
  if (trial.ok)
    return (
      <Note status="done">
        <p>{t("ed.ok", { n: trial.mechanisms.length, stories: trial.played })}</p>
      </Note>
    );
  const ways = [
    trial.differences.length === 0 && t("ed.same"),
    trial.findings.length > 0 && t("ed.untyped", { n: trial.findings.length }),
    ...trial.mechanisms.filter((m) => !m.ok).map((m) => t("ed.unproved", { title: tx(m.title) })),
    trial.failed.length > 0 && t("ed.failed", { n: trial.failed.length }),
    ...trial.stale.map((s) => t("ed.stale", { title: tx(s.title), version: s.version, file: s.file })),
  ].filter(Boolean);
  return (
    <Note status={trial.differences.length === 0 ? "running" : "returned"}>
      {ways.map((w, i) => (
        <p key={i}>{w}</p>
      ))}
    </Note>
  );
}

function Differences({ list }: { list: Difference[] }) {
  const { t, tx } = useSpeech();
  if (list.length === 0) return <Empty icon="check" title={t("ed.same")} />;
  const files = Array.from(new Set(list.map((d) => d.file)));
  return (
    <div className="stack">
      {files.map((file) => (
        <section key={file} className="stack-s" aria-label={file}>
          <h3 className="mono">{file}</h3>
          <ul className="differences">
            {list
              .filter((d) => d.file === file)
              .map((d, i) => (
                <li key={i}>
                  <div className="row">
                    <Standing status={kinds[d.kind].status}>{t(kinds[d.kind].word)}</Standing>
                    <span className="strong">{tx(d.where)}</span>
                  </div>
                  {d.was && <pre className="was">{d.was}</pre>}
                  {d.now && <pre className="now">{d.now}</pre>}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Verdicts({ trial, goTo }: { trial: Trial; goTo?: (file: string, line: number) => void }) {
  const { t, tx } = useSpeech();
  return (
    <div className="stack">
      <Findings list={trial.findings} goTo={goTo} />
      {trial.mechanisms.map((m) => (
        <section key={m.name} className="stack-s" aria-label={tx(m.title)}>
          <h3 className="row">
            {tx(m.title)}
            <Standing status={m.ok ? "done" : "returned"} icon={m.ok ? undefined : "warn"}>
              {m.ok ? t("pol.proved.yes") : t("pol.proved.no")}
            </Standing>
          </h3>
          {m.verdicts
            .filter((v) => !v.ok)
            .map((v) => (
              <Findings key={v.proof} list={v.findings ?? []} goTo={goTo} />
            ))}
        </section>
      ))}
      {trial.failed.length > 0 && (
        <section className="stack-s" aria-label={t("ed.stories")}>
          <h3>{t("ed.stories")}</h3>
          <ul className="outline">
            {trial.failed.map((s, i) => (
              <li key={i}>
                <p className="strong">{s.title}</p>
                <p className="small muted mono">
                  {s.file}:{s.line}
                </p>
                <p className="small">{s.why}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Findings({ list, goTo }: { list: readonly Finding[]; goTo?: (file: string, line: number) => void }) {
  const { t, tx } = useSpeech();
  if (list.length === 0) return null;
  return (
    <ul className="stack-s">
      {list.map((f, i) => (
        <li key={i}>
          <Note status="returned">
            <p>{tx(f.message)}</p>
            {f.path && f.path.length > 0 && <p className="small">{t("pol.finding.path", { path: f.path.join(" → ") })}</p>}
            {f.hint && tx(f.hint) && <p className="small">{t("pol.finding.hint", { hint: tx(f.hint) })}</p>}
            <p className="small mono">
              {goTo ? (
                <button type="button" className="plain-link" onClick={() => goTo(f.file, f.line)}>
                  {f.file}:{f.line}
                </button>
              ) : (
                `${f.file}:${f.line}`
              )}
            </p>
          </Note>
        </li>
      ))}
    </ul>
  );
}
