import { Button, Progress } from "antd";
import { useRef, useState } from "react";
import { sendFile } from "../api/client";
import { RefusedError } from "../api/refusals";
import type { Doc } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { Refused } from "../kit/refusals";
import { formatSize } from "../words/size";
import type { ControlProps } from "./control";

const most = 20_000_000;

/** DocumentControl uploads a file and shows the digest that the server took of it: the digest is what the case keeps. */
export function DocumentControl({
  id,
  value,
  onChange,
  invalid,
  describedBy,
  name,
  anonymous,
}: Omit<ControlProps, "value"> & { value: Doc | undefined }) {
  const { t } = useSpeech();
  const file = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; part: number } | null>(null);
  const stop = useRef<AbortController>(undefined);
  const [problem, setProblem] = useState<RefusedError | string | null>(null);

  async function send(chosen: File) {
    setProblem(null);
    if (chosen.size > most) {
      setProblem(t("form.doc.tooLarge", { name: chosen.name, size: formatSize(chosen.size) }));
      return;
    }
    stop.current = new AbortController();
    const told = (part: number) => setSending({ name: chosen.name, part });
    told(0);
    try {
      onChange(await sendFile<Doc>("/api/documents", chosen, told, {}, stop.current.signal));
    } catch (error) {
      if (!stop.current.signal.aborted) setProblem(error instanceof RefusedError ? error : String(error));
    } finally {
      setSending(null);
    }
  }

  if (anonymous) return <span className="muted small">{t("form.doc.signIn")}</span>;
  return (
    <div className="doc-control">
      {value && (
        <div className="doc-file">
          <Icon name="attach" />
          <span className="strong">{value.name}</span>
          <span className="muted nowrap">{formatSize(value.size)}</span>
          <code className="doc-digest" title={t("form.doc.digest")}>
            {value.digest.slice(0, 16)}…
          </code>
          <Button
            type="text"
            size="small"
            className="push"
            aria-label={t("form.doc.remove", { name: value.name })}
            icon={<Icon name="trash" />}
            onClick={() => onChange(undefined)}
          />
        </div>
      )}
      {sending ? (
        <>
          <span role="status" className="doc-sending">
            {t("form.doc.uploading", { name: sending.name })}
            <Progress percent={Math.round(sending.part * 100)} size="small" />
          </span>
          <Button onClick={() => stop.current?.abort()}>{t("form.doc.stop")}</Button>
        </>
      ) : (
        <Button
          id={id}
          aria-label={name ? `${name} ${t("form.doc.choose")}` : undefined}
          aria-describedby={describedBy}
          danger={invalid}
          icon={<Icon name="up" />}
          onClick={() => file.current?.click()}
        >
          {value ? t("form.doc.replace") : t("form.doc.choose")}
        </Button>
      )}
      <input
        ref={file}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        data-for={id}
        onChange={(e) => {
          const chosen = e.target.files?.[0];
          e.target.value = "";
          if (chosen) void send(chosen);
        }}
      />
      {!value && !sending && <span className="muted small">{t("form.doc.hint")}</span>}
      {problem && (
        <span className="field-error" role="alert">
          {typeof problem === "string" ? (
            problem
          ) : problem.refusals[0] ? (
            <Refused reason={problem.refusals[0]} />
          ) : (
            t("load.failed.way")
          )}
        </span>
      )}
    </div>
  );
}
