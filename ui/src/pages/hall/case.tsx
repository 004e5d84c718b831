import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../../api/queries";
import type { View } from "../../api/types";
import { FormFacts, Names } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Due, Moment } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { daysLeft, formatDay } from "../../words/date";
import { MoneyTab } from "../case/money";
import { Notices } from "../case/notices";
import { Objection } from "./objection";

export function HallCasePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const view = useQuery(q.hallCase(id));
  return (
    <Load page query={view} bones={<Bones lines={12} height={24} />}>
      {(data) => (
        <Names value={data.names ?? {}}>
          <HallCase view={data} />
        </Names>
      )}
    </Load>
  );
}

function HallCase({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const running = view.notices.find((n) => n.state === "running" && daysLeft(n.to) > 0);
  const objection = view.options.find((o) => !o.record && o.part && o.form);
  const poster = view.seats.find((s) => s.holders.some((h) => h.party))?.holders[0]?.name;
  const notices = view.notices.length > 0 && (
    <section className="stack-s" aria-label={t("hall.notices")}>
      <Notices view={view} anonymous />
    </section>
  );
  return (
    <div className="stack-l">
      <PageHead
        title={view.title}
        back={{ to: "/hall", label: t("hall.back") }}
        lead={
          <span className="row">
            <Standing status={standingOf(view.state)}>{tx(view.state.title)}</Standing>
            <span>{tx(view.mechanism.title)}</span>
            {poster && <span>{poster}</span>}
            <span>{t("case.opened", { day: formatDay(view.opened) })}</span>
          </span>
        }
      >
        <Button onClick={() => window.print()}>{t("act.print")}</Button>
      </PageHead>
      {view.due && !running && (
        <Note status="running">
          <p>
            {t("hall.close")} <Due at={view.due} workdays={view.workdays} plain />
          </p>
        </Note>
      )}
      {running && (
        <Note status="waiting">
          <p className="strong">
            {t("hall.notice.to")} <Due at={running.to} workdays={view.due === running.to ? view.workdays : null} plain />
          </p>
          {objection && (
            <p>
              <a href="#objection">{t("hall.object")}</a>
            </p>
          )}
        </Note>
      )}
      <Invitations view={view} />
      {running && notices}
      {view.forms.map((f) => (
        <section key={`${f.record}-${f.form.name}`} className="stack-s" aria-label={tx(f.form.title)}>
          <h2>{tx(f.form.title)}</h2>
          <FormFacts form={f.form} values={f.values} caseId={view.id} anonymous />
        </section>
      ))}
      {!running && notices}
      {view.parts
        .filter((p) => p.records.length > 0)
        .map((p) => (
          <section key={p.name} className="stack-s" aria-label={tx(p.title)}>
            <h2>{tx(p.title)}</h2>
            {p.records.map((r) => (
              <div key={r.id} className="sheet sheet-pad stack-s">
                <div className="row">
                  <h3>{t("case.part", { part: tx(p.title), n: r.number })}</h3>
                  <Standing status={standingOf(r.state)}>{tx(r.state.title)}</Standing>
                  <span>{r.seats.flatMap((s) => s.holders.map((h) => h.name)).join(t("word.and"))}</span>
                </div>
                {r.forms.map((f) => (
                  <FormFacts key={f.form.name} form={f.form} values={f.values} caseId={view.id} anonymous />
                ))}
              </div>
            ))}
          </section>
        ))}
      {view.money.pots.length > 0 && <MoneyTab view={view} />}
      {view.history.length > 0 && (
        <section className="stack-s" aria-label={t("hall.records")}>
          <h2>{t("hall.records")}</h2>
          <ol className="timeline">
            {view.history.map((h) => (
              <li key={h.seq}>
                <span className="muted nowrap">
                  <Moment at={h.at} />
                </span>
                <span>
                  {tx(h.title)}
                  {h.to && tx(h.to) !== tx(h.from) && <span className="muted"> → {tx(h.to)}</span>}
                </span>
                <Link to="/hall/verify" search={{ leaf: h.leaf }} className="small">
                  {t("case.history.proof")}
                </Link>
              </li>
            ))}
          </ol>
        </section>
      )}
      <p>
        <Link to="/hall/policy/$name" params={{ name: view.mechanism.name }}>
          {t("hall.rules")}
        </Link>
      </p>
      {objection && <Objection view={view} option={objection} />}
    </div>
  );
}

/** Invitations are what anyone with an account may begin in this case as it stands, such as a bid: read from the mechanism, named by it. */
function Invitations({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const mechanism = useQuery(q.mechanism(view.mechanism.name));
  const open = (mechanism.data?.machines ?? []).flatMap((m) => {
    const step = m.name
      ? m.states[0]?.steps.find(
          (s) =>
            s.while?.includes(view.state.name) &&
            s.by.some((b) => m.seats.some((seat) => seat.name === b && seat.kind === "party")),
        )
      : undefined;
    return step && !view.options.some((o) => o.part === m.name) ? [{ machine: m, step }] : [];
  });
  return open.map(({ machine, step }) => (
    <section key={machine.name} className="sheet sheet-pad stack-s no-print" aria-label={tx(step.title)}>
      <h2>{tx(machine.title)}</h2>
      <p>
        {tx(step.tells)} <span className="muted">{t("hall.begin.lead")}</span>
      </p>
      <p>
        <Link to="/cases/$id" params={{ id: view.id }}>
          <Button type="primary" tabIndex={-1}>
            {tx(step.title)}
          </Button>
        </Link>
      </p>
    </section>
  ));
}
