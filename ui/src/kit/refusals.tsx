import { type Refusal, useRefusalText } from "../api/refusals";
import { useSpeech } from "../i18n";
import { Note } from "./note";

/** Refused is one reason: the sentence, the document behind it, and the way out. */
export function Refused({ reason }: { reason: Refusal }) {
  const { t } = useSpeech();
  const { text, way } = useRefusalText(reason);
  return (
    <>
      <span>{text}</span>
      {way && <span className="refused-more">{t("refuse.way", { way })}</span>}
      {reason.rule && <span className="refused-more">{t("refuse.basis", { rule: reason.rule })}</span>}
    </>
  );
}

/** Refusals is the list on top of a form or page; each reason leads to its field where it has one. */
export function Refusals({ list, anchor }: { list: Refusal[]; anchor?: (field: string) => string | null }) {
  const { t } = useSpeech();
  if (list.length === 0) return null;
  const placed = list.filter((r) => r.field && anchor?.(r.field)).length;
  return (
    <Note status="returned" loud>
      <h2>{placed > 0 ? t("refuse.count", { n: list.length }) : t("refuse.one")}</h2>
      <ol className="refusals">
        {list.map((reason, i) => {
          const target = reason.field ? anchor?.(reason.field) : null;
          return (
            <li key={i}>
              {target ? (
                <a
                  href={`#${target}`}
                  onClick={(e) => {
                    e.preventDefault();
                    const el = document.getElementById(target);
                    el?.scrollIntoView({ block: "center" });
                    (el?.matches("input,textarea,button,select,[tabindex]")
                      ? el
                      : el?.querySelector<HTMLElement>("input,textarea,button,select")
                    )?.focus();
                  }}
                >
                  <Refused reason={reason} />
                </a>
              ) : (
                <Refused reason={reason} />
              )}
            </li>
          );
        })}
      </ol>
    </Note>
  );
}
