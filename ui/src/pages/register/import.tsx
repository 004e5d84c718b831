import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Progress, Radio } from "antd";
import { useRef, useState } from "react";
import { api, got, sendFile } from "../../api/client";
import { q } from "../../api/queries";
import { RefusedError } from "../../api/refusals";
import type { components } from "../../api/schema";
import type { Import, Sheet } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Failed, Load } from "../../kit/load";
import { Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { type Column, Table } from "../../kit/table";

/** ImportPage leads through a file: template, upload and check, what was found, confirm. Its import stands in the address, so that it can be left and found again. */
export function ImportPage() {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as { id?: string; kind?: string };
  const navigate = useNavigate();
  const sheets = useQuery(q.sheets());
  const running = useQuery({ ...q.importState(search.id ?? ""), enabled: !!search.id });
  return (
    <>
      <PageHead title={t("imp.title")} lead={t("imp.lead")} back={{ to: "/register", label: t("reg.title") }} />
      <Load query={sheets}>
        {(list) => {
          const kind = list.find((s) => s.kind === (running.data?.kind ?? search.kind)) ?? list[0];
          if (!kind) return <Empty icon="register" title={t("imp.none")} />;
          return (
            <ol className="steps">
              <li className="sheet sheet-pad stack">
                <h2>{t("imp.step.1")}</h2>
                {list.length > 1 && (
                  <Radio.Group
                    aria-label={t("imp.kind")}
                    value={kind.kind}
                    disabled={!!search.id}
                    options={list.map((s) => ({ value: s.kind, label: tx(s.title) }))}
                    onChange={(e) =>
                      void navigate({ to: "/register/import", search: { kind: String(e.target.value) }, replace: true })
                    }
                  />
                )}
                <div>
                  <a href={`/api/sheets/${kind.kind}/template.xlsx`} download>
                    <Button tabIndex={-1} icon={<Icon name="down" />}>
                      {t("imp.template")}
                    </Button>
                  </a>
                </div>
                <Columns sheet={kind} />
              </li>
              <li className="sheet sheet-pad stack">
                <h2>{t("imp.step.2")}</h2>
                <Upload key={kind.kind} kind={kind.kind} id={search.id} />
              </li>
              {search.id && (
                <li className="sheet sheet-pad stack">
                  <h2>{t("imp.step.3")}</h2>
                  <Load query={running}>{(data) => <Found state={data} />}</Load>
                </li>
              )}
            </ol>
          );
        }}
      </Load>
    </>
  );
}

function Columns({ sheet }: { sheet: Sheet }) {
  const { t, tx } = useSpeech();
  const columns: Column<Sheet["columns"][number]>[] = [
    { key: "title", title: t("imp.column"), main: true, cell: (c) => tx(c.title) },
    { key: "required", title: t("imp.required"), cell: (c) => (c.required ? t("act.yes") : "") },
    { key: "help", title: t("imp.column.help"), cell: (c) => [tx(c.note), c.example].filter(Boolean).join(" · ") },
  ];
  return (
    <details>
      <summary>{t("imp.columns")}</summary>
      <Table name={t("imp.columns")} rows={sheet.columns} columns={columns} rowKey={(c) => c.key} />
    </details>
  );
}

function Upload({ kind, id }: { kind: string; id?: string }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const file = useRef<HTMLInputElement>(null);
  const [part, setPart] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  async function send(chosen: File) {
    setError(null);
    setPart(0);
    try {
      const state = await sendFile<Import>(`/api/sheets/${kind}/imports`, chosen, setPart);
      await navigate({ to: "/register/import", search: { kind, id: state.id }, replace: true });
    } catch (problem) {
      setError(problem);
    } finally {
      setPart(null);
    }
  }
  return (
    <>
      {error !== null && <Failed error={error} />}
      {part !== null ? (
        <div role="status">
          {t("imp.uploading")}
          <Progress percent={Math.round(part * 100)} />
        </div>
      ) : (
        <div>
          <Button type={id ? "default" : "primary"} icon={<Icon name="up" />} onClick={() => file.current?.click()}>
            {id ? t("imp.again") : t("imp.choose")}
          </Button>
        </div>
      )}
      <input
        ref={file}
        type="file"
        accept=".xlsx,.csv,.tsv"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(e) => {
          const chosen = e.target.files?.[0];
          e.target.value = "";
          if (chosen) void send(chosen);
        }}
      />
    </>
  );
}

