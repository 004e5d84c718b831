// The policy officer's bench: files of the edition in force on the left, what the edit would do on the right, the proposal below.
// What was typed stays on this device until it is proposed or taken back.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { api, freshKey, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Form, Trial } from "../../api/types";
import { FormRenderer } from "../../form/renderer";
import { check, fieldId, type Issue, type TypedRow, wireRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { messages } from "../../i18n/messages";
import { Token } from "../../kit/list";
import { Load } from "../../kit/load";
import { Bones, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { formatDay } from "../../words/date";
import { Editor } from "./editor";
import { nextVersion, TrialView } from "./trial";

type Edits = Record<string, string>; // file → text as edited

const kept = "kc.policy.edits";

function keptEdits(): Edits {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? "{}") as Edits;
  } catch {
    return {};
  }
}

export function EditPolicyPage() {
  const { t } = useSpeech();
  const { file, line } = useSearch({ strict: false }) as { file?: string; line?: number };
  const files = useQuery(q.packFiles());
  return (
    <>
      <PageHead title={t("ed.title")} lead={t("ed.lead")} back={{ to: "/policy", label: t("pol.title") }} />
      <Load query={files} bones={<Bones lines={12} />}>
        {(names) => <Bench names={names} first={file && names.includes(file) ? file : "parameters.yaml"} line={line} />}
      </Load>
    </>
  );
}

function Bench({ names, first, line }: { names: string[]; first: string; line?: number }) {
  const { t } = useSpeech();
  const [file, setFile] = useState(first);
  const [at, setAt] = useState<{ line: number } | undefined>(line ? { line } : undefined); // where the editor is to stand
  const [edits, setEdits] = useState<Edits>(keptEdits);
  const [round, setRound] = useState(0); // goes on when edits are taken back, so that the editor shows the file as it was
  const client = useQueryClient();
  const original = useQuery(q.packFile(file));
  const { trial, trying } = useTrial(edits, file);
  useEffect(() => {
    if (Object.keys(edits).length > 0) localStorage.setItem(kept, JSON.stringify(edits));
    else localStorage.removeItem(kept);
  }, [edits]);

  const change = (name: string, text: string) =>
    setEdits((e) => {
      const { [name]: _, ...rest } = e;
      return text === original.data?.text ? rest : { ...rest, [name]: text };
    });
  const takeBack = (name: string) => {
    setEdits(({ [name]: _, ...rest }) => rest);
    setRound((r) => r + 1);
  };
  /** renew counts a version on in the file that says it. */
  const renew = async (name: string, version: string) => {
    const text = edits[name] ?? (await client.fetchQuery(q.packFile(name))).text;
    const next = text.replace(/^(version:\s*"?)([^"\s]+)/m, (all, key, was) => (was === version ? key + nextVersion(was) : all));
    setEdits((e) => ({ ...e, [name]: next }));
    if (name === file) setRound((r) => r + 1);
  };
  const findings = useMemo(
    () => (trial ? [...trial.findings, ...trial.mechanisms.flatMap((m) => m.verdicts.flatMap((v) => v.findings ?? []))] : []),
    [trial],
  );

  return (
    <div className="stack-l">
      <div className="bench">
        <Sheet
          title={t("ed.file")}
          aside={
            <Select
              showSearch
              aria-label={t("ed.file")}
              className="bench-file"
              value={file}
              onChange={(n) => {
                setFile(n);
                setAt(undefined);
              }}
              options={names.map((n) => ({ value: n, label: edits[n] === undefined ? n : `● ${n}` }))}
            />
          }
          pad={false}
        >
          {Object.keys(edits).length > 0 && (
            <div className="row bench-tokens">
              {Object.keys(edits).map((n) => (
                <Token key={n} label={n} off={() => takeBack(n)} />
              ))}
            </div>
          )}
          <Load query={original} bones={<Bones lines={16} />}>
            {(data) => (
              <Editor
                key={`${file}:${round}`}
                file={file}
                text={edits[file] ?? data.text}
                findings={findings}
                at={at}
                onChange={(text) => change(file, text)}
              />
            )}
          </Load>
        </Sheet>
        <Sheet title={t("ed.outcome")} aside={trying ? <span className="small muted">{t("ed.trying")}</span> : undefined}>
          {trial ? (
            <TrialView
              trial={trial}
              renew={(f, version) => void renew(f, version)}
              goTo={(f, n) => {
                if (!names.includes(f)) return;
                setFile(f);
                setAt({ line: n });
              }}
            />
          ) : (
            <Note status="running">{t("ed.none")}</Note>
          )}
        </Sheet>
      </div>
      <Propose edits={edits} ready={Boolean(trial?.ok) && !trying} done={() => setEdits({})} />
    </div>
  );
}

