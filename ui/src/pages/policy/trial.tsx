// What an edit of the policy would do: may it be proposed, what does it change, do the proofs hold, how does the flow look then?
import { Button } from "antd";
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

/** nextVersion counts the last number of a version on: 2026.1 → 2026.2. */
export function nextVersion(version: string): string {
  return version.replace(/\d+$/, (n) => String(Number(n) + 1));
}

export function TrialView({
  trial,
  goTo,
  renew,
}: {
  trial: Trial;
  goTo?: GoTo;
  renew?: (file: string, version: string) => void;
}) {
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
      <Outcome trial={trial} renew={renew} />
      <Tabs name={t("ed.outcome")} items={tabs} />
    </div>
  );
}

/** Outcome is the one sentence: may it be proposed, and if not, what is in the way. */
function Outcome({ trial, renew }: { trial: Trial; renew?: (file: string, version: string) => void }) {
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
  ].filter(Boolean);
  return (
    <Note status={trial.differences.length === 0 ? "running" : "returned"}>
      {ways.map((w, i) => (
        <p key={i}>{w}</p>
      ))}
      {trial.stale.map((s) => (
        <p key={s.file} className="row">
          {t("ed.stale", { title: tx(s.title), version: s.version, file: s.file })}
          {renew && (
            <Button size="small" onClick={() => renew(s.file, s.version)}>
              {t("ed.renew", { version: nextVersion(s.version) })}
            </Button>
          )}
        </p>
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

type GoTo = (file: string, line: number) => void;

/** STORIES_AT_ONCE is how many are told: a rule changed wrongly breaks hundreds in the same way. */
const STORIES_AT_ONCE = 20;

/** Stories are what goes otherwise than it was told: each leads to its line. */
function Stories({ trial, goTo }: { trial: Trial; goTo?: GoTo }) {
  const { t, tx } = useSpeech();
  if (trial.failed.length === 0) return null;
  return (
    <section className="stack-s" aria-label={t("ed.stories")}>
      <h3>{t("ed.stories")}</h3>
      <p className="small muted">{t("ed.stories.lead")}</p>
      <ul className="outline">
        {trial.failed.slice(0, STORIES_AT_ONCE).map((s, i) => (
          <li key={i}>
            <p className="strong">{s.title}</p>
            <p>{s.says ? tx(s.says) : s.why}</p>
            {s.act && <p className="small mono">{s.act}</p>}
            <Spot file={s.file} line={s.line} goTo={goTo} />
          </li>
        ))}
      </ul>
      {trial.failed.length > STORIES_AT_ONCE && (
        <p className="small muted">{t("ed.stories.more", { n: trial.failed.length - STORIES_AT_ONCE })}</p>
      )}
    </section>
  );
}

/** Spot is a line of a file; on the bench it opens there. */
function Spot({ file, line, goTo }: { file: string; line: number; goTo?: GoTo }) {
  return (
    <p className="small mono">
      {goTo ? (
        <button type="button" className="text-link" onClick={() => goTo(file, line)}>
          {file}:{line}
        </button>
      ) : (
        `${file}:${line}`
      )}
    </p>
  );
}

function Verdicts({ trial, goTo }: { trial: Trial; goTo?: GoTo }) {
  const { t, tx } = useSpeech();
  const proved = trial.mechanisms.filter((m) => m.ok);
  return (
    <div className="stack">
      <Findings list={trial.findings} goTo={goTo} />
      <Stories trial={trial} goTo={goTo} />
      {trial.mechanisms
        .filter((m) => !m.ok)
        .map((m) => (
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
      {proved.length > 0 && (
        <details open={proved.length <= 5}>
          <summary className="row">
            <Standing status="done">{t("ed.proved", { n: proved.length })}</Standing>
          </summary>
          <p className="small">{proved.map((m) => tx(m.title)).join(t("word.and"))}</p>
        </details>
      )}
    </div>
  );
}

function Findings({ list, goTo }: { list: readonly Finding[]; goTo?: GoTo }) {
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
            <Spot file={f.file} line={f.line} goTo={goTo} />
          </Note>
        </li>
      ))}
    </ul>
  );
}
