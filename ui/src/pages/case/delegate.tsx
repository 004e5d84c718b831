// Letting a colleague stand in: in one case, or in all of them; for a time, ended at any moment.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Refusals } from "../../kit/refusals";
import { formatDay, formatLastDay, parseDate } from "../../words/date";

/** The case that stands for all cases. */
export const everyCase = "-";

const midnight = (day: string, plus = 0) =>
  new Date(new Date(`${day}T00:00:00+08:00`).getTime() + plus * 86_400_000).toISOString();

export function Delegate({ caseId, seats }: { caseId: string; seats: { name: string; title: string }[] }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const colleagues = useQuery(q.colleagues());
  const list = useQuery(q.delegations(caseId === everyCase ? "" : caseId));
  const [fields, setFields] = useState({ seat: "", to: "", from: formatDay(new Date()), until: "" });
  const { busy, refusals, send } = useSending();
  const [from, until] = [parseDate(fields.from), parseDate(fields.until)];

  const nameOf = (account: string) => colleagues.data?.find((c) => c.account === account)?.name ?? account;

  const run = (work: () => Promise<unknown>) =>
    send(async () => {
      await work();
      await client.invalidateQueries({ queryKey: ["delegations"] });
    });
  const give = () =>
    run(async () => {
      if (!from || !until) return;
      const body = { seat: fields.seat || undefined, to: fields.to, from: midnight(from), until: midnight(until, 1) };
      await got(api.POST("/api/cases/{id}/delegations", { params: { path: { id: caseId } }, body }));
      void message.success(t("case.delegate.done", { name: nameOf(body.to) }));
      setFields({ ...fields, to: "", until: "" });
    });

  const set = (name: keyof typeof fields) => (e: React.ChangeEvent<HTMLInputElement>) =>
    setFields({ ...fields, [name]: e.target.value });
  const seatWord = (name: string | undefined) => seats.find((s) => s.name === name)?.title ?? name ?? t("case.delegate.all");
  return (
    <section className="stack-s" aria-label={t("case.delegate")}>
      {caseId !== everyCase && <h2>{t("case.delegate")}</h2>}
      <p className="muted">{caseId === everyCase ? t("case.delegate.lead.all") : t("case.delegate.lead")}</p>
      <Refusals list={refusals} />
      <form
        className="inline-form"
        onSubmit={(e) => {
          e.preventDefault();
          void give();
        }}
      >
        {seats.length > 0 && (
          <div className="field">
            <label className="field-label" htmlFor="d-seat">
              {t("case.delegate.seat")}
            </label>
            <Select
              id="d-seat"
              style={{ minWidth: 160 }}
              value={fields.seat}
              options={[{ value: "", label: t("case.delegate.all") }, ...seats.map((s) => ({ value: s.name, label: s.title }))]}
              onChange={(seat) => setFields({ ...fields, seat })}
            />
          </div>
        )}
        <div className="field">
          <label className="field-label" htmlFor="d-to">
            {t("case.delegate.to")}
          </label>
          <Select
            id="d-to"
            style={{ minWidth: 200 }}
            value={fields.to || undefined}
            placeholder={t("form.choice")}
            notFoundContent={t("case.delegate.nobody")}
            options={(colleagues.data ?? []).map((c) => ({ value: c.account, label: c.name }))}
            onChange={(to: string) => setFields({ ...fields, to })}
          />
        </div>
        <label className="field">
          <span className="field-label">{t("case.delegate.from")}</span>
          <Input className="plain-number" value={fields.from} onChange={set("from")} />
        </label>
        <label className="field">
          <span className="field-label">{t("case.delegate.until")}</span>
          <Input className="plain-number" value={fields.until} placeholder={t("form.date.hint")} onChange={set("until")} />
        </label>
        <Button htmlType="submit" loading={busy} disabled={!from || !until || !fields.to}>
          {t("case.delegate.do")}
        </Button>
      </form>
      <h3>{t("case.delegations")}</h3>
      {list.data && list.data.length > 0 ? (
        <ul className="stack-s">
          {list.data.map((d) => (
            <li key={d.id} className="row">
              <span>
                {seatWord(d.seat)} → {nameOf(d.to)}
              </span>
              <span className="muted">{t("time.from", { from: formatDay(d.from), to: formatLastDay(d.until) })}</span>
              <Button
                type="text"
                size="small"
                aria-label={t("case.delegate.end", { name: nameOf(d.to) })}
                icon={<Icon name="cross" />}
                onClick={() => void run(() => got(api.DELETE("/api/delegations/{id}", { params: { path: { id: d.id } } })))}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t("case.delegations.none")}</p>
      )}
    </section>
  );
}
