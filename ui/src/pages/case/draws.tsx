import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { View } from "../../api/types";
import { Icon } from "../../design/icons";
import { FactRow } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { Standing } from "../../kit/standing";

type Draw = View["draws"][number];

/** Draws tells officers and auditors how experts were drawn, in ten lines, and gives the record with which anyone can draw again. */
export function Draws({ view }: { view: View }) {
  const { t } = useSpeech();
  if (view.draws.length === 0) return null;
  return (
    <section className="stack-s" aria-label={t("case.draws")}>
      <h2>{t("case.draws")}</h2>
      <p className="muted">{t("case.draws.hint")}</p>
      {view.draws.map((d) => (
        <OneDraw key={d.id} draw={d} />
      ))}
    </section>
  );
}

function OneDraw({ draw: d }: { draw: Draw }) {
  const { t, tx } = useSpeech();
  return (
    <dl className="facts">
      <FactRow label={t("case.history.proof")}>
        <span className="row">
          <Standing status={d.wrong ? "returned" : "done"} icon={d.wrong ? "warn" : undefined}>
            {d.wrong || t("case.draws.holds")}
          </Standing>
          <Link to="/journal" search={{ leaf: d.leaf }}>
            {t("jr.leaf")}
          </Link>
        </span>
      </FactRow>
      <FactRow label={t("col.time")}>
        <Moment at={d.at} /> · {t("case.draws.pool", { pool: d.pool, excluded: d.excluded, drawn: d.drawn })}
      </FactRow>
      {d.explained ? (
        <FactRow label={t("draws.how")}>
          <ol className="draw-lines">
            {d.explained.map((line, i) => (
              <li key={i}>{tx(line)}</li>
            ))}
          </ol>
        </FactRow>
      ) : (
        <FactRow label={t("case.draws.seed")}>
          <Digest value={d.seed} short={false} />
        </FactRow>
      )}
      <FactRow label={t("case.draws.commitment")}>
        <Digest value={d.commitment} short={false} />
      </FactRow>
      <FactRow label={t("draws.changes")}>
        {d.changed === 0 ? (
          t("draws.changes.none")
        ) : (
          <details>
            <summary>{t("draws.changes.n", { n: d.changed })}</summary>
            <ul className="plain stack-s">
              {d.changes.map((c) => (
                <li key={`${c.party} ${c.revision}`}>
                  <Moment at={c.at} /> · {c.name}：
                  {c.fields.map((f) => `${tx(f.title)} ${f.from || t("word.none")} → ${f.to || t("word.none")}`).join("；")}（
                  {c.who}）
                </li>
              ))}
            </ul>
          </details>
        )}
      </FactRow>
      {d.file && (
        <FactRow label={t("draws.record")}>
          <Button icon={<Icon name="down" />} onClick={() => save(d)}>
            {t("draws.save")}
          </Button>
          <p className="muted">{t("draws.replay")}</p>
        </FactRow>
      )}
    </dl>
  );
}

/** save hands the record over as the bytes that the replay reads: one changed byte would be found. */
function save(d: Draw) {
  const url = URL.createObjectURL(new Blob([d.file ?? ""], { type: "application/json" }));
  const a = document.createElement("a");
  a.href = url;
  a.download = `${d.id}.draw.json`;
  a.click();
  URL.revokeObjectURL(url);
}
