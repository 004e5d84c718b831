// The editions of the policy: what was in force when, and what is proposed; one of them with its trial, to adopt or to withdraw.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Input } from "antd";
import { useRef, useState } from "react";
import { api, freshKey, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Edition, EditionTrial } from "../../api/types";
import type { Status } from "../../design/tokens";
import { FactRow } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { Moment } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";
import { type Column, Table, TableBones } from "../../kit/table";
import { has, useActor } from "../../shell/session";
import { TrialView } from "./trial";

const states: Record<Edition["state"], { word: Key; status: Status }> = {
  proposed: { word: "ed.state.proposed", status: "waiting" },
  adopted: { word: "ed.state.adopted", status: "running" },
  withdrawn: { word: "ed.state.withdrawn", status: "stopped" },
};

function EditionStanding({ edition: e }: { edition: Edition }) {
  const { t } = useSpeech();
  if (e.in_force) return <Standing status="done">{t("ed.state.force")}</Standing>;
  return <Standing status={states[e.state].status}>{t(states[e.state].word)}</Standing>;
}

export function Editions({ base }: { base: string }) {
  const { t } = useSpeech();
  const list = useQuery(q.editions());
  const inside = has(useActor(), "policy", "auditor");
  const columns: Column<Edition>[] = [
    { key: "version", title: t("pol.version"), main: true, cell: (e) => e.version },
    { key: "state", title: t("col.state"), cell: (e) => <EditionStanding edition={e} /> },
    { key: "from", title: t("ed.from"), cell: (e) => <span className="nowrap">{e.from}</span> },
    { key: "note", title: t("ed.note"), width: "40%", cell: (e) => e.note },
    { key: "digest", title: t("ed.digest"), cell: (e) => <span className="mono small">{e.digest.slice(0, 12)}</span> },
  ];
  if (inside) columns.splice(3, 0, { key: "by", title: t("ed.by"), cell: (e) => e.by });
  return (
    <Load query={list} bones={<TableBones rows={4} columns={5} />}>
      {(data) =>
        data.length === 0 ? (
          <Empty icon="book" title={t("ed.empty")}>
            {t("ed.empty.way")}
          </Empty>
        ) : (
          <Table
            name={t("pol.tab.editions")}
            rows={data}
            columns={columns}
            rowKey={(e) => e.id}
            href={inside && base === "/policy" ? (e) => `/policy/editions/${e.id}` : undefined}
          />
        )
      }
    </Load>
  );
}

export function EditionPage() {
  const { t, lang } = useSpeech();
  const { id } = useParams({ strict: false }) as { id: string };
  const edition = useQuery(q.edition(id, lang));
  return (
    <>
      <PageHead title={t("ed.one")} back={{ to: "/policy?tab=editions", label: t("pol.tab.editions") }} />
      <Load query={edition} bones={<Bones lines={12} height={24} />}>
        {(data) => <EditionBody data={data} />}
      </Load>
    </>
  );
}

function EditionBody({ data: { edition: e, trial } }: { data: EditionTrial }) {
  const { t } = useSpeech();
  const keeper = has(useActor(), "policy");
  return (
    <div className="stack-l">
      <Sheet>
        <dl className="facts">
          <FactRow label={t("pol.version")}>
            <span className="row">
              {e.version} <EditionStanding edition={e} />
            </span>
          </FactRow>
          <FactRow label={t("ed.from")}>{e.from}</FactRow>
          <FactRow label={t("ed.note")}>{e.note}</FactRow>
          <FactRow label={t("ed.by")}>
            {e.by} · <Moment at={e.at} />
          </FactRow>
          {e.decided && (
            <FactRow label={t("ed.decider")}>
              {e.decider} · <Moment at={e.decided} />
              {e.reason && <p>{e.reason}</p>}
            </FactRow>
          )}
          <FactRow label={t("ed.digest")}>
            <span className="mono small">{e.digest}</span>
          </FactRow>
        </dl>
      </Sheet>
      <Sheet title={t("ed.outcome")}>
        <TrialView trial={trial} />
      </Sheet>
      {keeper && e.state === "proposed" && <Decide edition={e} />}
    </div>
  );
}

function Decide({ edition: e }: { edition: Edition }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState("");
  const [refused, setRefused] = useState<Refusal[]>([]);
  const key = useRef(freshKey());

  async function decide(act: "adopt" | "withdraw") {
    setBusy(act);
    setRefused([]);
    const params = { path: { id: e.id }, header: { "Idempotency-Key": key.current } };
    try {
      await got(
        act === "adopt"
          ? api.POST("/api/policy/editions/{id}/adopt", { params, body: { reason } })
          : api.POST("/api/policy/editions/{id}/withdraw", { params, body: { reason } }),
      );
      key.current = freshKey();
      void message.success(t(act === "adopt" ? "ed.adopted" : "ed.withdrawn", { from: e.from }));
      await client.invalidateQueries(); // the policy is behind every page
    } catch (error) {
      setRefused(error instanceof RefusedError ? error.refusals : []);
    } finally {
      setBusy("");
    }
  }

  return (
    <Sheet title={t("ed.decide")} id="decide">
      <div className="stack">
        <p className="muted">{e.mine ? t("ed.decide.own") : t("ed.decide.lead", { from: e.from })}</p>
        <Refusals list={refused} />
        <div className="field">
          <label className="field-label" htmlFor="ed-reason">
            {t("ed.reason")}
          </label>
          <Input.TextArea id="ed-reason" rows={2} maxLength={2000} value={reason} onChange={(x) => setReason(x.target.value)} />
        </div>
        <div className="row">
          {!e.mine && (
            <Button type="primary" loading={busy === "adopt"} onClick={() => void decide("adopt")}>
              {t("ed.adopt")}
            </Button>
          )}
          <Button loading={busy === "withdraw"} onClick={() => void decide("withdraw")}>
            {t("ed.withdraw")}
          </Button>
          <Link to="/policy" search={{ tab: "editions" } as never}>
            {t("act.back")}
          </Link>
        </div>
      </div>
    </Sheet>
  );
}
