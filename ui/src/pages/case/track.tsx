// The line of where a case stands: where it has been, where it is and until when, and where it can go from here.
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { View } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Due } from "../../kit/figures";
import { standingOf } from "../../kit/standing";
import { formatDay } from "../../words/date";
import { wasReturned } from "./names";

/** How many past states are shown before the way is folded. */
const room = 5;

type Stop = { title: string; from: string; times: number };

/** stopsOf is the way so far, each state once, in the order in which it was last entered. */
export function stopsOf(view: View, tx: (t: View["state"]["title"] | undefined) => string): Stop[] {
  const stops: Stop[] = [];
  let since = view.opened;
  for (const h of view.history) {
    if (h.record !== view.id || !h.to || tx(h.to) === tx(h.from)) continue;
    const title = tx(h.from);
    if (title) {
      const before = stops.findIndex((s) => s.title === title);
      const times = before >= 0 ? (stops.splice(before, 1)[0]?.times ?? 0) + 1 : 1;
      stops.push({ title, from: since, times });
    }
    since = h.at;
  }
  return stops.filter((s) => s.title !== tx(view.state.title));
}

export function Track({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const mechanism = useQuery(q.mechanism(view.mechanism.name));
  const [whole, setWhole] = useState(false);
  const stops = stopsOf(view, tx);
  // A long way is folded in its middle, so that where the case stands is always in sight.
  const shown: (Stop | null)[] =
    whole || stops.length <= room + 1 ? stops : [...stops.slice(0, 1), null, ...stops.slice(1 - room)];
  const state = mechanism.data?.machines[0]?.states.find((s) => s.name === view.state.name);
  const ways = [...(state?.steps ?? []).flatMap((s) => s.to), ...(state?.deadline?.to ?? [])].filter(
    (w) => w.state !== view.state.name,
  );
  const next = Array.from(new Map(ways.map((w) => [w.state, tx(w.title)])).values());
  const own = view.history.filter((h) => h.record === view.id && h.to);
  const since = own[own.length - 1]?.at ?? view.opened;
  const status = standingOf(view.state, { returned: wasReturned(view) });

  return (
    <section className="track" aria-label={t("case.track")}>
      <ol>
        {shown.map((s) =>
          s === null ? (
            <li key="between" className="stop past">
              <span className="dot" />
              <Button type="link" size="small" className="plain-link" onClick={() => setWhole(true)}>
                {t("case.track.more", { n: stops.length - room })}
              </Button>
            </li>
          ) : (
            <li key={s.title} className="stop past">
              <span className="dot">
                <Icon name="check" size={12} />
              </span>
              <span className="stop-title">{s.title}</span>
              <span className="small muted">
                {formatDay(s.from)}
                {s.times > 1 && ` · ${t("case.times", { n: s.times })}`}
              </span>
            </li>
          ),
        )}
        <li className={`stop now s-${status}`} aria-current="step">
          <span className="dot" />
          <span className="stop-title">{tx(view.state.title)}</span>
          <span className="small">{formatDay(since)}</span>
        </li>
        {!view.state.end && next.length > 0 && (
          <li className="stop ahead">
            <span className="dot" />
            <span className="stop-title">{t("case.next")}</span>
            <span className="small muted">
              {next.length === 1 ? next[0] : t("case.next.either", { states: next.join(t("word.and")) })}
            </span>
          </li>
        )}
      </ol>
      <p className="track-due">
        {view.state.end ? (
          t("case.ended")
        ) : view.due ? (
          <>
            <Icon name="clock" size={12} /> {t("col.due")} <Due at={view.due} workdays={view.workdays} />
            {view.then && tx(view.then) && <span className="muted"> {t("case.then", { result: tx(view.then) })}</span>}
          </>
        ) : (
          <span className="muted">{t("case.no.deadline")}</span>
        )}
      </p>
    </section>
  );
}
