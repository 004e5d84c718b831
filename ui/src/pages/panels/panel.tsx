// One panel: who could sit on it, what speaks against each, how it is drawn or assigned, who was asked, and how far it has come.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Input, Segmented } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { PanelExpert, PanelView, View } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Due, Moment } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { type Column, Table } from "../../kit/table";
import { Draws } from "../case/draws";
import { Options } from "../case/options";
import { Disputing } from "./dispute";
import { Findings, Severity } from "./finding";

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

function PanelBody({ panel: p, view }: { panel: PanelView; view?: View }) {
  const { t, tx } = useSpeech();
  const [disputed, setDisputed] = useState<PanelExpert | null>(null);
  const [said, setSaid] = useState("");
  const forming = p.stage === "forming" || p.wanted > 0 || p.allot !== undefined; // also while they are at work, where one who left is to be replaced
  const acts = view && {
    ...view,
    options: view.options.filter((o) => !o.part && o.step !== p.invite && o.step !== p.allot && o.step !== p.dispute),
  };
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
            <Button tabIndex={-1}>{t("panels.meeting")}</Button>
          </Link>
        )}
        {forming && p.may && p.invite && (p.more ?? 0) > 0 && (
          <Link to="/panels/assign" search={{ cases: p.case } as never}>
            <Button tabIndex={-1}>{t("panels.assign")}</Button>
          </Link>
        )}
        {forming && p.allot && (
          <Link to="/panels/assign" search={{ cases: p.case, inside: true } as never}>
            <Button tabIndex={-1}>{t("assign.inside")}</Button>
          </Link>
        )}
      </PageHead>
      <Progress panel={p} />
      {forming && acts && acts.options.length > 0 && (
        <div className="sheet sheet-pad stack">
          {p.may && p.fingerprint && <Witness fingerprint={p.fingerprint} said={said} say={setSaid} />}
          <Options view={acts} drawn={said.trim() ? { fingerprint: p.fingerprint, said: said.trim() } : undefined} />
        </div>
      )}
      {forming && <Pool panel={p} dispute={p.may && p.dispute ? setDisputed : undefined} />}
      <Sheet title={t("panels.invitations")} pad={false}>
        {p.invitations.length === 0 ? (
          <Empty icon="person" title={t("panels.invitations.none")} />
        ) : (
          <Table
            name={t("panels.invitations")}
            rows={p.invitations}
            rowKey={(x) => x.record}
            columns={[
              { key: "name", title: tx(p.seatTitle), main: true, cell: (x) => x.name },
              {
                key: "state",
                title: t("col.state"),
                cell: (x) => <Standing status={standingOf(x.state)}>{tx(x.state.title)}</Standing>,
              },
              { key: "since", title: t("panels.since"), cell: (x) => <Moment at={x.since} /> },
              { key: "due", title: t("col.due"), cell: (x) => <Due at={x.due} /> },
            ]}
          />
        )}
      </Sheet>
      {p.draws.length > 0 && view && (
        <div className="sheet sheet-pad">
          <Draws view={{ ...view, draws: p.draws }} />
        </div>
      )}
      {disputed && p.dispute && <Disputing panel={p} expert={disputed} step={p.dispute} close={() => setDisputed(null)} />}
    </div>
  );
}

/** Witness shows those present what the draw is from, and takes down what they say after that: the order depends on it. */
function Witness({ fingerprint, said, say }: { fingerprint: string; said: string; say: (text: string) => void }) {
  const { t } = useSpeech();
  return (
    <details className="stack-s">
      <summary>{t("panels.witness")}</summary>
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
    </details>
  );
}

