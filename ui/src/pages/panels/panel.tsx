// One panel: where it stands, what is next, who could sit on it and what speaks against each, who was asked, and how they were drawn.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { PanelExpert, PanelInvited, PanelView, View } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Due, Moment } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { Table } from "../../kit/table";
import { Draws } from "../case/draws";
import { Options } from "../case/options";
import { Disputing } from "./dispute";
import { keptOut, Pool } from "./pool";
import { NextWords, nextOf, stages } from "./way";

export function PanelPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const panel = useQuery(q.panel(id));
  const view = useQuery(q.case(id));
  return (
    <Load page query={panel} bones={<Bones lines={12} />}>
      {(p) => <PanelBody panel={p} view={view.data} />}
    </Load>
  );
}

function PanelBody({ panel: p, view }: { panel: PanelView; view: View | undefined }) {
  const { t, tx } = useSpeech();
  const [disputed, setDisputed] = useState<PanelExpert | null>(null);
  return (
    <div className="stack-l panel-page">
      <PageHead
        title={p.title}
        back={{ to: "/panels", label: t("nav.panels") }}
        lead={
          <span className="row">
            <Standing status={standingOf(p.state)}>{tx(p.state.title)}</Standing>
            <span>{tx(p.mechanism.title)}</span>
            <Due at={p.due} workdays={p.workdays} />
          </span>
        }
      >
        <Link to="/cases/$id" params={{ id: p.case }}>
          <Button tabIndex={-1}>{t("panels.case")}</Button>
        </Link>
        {p.accepted > 0 && (
          <Link to="/panels/meeting" search={{ cases: p.case } as never}>
            <Button tabIndex={-1} type={p.stage === "over" ? "primary" : "default"}>
              {t("panels.meeting")}
            </Button>
          </Link>
        )}
      </PageHead>
      <Way panel={p} />
      {p.stage !== "over" && <NextSheet panel={p} view={view} />}
      {p.pool.length > 0 && <Pool panel={p} dispute={p.may && p.dispute ? setDisputed : undefined} />}
      {p.invitations.length > 0 && <Invitations panel={p} />}
      {p.draws.length > 0 && view && (
        <div className="sheet sheet-pad stack">
          <Draws view={{ ...view, draws: p.draws }} />
          <Link to="/panels/replay" search={{ case: p.case } as never}>
            {t("panels.replay")}
          </Link>
        </div>
      )}
      {disputed && p.dispute && <Disputing panel={p} expert={disputed} step={p.dispute} close={() => setDisputed(null)} />}
    </div>
  );
}

/** Way is the five stages of a panel, each with the number that says how it stands there. */
function Way({ panel: p }: { panel: PanelView }) {
  const { t } = useSpeech();
  const { at } = nextOf(p);
  const last = p.draws.at(-1);
  const out = p.pool.length > 0 ? p.pool.filter(keptOut).length : (last?.excluded ?? 0);
  const pool = p.pool.length || (last?.pool ?? 0);
  const words: Record<(typeof stages)[number], string> = {
    pool: pool > 0 ? t("panels.n", { n: pool }) : t("panels.byname"),
    conflicts:
      pool === 0
        ? t("panels.byname.looked")
        : p.pool.length > 0
          ? t("panels.step.out", { out, free: p.free })
          : t("panels.step.excluded", { out }),
    draw: p.wanted > 0 ? t("panels.wanted", { n: p.wanted }) : t("panels.step.enough"),
    invite: t("panels.step.answers", { accepted: p.accepted, invited: p.invited, dropped: p.dropped }),
    review: p.sealed
      ? t("panels.sealed")
      : p.asked > 0
        ? t("panels.given.of", { n: p.given, all: p.asked })
        : t("panels.step.notyet"),
  };
  return (
    <ol className="panel-way" aria-label={t("panels.way")}>
      {stages.map((s, i) => (
        <li key={s} className={i < at ? "done" : i === at ? "now" : undefined} aria-current={i === at ? "step" : undefined}>
          <span className="strong">
            {i < at && <Icon name="check" size={12} />}
            {t(`panels.step.${s}`)}
          </span>
          <span className="small muted">{words[s]}</span>
        </li>
      ))}
    </ol>
  );
}

