// The auditor's replay: a file of a draw, drawn again in this browser; a file that was changed by one byte is found.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button, Select, Upload } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { PanelView } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { Lots } from "./lots";
import { type Replayed, replay } from "./replay";

type Done = Replayed & {
  name: string;
  file: string;
  lines?: { zh: string; en?: string }[] | undefined;
  leaf?: string | undefined;
  names: Map<string, string>; // of people, as far as the reader knows them
};

export function ReplayPage() {
  const { t } = useSpeech();
  const [done, setDone] = useState<Done | null>(null);
  return (
    <div className="stack-l panel-page">
      <PageHead title={t("panels.replay")} back={{ to: "/panels", label: t("nav.panels") }} lead={t("replay.lead")} />
      <div className="replay-ways">
        <Sheet title={t("replay.ofcase")}>
          <FromCases show={setDone} />
        </Sheet>
        <Sheet title={t("replay.offile")}>
          <Upload.Dragger
            accept=".json"
            showUploadList={false}
            beforeUpload={(file) => {
              void file
                .text()
                .then(async (text) => setDone({ ...(await replay(text)), file: text, name: file.name, names: new Map() }));
              return false;
            }}
          >
            <p>
              <Icon name="up" /> {t("replay.drop")}
            </p>
            <p className="small muted">{t("replay.local")}</p>
          </Upload.Dragger>
        </Sheet>
      </div>
      {done ? <Result done={done} show={setDone} /> : <How />}
    </div>
  );
}

/** How says, before anything is chosen, why nobody can steer a draw. */
function How() {
  const { t } = useSpeech();
  return (
    <Sheet title={t("replay.how")}>
      <ol className="replay-how">
        {([1, 2, 3, 4, 5] as const).map((n) => (
          <li key={n}>{t(`replay.how.${n}`)}</li>
        ))}
      </ol>
    </Sheet>
  );
}

function FromCases({ show }: { show: (d: Done) => void }) {
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as { case?: string };
  const panels = useQuery(q.panels());
  const [chosen, setChosen] = useState<string | undefined>(search.case);
  const panel = useQuery({ ...q.panel(chosen ?? ""), enabled: Boolean(chosen) });
  const list = panels.data ?? [];
  return (
    <div className="stack">
      <Select
        aria-label={t("replay.case")}
        placeholder={t("replay.case")}
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: "100%" }}
        loading={panels.isLoading}
        value={chosen}
        onChange={setChosen}
        options={list.map((p) => ({ value: p.case, label: p.title }))}
      />
      <div className="row">
        {(panel.data?.draws ?? []).map((d, i) => (
          <Button key={d.id} type="primary" onClick={() => void ofDraw(panel.data, i).then(show)}>
            {t("replay.draw", { n: i + 1 })}
          </Button>
        ))}
        {panel.data && panel.data.draws.length === 0 && <span className="muted">{t("replay.nodraw")}</span>}
        {!chosen && <span className="small muted">{t("replay.case.hint")}</span>}
      </div>
    </div>
  );
}

/** ofDraw replays one of a panel's draws, with the names of those who were asked. */
async function ofDraw(panel: PanelView | undefined, n: number): Promise<Done> {
  const d = panel?.draws[n];
  const file = d?.file ?? "";
  return {
    ...(await replay(file)),
    file,
    name: panel?.title ?? "",
    lines: d?.explained ?? undefined,
    leaf: d?.leaf,
    names: new Map((panel?.invitations ?? []).map((x) => [x.party, x.name])),
  };
}

function Result({ done, show }: { done: Done; show: (d: Done) => void }) {
  const { t, tx } = useSpeech();
  const ok = done.record !== null && done.checks.every((c) => c.ok);
  return (
    <>
      <Note status={ok ? "done" : "returned"} loud>
        <h2>{t(ok ? "replay.true" : "replay.false")}</h2>
        <p>{t("replay.result", { name: done.name })}</p>
      </Note>
      <div className="replay-ways">
        <Sheet title={t("replay.checks")}>
          <div className="stack">
            <ul className="plain stack-s">
              {done.checks.map((c) => (
                <li key={c.what} className="replay-check">
                  <Standing status={c.ok ? "done" : "returned"} icon={c.ok ? undefined : "warn"}>
                    {t(c.ok ? "replay.ok" : "replay.wrong")}
                  </Standing>
                  <span>{t(`replay.check.${c.what}`)}</span>
                </li>
              ))}
            </ul>
            {ok && (
              <p>
                <Button size="small" onClick={() => void spoilt(done).then(show)}>
                  {t("replay.spoil")}
                </Button>{" "}
                <small className="muted">{t("replay.spoil.hint")}</small>
              </p>
            )}
            {done.leaf && (
              <Link to="/journal" search={{ leaf: done.leaf } as never}>
                {t("replay.leaf")}
              </Link>
            )}
          </div>
        </Sheet>
        {done.record && <Lots record={done.record} names={done.names} />}
      </div>
      {ok && done.lines && (
        <Sheet title={t("draws.how")}>
          <ol className="draw-lines">
            {done.lines.map((line, i) => (
              <li key={i}>{tx(line)}</li>
            ))}
          </ol>
        </Sheet>
      )}
      <Elsewhere done={done} />
    </>
  );
}

/** spoilt is the same draw with one digit of its seed changed: what a forger would do, for somebody who wants to see it found. */
async function spoilt(done: Done): Promise<Done> {
  const file = done.file.replace(/("seed":\s*")(.)/, (_all, head: string, c: string) => `${head}${c === "0" ? "1" : "0"}`);
  return { ...done, ...(await replay(file)), file };
}

/** Elsewhere is how to do the same on a computer that this server knows nothing of. */
function Elsewhere({ done }: { done: Done }) {
  const { t } = useSpeech();
  const command = "kechuang replay-draw draw.json";
  const [copied, setCopied] = useState(false);
  return (
    <Sheet title={t("replay.elsewhere")}>
      <div className="stack-s">
        <p className="row">
          <a
            href={URL.createObjectURL(new Blob([done.file], { type: "application/json" }))}
            download="draw.json"
            className="ant-btn ant-btn-default"
          >
            <Icon name="down" size={12} /> {t("draws.save")}
          </a>
          <code>{command}</code>
          <Button
            size="small"
            onClick={() => {
              void navigator.clipboard?.writeText(command);
              setCopied(true);
            }}
          >
            {t(copied ? "act.copied" : "act.copy")}
          </Button>
        </p>
        <p className="small muted">{t("replay.elsewhere.hint")}</p>
      </div>
    </Sheet>
  );
}
