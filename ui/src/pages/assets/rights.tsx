import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, got } from "../../api/client";
import type { components } from "../../api/schema";
import { type Key, useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { bars } from "../../kit/chart-shapes";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { formatDay } from "../../words/date";
import { formatShare } from "../../words/share";
import { DaySlider } from "./day";

type Page = components["schemas"]["RightsPage"];
const rights = ["title", "use", "income"] as const;

/** RightsPage is who holds the title, use and income of an achievement on any day, and all that happened to them. */
export function RightsPage() {
  const { t } = useSpeech();
  const { id } = useParams({ strict: false }) as { id: string };
  const [on, setOn] = useState("");
  const query = useQuery({
    queryKey: ["rights", id, on],
    queryFn: () => got(api.GET("/api/records/{id}/rights", { params: { path: { id }, query: { on: on || undefined } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Load page query={query}>
      {(p) => (
        <>
          <PageHead
            title={p.name}
            back={{ to: "/assets", label: t("assets.title") }}
            lead={p.expires ? t("rights.expires", { day: p.expires }) : undefined}
          />
          <div className="stack">
            {!p.whole && <Note status="running">{t("rights.part")}</Note>}
            {p.presumed && <Note status="running">{t("rights.presumed")}</Note>}
            <Holdings page={p} on={on} go={setOn} />
            {p.whole && <Liens page={p} />}
            {p.whole && <History page={p} />}
          </div>
        </>
      )}
    </Load>
  );
}

function Holdings({ page, on, go }: { page: Page; on: string; go: (day: string) => void }) {
  const { t } = useSpeech();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const names = [...new Set(page.holdings.map((h) => h.name))];
  const of = (name: string, right: string) =>
    page.holdings.filter((h) => h.name === name && h.right === right).reduce((sum, h) => sum + h.share, 0);
  const days = page.history.map((e) => formatDay(e.at));
  return (
    <Sheet title={t("rights.who")} id="who">
      <div className="stack">
        <DaySlider days={days} today={today} on={on || page.on} go={go} />
        {names.length === 0 ? (
          <p className="muted">{t("rights.unvested")}</p>
        ) : (
          <>
            <Chart
              title={`${t("rights.share")}（${page.on}）`}
              height={180}
              table={{
                head: ["", ...names],
                rows: rights.map((r) => [t(`rights.${r}`), ...names.map((n) => formatShare(of(n, r)))]),
              }}
              draw={(look) =>
                bars(look, {
                  x: rights.map((r) => t(`rights.${r}`)),
                  sideways: true,
                  format: (n) => `${n} %`,
                  series: names.map((n) => ({ name: n, stack: "whole", values: rights.map((r) => of(n, r) / 10_000) })),
                })
              }
            />
            <table className="table-plain">
              <thead>
                <tr>
                  <th scope="col">{t("rights.holder")}</th>
                  <th scope="col">{t("rights.kind")}</th>
                  <th scope="col" className="num">
                    {t("rights.share")}
                  </th>
                  <th scope="col">{t("rights.until")}</th>
                </tr>
              </thead>
              <tbody>
                {page.holdings.map((h, i) => (
                  <tr key={i}>
                    <td>
                      {h.name} {h.pledged && <span className="badge s-waiting">{t("rights.pledged")}</span>}
                    </td>
                    <td>{t(`rights.${h.right}` as Key)}</td>
                    <td className="num">{formatShare(h.share)}</td>
                    <td>{h.until ?? t("rights.good")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </div>
    </Sheet>
  );
}

function Liens({ page }: { page: Page }) {
  const { t } = useSpeech();
  return (
    <Sheet title={t("rights.liens")} id="liens">
      {page.liens.length === 0 ? (
        <p className="muted">{t("rights.liens.none")}</p>
      ) : (
        <ul className="stack-s">
          {page.liens.map((l, i) => (
            <li key={i}>
              <Lien lien={l} />
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

function Lien({ lien }: { lien: components["schemas"]["LienView"] }) {
  const { t } = useSpeech();
  return (
    <>
      <span className="badge s-running">
        {lien.scope ? `${t(`rights.s.${lien.scope}` as Key)}` : ""}
        {t(`rights.k.${lien.kind}` as Key)}
      </span>{" "}
      {lien.giver} → {lien.holder}
      {lien.number && ` · ${t("rights.number")} ${lien.number}`}
      {lien.amount ? (
        <>
          {" · "}
          <Money fen={lien.amount} />
        </>
      ) : null}
      {lien.until && ` · ${t("rights.until")} ${lien.until}`}{" "}
      {lien.case && <Link to={`/cases/${lien.case}` as string}>{t("rights.case")}</Link>}
    </>
  );
}

function History({ page }: { page: Page }) {
  const { t } = useSpeech();
  if (page.history.length === 0) return null;
  return (
    <Sheet title={t("rights.history")} id="history">
      <ol className="stack-s">
        {[...page.history].reverse().map((e, i) => (
          <li key={i}>
            <time dateTime={e.at} className="muted nowrap">
              {formatDay(e.at)}
            </time>{" "}
            <span className="strong">{t(`rights.k.${e.kind}` as Key)}</span>
            {e.lien ? (
              <>
                {" "}
                <Lien lien={e.lien} />
              </>
            ) : (
              <>
                {" "}
                {summary(e.moves)
                  .map(
                    (m) =>
                      `${m.from ? `${m.from} → ` : ""}${m.to} ${m.what.map((w) => t(`rights.${w}` as Key)).join("、")} ${formatShare(m.amount)}`,
                  )
                  .join("；")}
              </>
            )}{" "}
            {e.case && !e.lien && <Link to={`/cases/${e.case}` as string}>{t("rights.case")}</Link>}
          </li>
        ))}
      </ol>
    </Sheet>
  );
}

/** summary joins moves of the same parties and share into one, with the rights that they are of. */
function summary(moves: components["schemas"]["MoveView"][]) {
  const out: { from?: string; to?: string; amount: number; what: string[] }[] = [];
  for (const m of moves) {
    const same = out.find((o) => o.from === m.from && o.to === m.to && o.amount === m.amount && !o.what.includes(m.what));
    if (same) same.what.push(m.what);
    else out.push({ from: m.from, to: m.to, amount: m.amount, what: [m.what] });
  }
  return out;
}