/** useTrial asks what the edits would do, a moment after the last key. */
function useTrial(edits: Edits, file: string) {
  const { lang } = useSpeech();
  const [trial, setTrial] = useState<Trial | null>(null);
  const [trying, setTrying] = useState(false);
  const draw = /^mechanisms\/(.+)\.yaml$/.exec(file)?.[1];
  useEffect(() => {
    const list = Object.entries(edits).map(([name, text]) => ({ file: name, text }));
    if (list.length === 0) {
      setTrial(null);
      setTrying(false);
      return;
    }
    setTrying(true);
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setTrial(
          await got(
            api.POST("/api/policy/trials", { params: { query: { draw, lang } }, body: { edits: list }, signal: stop.signal }),
          ),
        );
        setTrying(false);
      } catch {
        if (!stop.signal.aborted) setTrying(false); // the banner says that the connection is lost; the next key asks again
      }
    }, 600);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [edits, draw, lang]);
  return { trial, trying };
}

const both = (key: keyof typeof messages) => ({ zh: messages[key][0], en: messages[key][1] });

const proposalForm: Form = {
  name: "proposal",
  title: both("ed.propose"),
  fields: [
    { name: "from", title: both("ed.from"), type: "date" },
    { name: "note", title: both("ed.note"), help: both("ed.note.help"), type: "text", max: 2000 },
  ],
};

function Propose({ edits, ready, done }: { edits: Edits; ready: boolean; done: () => void }) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [values, setValues] = useState<TypedRow>({ from: formatDay(new Date()), note: "" });
  const [issues, setIssues] = useState<Issue[]>([]);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refusal[]>([]);
  const key = useRef(freshKey());

  async function propose() {
    const found = check(proposalForm, values, (f) => tx(f.title));
    setIssues(found);
    setRefused([]);
    if (found.length > 0) return;
    const { from, note } = wireRow(proposalForm.fields, values) as { from: string; note: string };
    setBusy(true);
    try {
      const made = await got(
        api.POST("/api/policy/editions", {
          params: { header: { "Idempotency-Key": key.current } },
          body: { edits: Object.entries(edits).map(([file, text]) => ({ file, text })), from, note },
        }),
      );
      done();
      await client.invalidateQueries({ queryKey: ["editions"] });
      await navigate({ to: "/policy/editions/$id", params: { id: made.id } });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (!error.lost) key.current = freshKey();
      setRefused(error.refusals);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Sheet title={t("ed.propose")} id="propose">
      <div className="stack">
        <p className="muted">{t("ed.propose.lead")}</p>
        <Refusals list={refused} anchor={(f) => fieldId(proposalForm, f)} />
        <FormRenderer form={proposalForm} values={values} onChange={setValues} issues={issues} refusals={refused} />
        <div className="row">
          <Button type="primary" disabled={!ready} loading={busy} onClick={() => void propose()}>
            {t("ed.propose.do")}
          </Button>
          {!ready && <span className="small muted">{t("ed.propose.not")}</span>}
        </div>
      </div>
    </Sheet>
  );
}
