// The auditor's replay: a file of a draw, drawn again in this browser; a file that was changed by one byte is found.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Select, Upload } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { type Replayed, replay } from "./replay";

type Done = Replayed & { name: string; lines?: { zh: string; en?: string }[]; leaf?: string };

export function ReplayPage() {
  const { t } = useSpeech();
  const [done, setDone] = useState<Done | null>(null);
  return (
    <div className="stack-l panel-page">
      <PageHead title={t("panels.replay")} back={{ to: "/panels", label: t("nav.panels") }} lead={t("replay.lead")} />
      <Sheet title={t("replay.choose")}>
        <div className="stack">
          <FromCases show={setDone} />
          <Upload.Dragger
            accept=".json"
            showUploadList={false}
            beforeUpload={(file) => {
              void file.text().then(async (text) => setDone({ ...(await replay(text)), name: file.name }));
              return false;
            }}
          >
            <p>
              <Icon name="up" /> {t("replay.drop")}
            </p>
            <p className="small muted">{t("replay.local")}</p>
          </Upload.Dragger>
        </div>
      </Sheet>
      {done && <Result done={done} />}
    </div>
  );
}

function FromCases({ show }: { show: (d: Done) => void }) {
  const { t } = useSpeech();
  const panels = useQuery(q.panels());
  const [chosen, setChosen] = useState<string>();
  const panel = useQuery({ ...q.panel(chosen ?? ""), enabled: Boolean(chosen) });
  const list = panels.data ?? [];
  if (list.length === 0) return null;
  return (
    <div className="row">
      <Select
        aria-label={t("replay.case")}
        placeholder={t("replay.case")}
        showSearch={{ optionFilterProp: "label" }}
        style={{ minWidth: 280, flex: 1 }}
        value={chosen}
        onChange={setChosen}
        options={list.map((p) => ({ value: p.case, label: p.title }))}
      />
      {(panel.data?.draws ?? []).map((d, i) => (
        <Button
          key={d.id}
          onClick={() =>
            void replay(d.file ?? "").then((r) =>
              show({ ...r, name: panel.data?.title ?? d.id, lines: d.explained ?? undefined, leaf: d.leaf }),
            )
          }
        >
          {t("replay.draw", { n: i + 1 })}
        </Button>
      ))}
      {panel.data && panel.data.draws.length === 0 && <span className="muted">{t("replay.nodraw")}</span>}
    </div>
  );
}

function Result({ done }: { done: Done }) {
  const { t, tx } = useSpeech();
  const ok = done.record !== null && done.checks.every((c) => c.ok);
  const r = done.record;
  return (
    <Sheet title={t("replay.result", { name: done.name })}>
      <div className="stack">
        <Note status={ok ? "done" : "returned"} loud>
          <h2>{t(ok ? "replay.true" : "replay.false")}</h2>
        </Note>
        <ul className="plain stack-s">
          {done.checks.map((c) => (
            <li key={c.what}>
              <Standing status={c.ok ? "done" : "returned"} icon={c.ok ? undefined : "warn"}>
                {t(c.ok ? "replay.ok" : "replay.wrong")}
              </Standing>{" "}
              {t(`replay.check.${c.what}`)}
            </li>
          ))}
        </ul>
        {done.lines && (
          <ol className="draw-lines">
            {done.lines.map((line, i) => (
              <li key={i}>{tx(line)}</li>
            ))}
          </ol>
        )}
        {done.leaf && (
          <p>
            <Link to="/journal" search={{ leaf: done.leaf } as never}>
              {t("replay.leaf")}
            </Link>
          </p>
        )}
        {r && (
          <p className="muted">
            {t("replay.numbers", {
              pool: r.pool.length,
              excluded: (r.excluded ?? []).length,
              size: r.criteria.size,
              left: (r.left ?? []).length,
            })}
          </p>
        )}
      </div>
    </Sheet>
  );
}
