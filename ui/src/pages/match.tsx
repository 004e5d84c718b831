// Needs and offers: a need is typed at the left, what may answer it appears at the right with its reasons.
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button, Collapse, Input, InputNumber, Select } from "antd";
import { useEffect, useState } from "react";
import { api, got } from "../api/client";
import { q } from "../api/queries";
import { useSending } from "../api/sending";
import type { MatchAnswer, MatchView, Planned, WaitingNeed } from "../api/types";
import { PartyName } from "../form/show";
import { type Key, useSpeech } from "../i18n";
import { messages } from "../i18n/messages";
import { Load } from "../kit/load";
import { Bones, Empty, Note } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import { Refusals } from "../kit/refusals";
import { has, useActor, useMayOpen } from "../shell/session";
import "../design/match.css";

type Need = { title: string; text: string; kinds?: string[] };

const asked = (need: Need) =>
  queryOptions({
    queryKey: ["match", need],
    queryFn: () => got(api.POST("/api/match", { body: need })),
    enabled: (need.title + need.text).trim().length > 1,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** useLater gives the value once it has stood still: a question for every letter would be asked in vain. */
function useLater<T>(value: T, wait: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return later;
}

const views = ["ask", "waiting"] as const;
type View = (typeof views)[number];

/** MatchPage matches a need while it is typed, or shows the needs that wait. */
export function MatchPage() {
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as { view?: View };
  const view = search.view ?? "ask";
  const opens = useMayOpen();
  return (
    <>
      <PageHead title={t("match.title")} lead={t("match.lead")}>
        {opens && (
          <Link to="/cases/new">
            <Button type="primary" tabIndex={-1}>
              {t("match.open")}
            </Button>
          </Link>
        )}
      </PageHead>
      <nav className="tabs" aria-label={t("match.title")}>
        {views.map((v) => (
          <Link
            key={v}
            to="/match"
            search={v === "ask" ? {} : { view: v }}
            activeOptions={{ exact: true }}
            aria-current={v === view ? "true" : undefined}
          >
            {t(`match.view.${v}`)}
          </Link>
        ))}
      </nav>
      <div className="stack-l under-tabs">{view === "waiting" ? <Waiting /> : <Ask />}</div>
    </>
  );
}

/** useOfferKinds are the sorts of offers there are: kinds of records that say so, teams and experts. */
function useOfferKinds() {
  const { t, tx } = useSpeech();
  const kinds = useQuery(q.kinds());
  return [
    ...(kinds.data ?? []).filter((k) => k.offers && k.public).map((k) => ({ value: k.name, label: tx(k.title) })),
    { value: "team", label: t("match.kind.team") },
    { value: "expert", label: t("match.kind.expert") },
  ];
}

function Ask() {
  const { t } = useSpeech();
  const offered = useOfferKinds();
  const [need, setNeed] = useState<Need>({ title: "", text: "" });
  const settled = useLater(need, 400);
  const query = useQuery(asked(settled));
  const written = (settled.title + settled.text).trim().length > 1;
  return (
    <div className="match-page">
      <Sheet title={t("match.need")} id="match-need">
        <div className="stack">
          <label className="stack-s">
            <span className="strong">{t("match.need.title")}</span>
            <Input
              value={need.title}
              maxLength={200}
              placeholder={t("match.need.title.hint")}
              onChange={(e) => setNeed({ ...need, title: e.target.value })}
            />
          </label>
          <label className="stack-s">
            <span className="strong">{t("match.need.text")}</span>
            <Input.TextArea
              value={need.text}
              maxLength={50_000}
              autoSize={{ minRows: 8, maxRows: 24 }}
              placeholder={t("match.need.text.hint")}
              onChange={(e) => setNeed({ ...need, text: e.target.value })}
            />
          </label>
          <Select
            mode="multiple"
            aria-label={t("match.kinds")}
            placeholder={t("match.kinds")}
            value={need.kinds ?? []}
            options={offered}
            onChange={(kinds) => setNeed({ ...need, kinds })}
          />
          {written && query.data && <Told answer={query.data} />}
        </div>
      </Sheet>
      <Sheet title={t("match.found")} id="match-found">
        {written ? (
          <Load query={query} bones={<Bones lines={6} height={24} />}>
            {(answer) => <Found matches={answer.matches} />}
          </Load>
        ) : (
          <Empty icon="search" title={t("match.empty")} />
        )}
      </Sheet>
    </div>
  );
}

/** Waiting shows the needs of the register that wait and that the reader may see; what was offered since is marked. */
function Waiting() {
  const { t } = useSpeech();
  const needs = useQuery(
    queryOptions({ queryKey: ["match", "needs"], queryFn: () => got(api.GET("/api/match/needs")), staleTime: 30_000 }),
  );
  const actor = useActor();
  const staff = has(actor, "register") || (actor?.offices ?? []).some((o) => o.startsWith("bureau."));
  return (
    <div className="stack">
      {staff && <Plan />}
      <Sheet title={t("match.waiting")} id="match-waiting">
        <Load query={needs} bones={<Bones lines={6} height={24} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon="check" title={t("match.waiting.none")}>
                {t("match.waiting.way")}
              </Empty>
            ) : (
              <ol className="match-list">
                {list.map((n) => (
                  <OneWaiting key={n.record} need={n} />
                ))}
              </ol>
            )
          }
        </Load>
      </Sheet>
    </div>
  );
}

function OneWaiting({ need }: { need: WaitingNeed }) {
  const { t } = useSpeech();
  const fresh = need.matches.filter((m) => m.fresh).length;
  return (
    <li className="stack-s">
      <div className="row">
        <Link to="/register/records/$id" params={{ id: need.record }} className="strong">
          {need.title}
        </Link>
        {need.owner && <PartyName id={need.owner} />}
        {fresh > 0 && <span className="badge s-done">{t("match.fresh", { n: fresh })}</span>}
      </div>
      {need.matches.length === 0 ? (
        <div className="muted">{t("match.none")}</div>
      ) : (
        <ul>
          {need.matches.map((m) => (
            <li key={m.record ?? m.party}>
              <OfferName match={m} /> <Level match={m} />
              {m.fresh && <span className="small"> {t("match.fresh.one")}</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Plan proposes introductions over all needs that wait, so that nobody is given more than they can take. */
function Plan() {
  const { t } = useSpeech();
  const [capacity, setCapacity] = useState(3);
  const [plan, setPlan] = useState<Planned[] | null>(null);
  const { busy, refusals, send } = useSending();
  const ask = () => send(async () => setPlan(await got(api.POST("/api/match/plan", { body: { capacity } }))));
  return (
    <Sheet title={t("match.plan")} id="match-plan">
      <div className="stack">
        <div className="row">
          <span>{t("match.capacity")}</span>
          <InputNumber
            aria-label={t("match.capacity")}
            min={1}
            max={100}
            value={capacity}
            onChange={(v) => setCapacity(v ?? 1)}
          />
          <Button loading={busy} onClick={() => void ask()}>
            {t("match.plan.do")}
          </Button>
        </div>
        <Refusals list={refusals} />
        {plan && plan.length === 0 && <p className="muted">{t("match.plan.none")}</p>}
        {plan && plan.length > 0 && (
          <ul>
            {plan.map((p) => (
              <li key={`${p.need} ${p.offer}`}>
                <Link to="/register/records/$id" params={{ id: p.need }}>
                  {p.needTitle}
                </Link>{" "}
                → {p.offerTitle} <span className="muted small">{t("match.expected", { level: p.level.toFixed(1) })}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Sheet>
  );
}

function OfferName({ match }: { match: MatchView }) {
  return match.party ? (
    <Link to="/register/$id" params={{ id: match.party }}>
      {match.title}
    </Link>
  ) : (
    <Link to="/register/records/$id" params={{ id: match.record ?? "" }}>
      {match.title}
    </Link>
  );
}

function Level({ match }: { match: MatchView }) {
  const { t } = useSpeech();
  const level = Math.min(4, Math.max(1, Math.round(match.level)));
  return (
    <span className={`match-level level-${level}`} title={t("match.expected", { level: match.level.toFixed(1) })}>
      {t(`match.level.${level}` as Key)}
    </span>
  );
}

/** Told is what the need lacks, and what an officer may do with it. */
function Told({ answer }: { answer: MatchAnswer }) {
  const { t, tx } = useSpeech();
  return (
    <>
      <Note status={answer.path === "simple" ? "done" : answer.path === "complex" ? "running" : "waiting"}>
        <span className="strong">{t(`match.path.${answer.path}` as Key)}</span> {tx(answer.why)}
      </Note>
      {(answer.advice ?? []).length > 0 && (
        <div className="stack-s">
          <span className="strong">{t("match.advice")}</span>
          <ul>
            {(answer.advice ?? []).map((a) => (
              <li key={a.zh}>{tx(a)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Found({ matches }: { matches: MatchView[] }) {
  const { t } = useSpeech();
  const related = matches.filter((m) => m.level >= 1.5);
  if (related.length === 0)
    return (
      <Empty icon="search" title={t("match.none")}>
        {t("match.none.way")}
      </Empty>
    );
  return (
    <ol className="match-list">
      {related.map((m) => (
        <Found1 key={m.record ?? m.party} match={m} />
      ))}
    </ol>
  );
}

function Found1({ match }: { match: MatchView }) {
  const { t, tx } = useSpeech();
  const kind = useOfferKinds().find((k) => k.value === match.kind);
  return (
    <li className="stack-s">
      <div className="row">
        <span className="strong">
          <OfferName match={match} />
        </span>
        <span className="small muted">{kind?.label}</span>
        <Level match={match} />
      </div>
      {(match.reasons ?? []).map((r) => (
        <div key={r.zh}>{tx(r)}</div>
      ))}
      {(match.missing ?? []).map((r) => (
        <div key={r.zh} className="muted">
          {tx(r)}
        </div>
      ))}
      <Collapse ghost size="small" items={[{ key: "why", label: t("match.why"), children: <Shares match={match} /> }]} />
    </li>
  );
}

/** Shares are bars to both sides of a line: what spoke for the pair and what against it. */
function Shares({ match }: { match: MatchView }) {
  const { t } = useSpeech();
  const shares = match.shares ?? [];
  const largest = Math.max(...shares.map((s) => Math.abs(s.value)), 0.01);
  return (
    <table className="match-shares">
      <tbody>
        {shares.map((s) => {
          const key = `match.signal.${s.signal}`;
          return (
            <tr key={s.signal}>
              <th scope="row">{t((key in messages ? key : "match.signal.other") as Key)}</th>
              <td>
                <span
                  className={s.value < 0 ? "bar against" : "bar"}
                  style={{ width: `${(Math.abs(s.value) / largest) * 50}%` }}
                />
              </td>
              <td className="num">{s.value.toFixed(2)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
