// Needs and offers: a need is typed at the left, what may answer it appears at the right with its reasons.
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { Collapse, Input } from "antd";
import { useEffect, useState } from "react";
import { api, got } from "../api/client";
import type { MatchAnswer, MatchView } from "../api/types";
import { type Key, useSpeech } from "../i18n";
import { messages } from "../i18n/messages";
import { Load } from "../kit/load";
import { Bones, Empty, Note } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import "../design/match.css";

type Need = { title: string; text: string };

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

export function MatchPage() {
  const { t } = useSpeech();
  const [need, setNeed] = useState<Need>({ title: "", text: "" });
  const settled = useLater(need, 400);
  const query = useQuery(asked(settled));
  const written = (settled.title + settled.text).trim().length > 1;
  return (
    <div className="stack-l">
      <PageHead title={t("match.title")} lead={t("match.lead")} />
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
    </div>
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
        <Found1 key={m.record} match={m} />
      ))}
    </ol>
  );
}

function Found1({ match }: { match: MatchView }) {
  const { t, tx } = useSpeech();
  const level = Math.min(4, Math.max(1, Math.round(match.level)));
  return (
    <li className="stack-s">
      <div className="row">
        <span className="strong">{match.title}</span>
        <span className={`match-level level-${level}`} title={t("match.expected", { level: match.level.toFixed(1) })}>
          {t(`match.level.${level}` as Key)}
        </span>
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
