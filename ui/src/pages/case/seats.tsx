import { Link } from "@tanstack/react-router";
import type { View } from "../../api/types";
import { FactRow } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Standing } from "../../kit/standing";
import { Delegate } from "./delegate";
import { Draws } from "./draws";
import { seatTitle } from "./names";

/** Seats says who sits where, how experts were drawn, and lets somebody stand in for the reader. */
export function Seats({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const own = view.mine.filter((s) => !s.includes("."));
  return (
    <div className="stack-l">
      <dl className="facts">
        {view.seats.map((s) => (
          <FactRow key={s.name} label={tx(s.title)}>
            <span className="row">
              {s.holders.length === 0 ? (
                <span className="muted">{t("case.seat.empty")}</span>
              ) : (
                s.holders.map((h, i) =>
                  h.party ? (
                    <Link key={i} to="/register/$id" params={{ id: h.party }}>
                      {h.name}
                    </Link>
                  ) : (
                    <span key={i}>{h.name}</span>
                  ),
                )
              )}
              {view.mine.includes(s.name) && <Standing status="running">{t("case.seat.mine")}</Standing>}
            </span>
          </FactRow>
        ))}
      </dl>
      <Draws view={view} />
      {own.length > 0 && !view.state.end && (
        <Delegate caseId={view.id} seats={own.map((s) => ({ name: s, title: tx(seatTitle(view, s)) }))} />
      )}
    </div>
  );
}
