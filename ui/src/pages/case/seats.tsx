import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { View } from "../../api/types";
import { FactRow } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";
import { formatDay, formatLastDay, parseDate } from "../../words/date";
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
      {own.length > 0 && !view.state.end && <Delegate view={view} seats={own} />}
    </div>
  );
}

function Delegate({ view, seats }: { view: View; seats: string[] }) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const list = useQuery(q.delegations(view.id));
  const [fields, setFields] = useState({ seat: seats[0] ?? "", to: "", from: formatDay(new Date()), until: "" });
  const [refused, setRefused] = useState<Refusal[]>([]);
  const [busy, setBusy] = useState(false);
  const [from, until] = [parseDate(fields.from), parseDate(fields.until)];

  async function send() {
    if (!from || !until) return;
    setBusy(true);
    setRefused([]);
    try {
      const end = new Date(`${until}T00:00:00+08:00`).getTime() + 86_400_000;
      const given = await got(
        api.POST("/api/cases/{id}/delegations", {
          params: { path: { id: view.id } },
          body: {
            seat: fields.seat,
            to: fields.to.trim(),
            from: new Date(`${from}T00:00:00+08:00`).toISOString(),
            until: new Date(end).toISOString(),
          },
        }),
      );
      void message.success(t("case.delegate.done", { name: given.name ?? fields.to }));
      setFields({ ...fields, to: "", until: "" });
      await client.invalidateQueries({ queryKey: ["delegations", view.id] });
    } catch (error) {
      setRefused(error instanceof RefusedError ? error.refusals : []);
    } finally {
      setBusy(false);
    }
  }

  const set = (name: keyof typeof fields) => (e: React.ChangeEvent<HTMLInputElement>) =>
    setFields({ ...fields, [name]: e.target.value });
  return (
    <section className="stack-s" aria-label={t("case.delegate")}>
      <h2>{t("case.delegate")}</h2>
      <p className="muted">{t("case.delegate.lead")}</p>
      <Refusals list={refused} />
      <form
        className="inline-form"
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <div className="field">
          <label className="field-label" htmlFor="d-seat">
            {t("case.delegate.seat")}
          </label>
          <Select
            id="d-seat"
            style={{ minWidth: 160 }}
            value={fields.seat}
            options={seats.map((s) => ({ value: s, label: tx(seatTitle(view, s)) }))}
            onChange={(seat) => setFields({ ...fields, seat })}
          />
        </div>
        <label className="field">
          <span className="field-label">{t("case.delegate.to")}</span>
          <Input value={fields.to} onChange={set("to")} />
        </label>
        <label className="field">
          <span className="field-label">{t("case.delegate.from")}</span>
          <Input className="plain-number" value={fields.from} onChange={set("from")} />
        </label>
        <label className="field">
          <span className="field-label">{t("case.delegate.until")}</span>
          <Input className="plain-number" value={fields.until} placeholder={t("form.date.hint")} onChange={set("until")} />
        </label>
        <Button htmlType="submit" loading={busy} disabled={!from || !until || !fields.to.trim()}>
          {t("case.delegate.do")}
        </Button>
      </form>
      <h3>{t("case.delegations")}</h3>
      {list.data && list.data.length > 0 ? (
        <ul className="stack-s">
          {list.data.map((d) => (
            <li key={d.id ?? d.to}>
              {tx(seatTitle(view, d.seat))} → {d.name ?? d.to}{" "}
              <span className="muted">{t("time.from", { from: formatDay(d.from), to: formatLastDay(d.until) })}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t("case.delegations.none")}</p>
      )}
    </section>
  );
}
