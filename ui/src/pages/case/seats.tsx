import { Link } from "@tanstack/react-router";
import type { View } from "../../api/types";
import { FactRow } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { Standing } from "../../kit/standing";
import { Delegate } from "./delegate";
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
      {view.draws.length > 0 && (
        <section className="stack-s" aria-label={t("case.draws")}>
          <h2>{t("case.draws")}</h2>
          <p className="muted">{t("case.draws.hint")}</p>
          {view.draws.map((d) => (
            <dl key={d.id} className="facts">
              <FactRow label={t("case.history.proof")}>
                <span className="row">
                  <Standing status={d.wrong ? "returned" : "done"}>{d.wrong || t("case.draws.holds")}</Standing>
                  <Link to="/journal" search={{ leaf: d.leaf }}>
                    {t("jr.leaf")}
                  </Link>
                </span>
              </FactRow>
              <FactRow label={t("col.time")}>
                <Moment at={d.at} /> · {t("case.draws.pool", { pool: d.pool, excluded: d.excluded, drawn: d.drawn })}
              </FactRow>
              <FactRow label={t("case.draws.commitment")}>
                <Digest value={d.commitment} short={false} />
              </FactRow>
              {d.seed && (
                <FactRow label={t("case.draws.seed")}>
                  <Digest value={d.seed} short={false} />
                </FactRow>
              )}
            </dl>
          ))}
        </section>
      )}
      {own.length > 0 && !view.state.end && (
        <Delegate caseId={view.id} seats={own.map((s) => ({ name: s, title: tx(seatTitle(view, s)) }))} />
      )}
    </div>
  );
}