function Found({ state }: { state: Import }) {
  const { t, tx } = useSpeech();
  const client = useQueryClient();
  const messages = useQuery(q.importMessages(state.id, state.state));
  const [error, setError] = useState<RefusedError | null>(null);
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<Import>) {
    setBusy(true);
    setError(null);
    try {
      client.setQueryData(["import", state.id], await work());
      await client.invalidateQueries({ queryKey: ["import", state.id] });
      await client.invalidateQueries({ queryKey: ["parties"] });
    } catch (problem) {
      if (!(problem instanceof RefusedError)) throw problem;
      setError(problem);
    } finally {
      setBusy(false);
    }
  }
  const path = { params: { path: { id: state.id } } };
  const working = state.state === "checking" || state.state === "running";
  return (
    <div className="stack">
      <p>
        <Icon name="attach" size={12} /> {state.name}
      </p>
      {error && <Failed error={error} />}
      {working && (
        <div role="status">
          {t(state.state === "checking" ? "imp.checking" : "imp.entering", { done: state.done, total: state.total })}
          <Progress percent={state.total > 0 ? Math.floor((state.done / state.total) * 100) : 0} />
          <p className="small muted">{t("imp.leave")}</p>
        </div>
      )}
      {state.notes.length > 0 && (
        <Note status="waiting">
          {state.notes.map((n, i) => (
            <p key={i}>{tx(n)}</p>
          ))}
        </Note>
      )}
      {state.state === "stopped" && <Note status="stopped">{t("imp.stopped", { n: state.written })}</Note>}
      {state.state === "checked" && (
        <Note status={state.bad > 0 ? "waiting" : "done"}>{t("imp.checked", { good: state.good, bad: state.bad })}</Note>
      )}
      {state.state === "done" && (
        <Note status="done" loud>
          <p>{t("imp.entered", { good: state.written })}</p>
          {state.bad > 0 && <p>{t("imp.entered.bad", { bad: state.bad })}</p>}
          <Link to={state.kind === "party" ? "/register" : "/cases"}>
            {t(state.kind === "party" ? "imp.back" : "imp.back.cases")}
          </Link>
        </Note>
      )}
      {(messages.data ?? []).length > 0 && <Remarks list={messages.data ?? []} />}
      <div className="row">
        {state.state === "checked" && state.good > 0 && (
          <Button
            type="primary"
            loading={busy}
            onClick={() =>
              void run(() => got(api.POST("/api/imports/{id}/confirm", { ...path, body: { skipBad: state.bad > 0 } })))
            }
          >
            {t("imp.confirm", { good: state.good })}
          </Button>
        )}
        {!working && state.bad > 0 && (
          <a href={`/api/imports/${state.id}/marked.xlsx`} download>
            <Button tabIndex={-1} icon={<Icon name="down" />}>
              {t("imp.marked")}
            </Button>
          </a>
        )}
        {(working || state.state === "checked") && (
          <Button loading={busy} onClick={() => void run(() => got(api.POST("/api/imports/{id}/stop", path)))}>
            {t("imp.stop")}
          </Button>
        )}
      </div>
    </div>
  );
}

type Remark = components["schemas"]["Message"];

/** Remarks lists what is to be mended, by row and column; all of them stand in the marked copy too. */
function Remarks({ list }: { list: Remark[] }) {
  const { t, tx } = useSpeech();
  const columns: Column<Remark>[] = [
    { key: "row", title: t("imp.row"), main: true, width: 80, cell: (m) => m.line },
    { key: "column", title: t("imp.column"), cell: (m) => m.column },
    {
      key: "wrong",
      title: t("imp.wrong"),
      cell: (m) => (
        <>
          {tx(m.text)}
          {m.way && tx(m.way) && <span className="refused-more">{t("refuse.way", { way: tx(m.way) })}</span>}
        </>
      ),
    },
  ];
  return (
    <>
      {list.length >= 100 && <p className="small muted">{t("imp.first", { n: list.length })}</p>}
      <Table name={t("imp.wrong")} rows={list} columns={columns} rowKey={(m) => `${m.line}-${m.column}-${m.id}`} />
    </>
  );
}
