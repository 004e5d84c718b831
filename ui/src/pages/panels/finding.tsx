// What speaks against an expert: the reason, how sure it is, its evidence and the rule behind it.
import type { PanelExpert } from "../../api/types";
import type { IconName } from "../../design/icons";
import type { Status } from "../../design/tokens";
import { useSpeech } from "../../i18n";
import { Standing } from "../../kit/standing";

const graveness: Record<string, [Status, IconName]> = {
  forbidden: ["returned", "stop"],
  approval: ["waiting", "warn"],
  warn: ["running", "info"],
};

/** Severity says in one word whether somebody may be invited. */
export function Severity({ expert: x }: { expert: PanelExpert }) {
  const { t } = useSpeech();
  if (x.barred) return <Standing status="stopped">{t("panels.barred", { by: x.barred })}</Standing>;
  if (!x.severity) return <Standing status="done">{t("panels.free")}</Standing>;
  const [status, icon] = graveness[x.severity] ?? ["running", "info"];
  return (
    <Standing status={status} icon={icon}>
      {t(`panels.severity.${x.severity}`)}
    </Standing>
  );
}

/** Findings are what speaks against an expert, each with its evidence; `note` is the number under which the rule stands below the table. */
export function Findings({ expert: x, note }: { expert: PanelExpert; note: (rule: string) => number }) {
  const { t, tx } = useSpeech();
  if (x.findings.length === 0) return <span className="muted">{t("panels.findings.none")}</span>;
  return (
    <ul className="plain stack-s">
      {x.findings.map((f) => (
        <li key={f.id} className={f.counts ? undefined : "muted"}>
          <span className={f.counts ? undefined : "struck"}>{tx(f.text)}</span>
          {f.rule && (
            <span title={f.rule} className="pool-note">
              <span className="visually-hidden">{t("refuse.basis", { rule: f.rule })}</span>
              <sup aria-hidden="true">[{note(f.rule)}]</sup>
            </span>
          )}
          <br />
          <small className="muted">
            {[
              t(`panels.sure.${f.sure}`),
              !f.counts && t("panels.waived"),
              f.evidence.length > 0 && t("panels.evidence", { list: f.evidence.join(t("word.comma")) }),
              t("panels.number", { id: f.id.slice(0, 8) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </small>
        </li>
      ))}
    </ul>
  );
}