/** NextSheet is the one thing that the panel waits for, and what the reader can do about it. */
function NextSheet({ panel: p, view }: { panel: PanelView; view: View | undefined }) {
  const { t } = useSpeech();
  const next = nextOf(p);
  const [said, setSaid] = useState("");
  const elsewhere = [p.invite, p.allot, p.dispute, p.wanted === 0 ? p.draw : ""];
  const acts = view && { ...view, options: view.options.filter((o) => !o.part && !elsewhere.includes(o.step)) };
  const links = [
    p.may && p.invite && p.wanted > 0 && { to: "/panels/assign", search: { cases: p.case }, word: t("panels.assign") },
    p.allot && p.invited === 0 && { to: "/panels/assign", search: { cases: p.case, inside: true }, word: t("assign.inside") },
  ].filter((l) => Boolean(l)) as { to: string; search: object; word: string }[];
  return (
    <section className={next.mine ? "sheet panel-next mine" : "sheet panel-next"} aria-label={t("panels.next")}>
      <h2>
        <span className="muted">{t("panels.next")}</span> <NextWords next={next} />
      </h2>
      {next.at === 3 && p.may && <p className="muted">{t("panels.next.answer.hint")}</p>}
      {p.may && p.wanted > 0 && p.fingerprint && <Witness fingerprint={p.fingerprint} said={said} say={setSaid} />}
      {acts && acts.options.length > 0 && (
        <Options view={acts} drawn={said.trim() ? { fingerprint: p.fingerprint, said: said.trim() } : undefined} />
      )}
      {links.length > 0 && (
        <p className="row">
          {links.map((l) => (
            <Link key={l.word} to={l.to} search={l.search as never}>
              <Button tabIndex={-1}>{l.word}</Button>
            </Link>
          ))}
          <span className="small muted">{t(p.allot ? "panels.next.allot.hint" : "panels.next.assign.hint")}</span>
        </p>
      )}
    </section>
  );
}

/** Witness shows those present what the draw is from, and takes down what they say after that: the order depends on it. */
function Witness({ fingerprint, said, say }: { fingerprint: string; said: string; say: (text: string) => void }) {
  const { t } = useSpeech();
  return (
    <details className="panel-witness">
      <summary>{t("panels.witness")}</summary>
      <div className="stack-s">
        <p className="small muted">{t("panels.witness.lead")}</p>
        <p className="small">
          {t("panels.witness.fingerprint")} <code className="panel-fingerprint">{fingerprint}</code>
        </p>
        <Input
          value={said}
          maxLength={200}
          onChange={(e) => say(e.target.value)}
          placeholder={t("panels.witness.said")}
          aria-label={t("panels.witness.said")}
        />
      </div>
    </details>
  );
}

/** order puts whoever has still to answer first, then who accepted, then who left. */
const order = (x: PanelInvited) => (x.due ? 0 : x.state.end && !x.state.good ? 2 : 1);

function Invitations({ panel: p }: { panel: PanelView }) {
  const { t, tx } = useSpeech();
  const rows = p.invitations.toSorted((a, b) => order(a) - order(b) || (a.due ?? "").localeCompare(b.due ?? ""));
  return (
    <Sheet title={t("panels.invitations")} pad={false}>
      <Table
        name={t("panels.invitations")}
        rows={rows}
        rowKey={(x) => x.record}
        columns={[
          { key: "name", title: tx(p.seatTitle), main: true, cell: (x) => x.name },
          {
            key: "state",
            title: t("col.state"),
            cell: (x) => (
              <Standing
                status={x.due ? "waiting" : x.state.end && !x.state.good ? "stopped" : "done"}
                icon={x.due ? "clock" : undefined}
              >
                {tx(x.state.title)}
              </Standing>
            ),
          },
          { key: "since", title: t("panels.since"), cell: (x) => <Moment at={x.since} /> },
          {
            key: "due",
            title: t("panels.answer"),
            cell: (x) => (x.due ? <Due at={x.due} /> : <span className="muted">{t("word.none")}</span>),
          },
        ]}
      />
    </Sheet>
  );
}
