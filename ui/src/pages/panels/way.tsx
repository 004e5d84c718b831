// Where a panel stands on its way from the pool to the review, what is next, and whose turn it is: the same on the list and on its page.
import type { PanelItem } from "../../api/types";
import { Icon } from "../../design/icons";
import { type Key, useSpeech } from "../../i18n";
import { Due } from "../../kit/figures";

/** The stages of a panel, in order. */
export const stages = ["pool", "conflicts", "draw", "invite", "review"] as const;

export type Next = { at: number; key: Key; n: number; mine: boolean; due?: string };

/** nextOf says at which stage a panel is, what is to be done there and whether that is the reader's. */
export function nextOf(p: PanelItem): Next {
  if (p.stage === "over") return { at: stages.length, key: "panels.next.over", n: 0, mine: false };
  const lacks = p.wanted > 0;
  const turn = p.may && lacks;
  if (p.stage === "reviewing")
    return lacks
      ? { at: 4, key: "panels.next.replace", n: p.wanted, mine: turn }
      : { at: 4, key: p.invited > 0 ? "panels.next.late" : "panels.next.review", n: p.invited, mine: false };
  if (lacks) return { at: 2, key: p.accepted + p.invited > 0 ? "panels.next.more" : "panels.next.draw", n: p.wanted, mine: turn };
  if (p.invited > 0)
    return { at: 3, key: "panels.next.answer", n: p.invited, mine: false, ...(p.answer ? { due: p.answer } : {}) };
  return { at: 4, key: "panels.next.start", n: p.accepted, mine: p.may };
}

/** NextWords is what is next, in a line; what is the reader's turn stands out. */
export function NextWords({ next }: { next: Next }) {
  const { t } = useSpeech();
  return (
    <span className={next.mine ? "next-words strong" : "next-words"}>
      {next.mine && <Icon name="arrow" size={12} />}
      {t(next.key, { n: next.n })}
      {next.due && (
        <span className="next-due">
          {t("panels.next.by")} <Due at={next.due} />
        </span>
      )}
    </span>
  );
}

/** Steps is the way in five small pieces, for a row of a list. */
export function Steps({ at }: { at: number }) {
  const { t } = useSpeech();
  const name = t(at < stages.length ? `panels.step.${stages[at] ?? "review"}` : "panels.step.done");
  return (
    <span className="steps" role="img" aria-label={t("panels.at", { stage: name, n: Math.min(at + 1, 5) })}>
      <span aria-hidden="true">
        {stages.map((s, i) => (
          <i key={s} className={i < at ? "past" : i === at ? "now" : undefined} />
        ))}
      </span>
      <small aria-hidden="true">{name}</small>
    </span>
  );
}

/** Pips is the panel as people: filled who accepted, half who was asked, hollow who is lacking. */
export function Pips({ panel: p }: { panel: Pick<PanelItem, "accepted" | "invited" | "wanted" | "dropped"> }) {
  const { t } = useSpeech();
  const words = [
    p.accepted > 0 && t("panels.accepted", { n: p.accepted }),
    p.invited > 0 && t("panels.invited", { n: p.invited }),
    p.wanted > 0 && t("panels.wanted", { n: p.wanted }),
    p.dropped > 0 && t("panels.dropped", { n: p.dropped }),
  ].filter(Boolean);
  const shown = (n: number) => Array.from({ length: Math.min(n, 12) }, (_, i) => i);
  return (
    <span className="pips">
      <span className="pips-row" aria-hidden="true">
        {shown(p.accepted).map((i) => (
          <i key={`a${i}`} className="in" />
        ))}
        {shown(p.invited).map((i) => (
          <i key={`b${i}`} className="asked" />
        ))}
        {shown(p.wanted).map((i) => (
          <i key={`c${i}`} />
        ))}
      </span>
      <small className="muted">{words.join(t("word.comma"))}</small>
    </span>
  );
}
