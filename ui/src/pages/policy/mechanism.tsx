import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../../api/queries";
import type { Form, Mechanism, Seat } from "../../api/types";
import { FactRow } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing } from "../../kit/standing";
import { has, useActor } from "../../shell/session";
import { Drawing } from "../case/diagram";
import { Flow } from "./flow";
import { ParamTable } from "./params";

export function MechanismPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const mechanism = useQuery(q.mechanism(name));
  return (
    <Load page query={mechanism} bones={<Bones lines={12} height={24} />}>
      {(data) => <MechanismBody mechanism={data} />}
    </Load>
  );
}

const sections: [string, Key][] = [
  ["flow", "pol.sec.flow"],
  ["diagram", "pol.sec.diagram"],
  ["seats", "pol.sec.seats"],
  ["forms", "pol.sec.forms"],
  ["params", "pol.sec.params"],
  ["proofs", "pol.sec.proofs"],
  ["source", "pol.sec.source"],
];

function MechanismBody({ mechanism: m }: { mechanism: Mechanism }) {
  const { t, tx, lang } = useSpeech();
  const here = useLocation().pathname;
  const keeper = has(useActor(), "policy");
  return (
    <>
      <PageHead
        title={tx(m.title)}
        back={{ to: here.replace(/\/[^/]+$/, ""), label: t("pol.title") }}
        lead={
          <>
            <p>{tx(m.purpose)}</p>
            <p className="small">{t("pol.about", { version: m.version, n: m.basis.length })}</p>
          </>
        }
      >
        {keeper && (
          <Link to="/policy/edit" search={{ file: `mechanisms/${m.name}.yaml` } as never}>
            <Button tabIndex={-1}>{t("pol.edit.this")}</Button>
          </Link>
        )}
      </PageHead>
      <nav className="page-nav no-print" aria-label={tx(m.title)}>
        {sections.map(([id, key]) => (
          <a key={id} href={`#${id}`}>
            {t(key)}
          </a>
        ))}
      </nav>
      <div className="stack-l">
        <Sheet id="flow" title={t("pol.sec.flow")}>
          <Flow mechanism={m} />
        </Sheet>
        <Sheet id="diagram" title={t("pol.sec.diagram")}>
          <div className="stack">
            {m.machines.map((machine) => {
              const drawing = (
                <Drawing
                  src={`/api/mechanisms/${m.name}/diagram.svg?lang=${lang}&machine=${encodeURIComponent(machine.name)}`}
                  alt={t("pol.diagram.alt", { title: machine.name ? tx(machine.title) : tx(m.title) })}
                />
              );
              if (!machine.name) return <div key="">{drawing}</div>;
              return (
                <details key={machine.name} className="part">
                  <summary>
                    <span className="strong">{tx(machine.title)}</span>
                  </summary>
                  <div className="part-body">{drawing}</div>
                </details>
              );
            })}
          </div>
        </Sheet>
        <Sheet id="seats" title={t("pol.sec.seats")}>
          <Seats mechanism={m} />
        </Sheet>
        <Sheet id="forms" title={t("pol.sec.forms")}>
          <div className="stack-s">
            {m.forms.map((f) => (
              <FormOutline key={f.name} form={f} />
            ))}
          </div>
        </Sheet>
        <Sheet id="params" title={t("pol.sec.params")} pad={false}>
          <ParamTable params={m.params} />
        </Sheet>
        <Sheet id="proofs" title={t("pol.sec.proofs")}>
          <Proofs mechanism={m} />
        </Sheet>
        <Sheet id="source" title={t("pol.sec.source")}>
          <details className="no-print">
            <summary>{t("act.show")}</summary>
            <pre className="source">{m.source}</pre>
          </details>
        </Sheet>
      </div>
    </>
  );
}

const seatKinds: Record<string, Key> = {
  party: "pol.seat.party",
  office: "pol.seat.office",
  panel: "pol.seat.panel",
  filled: "pol.seat.filled",
};

function Seats({ mechanism: m }: { mechanism: Mechanism }) {
  const { t, tx } = useSpeech();
  const all = m.machines.flatMap((x) =>
    x.name ? x.seats.map((s) => ({ seat: s, machine: x })) : m.seats.map((s) => ({ seat: s, machine: x })),
  );
  const titleOf = (name: string) => tx(all.find(({ seat }) => seat.name === (name.split(".").pop() ?? name))?.seat.title) || name;
  const describe = (s: Seat) => {
    const kind = seatKinds[s.kind];
    const apart = s.apart_from?.length ? t("pol.seat.apart", { seats: s.apart_from.map(titleOf).join(t("word.and")) }) : "";
    return [kind ? t(kind) : s.kind, apart].filter(Boolean).join(" · ");
  };
  return (
    <dl className="facts">
      {all.map(({ seat, machine }) => (
        <FactRow key={`${machine.name}.${seat.name}`} label={tx(seat.title)}>
          {describe(seat)}
          {machine.name && <span className="muted"> · {t("pol.part.of", { part: tx(machine.title) })}</span>}
        </FactRow>
      ))}
    </dl>
  );
}

function FormOutline({ form }: { form: Form }) {
  const { t, tx } = useSpeech();
  return (
    <details>
      <summary>
        {tx(form.title)} <span className="muted small">{form.fields.length}</span>
      </summary>
      <ul className="outline">
        {form.fields.map((f) => (
          <li key={f.name}>
            {tx(f.title)}
            {f.optional && <span className="muted small"> {t("form.optional")}</span>}
            {f.public && <span className="muted small"> {t("form.public")}</span>}
            {f.rows && (
              <span className="muted">{t("word.aside", { text: f.rows.map((r) => tx(r.title)).join(t("word.and")) })}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Proofs({ mechanism: m }: { mechanism: Mechanism }) {
  const { t, tx } = useSpeech();
  return (
    <div className="stack">
      {m.rules.length > 0 && (
        <section className="stack-s" aria-label={t("pol.sec.rules")}>
          <h3>{t("pol.sec.rules")}</h3>
          <ul className="outline">
            {m.rules.map((r, i) => (
              <li key={i}>{tx(r.text)}</li>
            ))}
          </ul>
        </section>
      )}
      <dl className="facts">
        {m.proofs.map((p) => (
          <FactRow key={p.name} label={tx(p.title)}>
            <span className="row">
              <Standing status={p.ok ? "done" : "returned"} icon={p.ok ? undefined : "warn"}>
                {p.ok ? t("pol.proof.ok") : t("pol.proof.bad")}
              </Standing>
              <span>{tx(p.tells)}</span>
            </span>
            {p.findings.map((f, i) => (
              <Note key={i} status="returned">
                <p>{tx(f.message)}</p>
                {f.path && f.path.length > 0 && <p className="small">{t("pol.finding.path", { path: f.path.join(" → ") })}</p>}
                {f.hint && <p className="small">{t("pol.finding.hint", { hint: tx(f.hint) })}</p>}
              </Note>
            ))}
          </FactRow>
        ))}
      </dl>
    </div>
  );
}