/** Progress is the way of a panel, with the number that says where it stands at each stage. */
function Progress({ panel: p }: { panel: PanelView }) {
  const { t } = useSpeech();
  const out = p.pool.filter((x) => x.barred || x.severity === "forbidden" || x.severity === "approval").length;
  const steps: [string, string, boolean][] = [
    [t("panels.step.pool"), p.stage === "forming" ? t("panels.n", { n: p.pool.length }) : "", p.stage !== "forming"],
    [t("panels.step.conflicts"), p.stage === "forming" ? t("panels.step.out", { out, free: p.free }) : "", p.stage !== "forming"],
    [t("panels.step.draw"), p.wanted > 0 ? t("panels.wanted", { n: p.wanted }) : t("panels.step.enough"), p.wanted === 0],
    [
      t("panels.step.invite"),
      t("panels.step.answers", { accepted: p.accepted, invited: p.invited, dropped: p.dropped }),
      p.invited === 0 && p.accepted > 0,
    ],
    [
      t("panels.step.review"),
      p.sealed ? t("panels.sealed") : p.asked > 0 ? t("panels.given.of", { n: p.given, all: p.asked }) : t("word.none"),
      !p.sealed && p.asked > 0 && p.given === p.asked,
    ],
  ];
  return (
    <ol className="panel-way" aria-label={t("panels.way")}>
      {steps.map(([name, words, done]) => (
        <li key={name} className={done ? "done" : undefined}>
          <span className="strong">{name}</span>
          <span className="small muted">{words}</span>
        </li>
      ))}
    </ol>
  );
}

type Shown = "all" | "free" | "out" | "look";

function Pool({ panel: p, dispute }: { panel: PanelView; dispute?: (x: PanelExpert) => void }) {
  const { t, tx, lang } = useSpeech();
  const [shown, setShown] = useState<Shown>("all");
  const out = (x: PanelExpert) => Boolean(x.barred) || x.severity === "forbidden" || x.severity === "approval";
  const rows = p.pool.filter((x) =>
    shown === "free"
      ? !out(x) && !x.state
      : shown === "out"
        ? out(x)
        : shown === "look"
          ? x.findings.some((f) => f.severity === "warn")
          : true,
  );
  const columns: Column<PanelExpert>[] = [
    {
      key: "name",
      title: t("panels.expert"),
      main: true,
      width: "22%",
      cell: (x) => (
        <>
          {x.name}
          <br />
          <small className="muted">
            {[x.unit, x.outside && t("panels.outside"), ...x.marks.map((m) => tx(m))].filter(Boolean).join(" · ")}
          </small>
        </>
      ),
    },
    {
      key: "standing",
      title: t("panels.standing"),
      cell: (x) => (x.state ? <Standing status={standingOf(x.state)}>{tx(x.state.title)}</Standing> : <Severity expert={x} />),
    },
    { key: "findings", title: t("panels.findings"), width: "44%", cell: (x) => <Findings expert={x} /> },
    {
      key: "load",
      title: t("panels.load"),
      align: "right",
      cell: (x) => <span className="nowrap">{t("panels.load.n", { open: x.open, year: x.year })}</span>,
    },
  ];
  if (dispute)
    columns.push({
      key: "dispute",
      title: t("panels.dispute"),
      cell: (x) =>
        x.findings.some((f) => f.counts && f.severity !== "warn") && (
          <Button size="small" onClick={() => dispute(x)} aria-label={t("panels.dispute.of", { name: x.name })}>
            {t("panels.dispute")}
          </Button>
        ),
    });
  return (
    <Sheet
      title={t("panels.pool")}
      pad={false}
      aside={
        <Segmented<Shown>
          size="small"
          aria-label={t("panels.pool")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "all", label: t("panels.show.all") },
            { value: "free", label: t("panels.show.free", { n: p.free }) },
            { value: "out", label: t("panels.show.out") },
            { value: "look", label: t("panels.show.look") },
          ]}
        />
      }
    >
      <div className="sheet-pad stack-s">
        <p className="muted">
          {t("panels.rule", {
            field: tx(p.fieldTitle ?? { zh: "", en: "" }) || p.field || t("panels.field.any"),
            apart: p.apart.map((h) => h.name).join(lang === "zh" ? "、" : ", ") || t("word.none"),
          })}
          {p.unitMost ? t("panels.rule.unit", { n: p.unitMost }) : ""}
          {p.outsideLeast ? t("panels.rule.outside", { n: p.outsideLeast }) : ""}
          {p.mix.map((m) => t("panels.rule.mix", { what: tx(m.title), n: m.least })).join("")}
          {p.openMost ? t("panels.rule.open", { n: p.openMost }) : ""}
        </p>
        {p.free < p.wanted && <Note status="returned">{t("panels.short", { free: p.free, wanted: p.wanted })}</Note>}
      </div>
      {rows.length === 0 ? (
        <Empty icon="person" title={t("panels.pool.none")} />
      ) : (
        <Table name={t("panels.pool")} rows={rows} columns={columns} rowKey={(x) => x.party} />
      )}
    </Sheet>
  );
}
