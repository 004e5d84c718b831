// The cockpit beside its figures: chains by risk, money by stage and source, the way from need to output, deadlines missed.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { Overview as Answer } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { formatDay } from "../../words/date";
import { figureExact, figureText } from "../../words/figure";
import { daysOf, useFigureSearch } from "./days";

export function Overview() {
  const [search] = useFigureSearch();
  const overview = useQuery(q.overview(daysOf(search)));
  return (
    <Load query={overview} bones={<Bones lines={6} height={200} />}>
      {(o) => (
        <div className="ov-grid">
          <Chains o={o} />
          <div className="stack">
            <Flow o={o} />
            <Money o={o} />
            <Missed o={o} />
          </div>
        </div>
      )}
    </Load>
  );
}

/** percent of parts per million, without decimals. */
const percent = (ppm: number) => `${Math.round(ppm / 10_000)} %`;

/** Chains are what is open of each: the bar is what was listed, its dark part what is not cracked yet. */
function Chains({ o }: { o: Answer }) {
  const { t, tx } = useSpeech();
  const [search] = useFigureSearch();
  const [by, setBy] = useState<"chains" | "groups">("chains");
  const closed = o.closed;
  if (!closed || o.chains.length === 0) return null;
  const most = Math.max(1, ...o.chains.map((c) => c.listed));
  return (
    <Sheet
      title={t("ov.chains")}
      aside={
        <Segmented
          size="small"
          aria-label={t("ov.chains")}
          value={by}
          options={[
            { value: "chains", label: t("ov.by.chains", { n: o.chains.length }) },
            { value: "groups", label: t("ov.by.groups", { n: o.groups.length }) },
          ]}
          onChange={setBy}
        />
      }
    >
      <p className="small muted">{t("ov.chains.lead")}</p>
      {by === "chains" ? (
        <ol className="ov-rows">
          {o.chains.map((c) => (
            <li key={c.code}>
              <Link
                to="/figures/$name"
                params={{ name: closed.name }}
                search={{ ...daysOf(search), by: "chain", of: c.code } as never}
                hash="facts"
                className="ov-name"
              >
                {tx(c.title)}
              </Link>
              <Risk listed={c.listed} open={c.open} most={most} />
              <span className="ov-say small">
                {t("ov.open", { open: c.open, listed: c.listed })} · <b>{percent(c.risk)}</b>
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <ol className="ov-rows">
          {o.groups.map((g) => (
            <li key={g.code}>
              <span className="ov-name">{tx(g.title)}</span>
              <Risk listed={1_000_000} open={g.risk} most={1_000_000} />
              <span className="ov-say small">
                {t("ov.open.n", { open: g.open })} · <b>{percent(g.risk)}</b>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  );
}

function Risk({ listed, open, most }: { listed: number; open: number; most: number }) {
  return (
    <span className="ov-bar" aria-hidden="true" style={{ width: `${(100 * listed) / most}%` }}>
      <i style={{ width: `${listed ? (100 * open) / listed : 0}%` }} />
    </span>
  );
}

/** Flow is the stages from need to output; each leads to its figure, and says what part of the one before it is where it is a part of it. */
function Flow({ o }: { o: Answer }) {
  const { t, tx, lang } = useSpeech();
  const [search] = useFigureSearch();
  if (o.flow.length === 0) return null;
  const most = Math.max(1, ...o.flow.map((s) => s.figure.value ?? 0));
  return (
    <Sheet title={t("ov.flow")}>
      <ol className="ov-flow">
        {o.flow.map((s) => (
          <li key={s.figure.name}>
            <span className="ov-name">{tx(s.title)}</span>
            <Link to="/figures/$name" params={{ name: s.figure.name }} search={daysOf(search) as never} className="ov-step">
              {(s.figure.value ?? 0) > 0 && (
                <i aria-hidden="true" style={{ width: `${Math.max(2, (100 * (s.figure.value ?? 0)) / most)}%` }} />
              )}
              <b>{figureText(s.figure.unit, s.figure.value, lang)}</b>
            </Link>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}

/** Money is stages by sources; nothing is added up, because the stages count different times. */
function Money({ o }: { o: Answer }) {
  const { t, tx, lang } = useSpeech();
  const [search] = useFigureSearch();
  if (o.money.length === 0) return null;
  return (
    <Sheet title={t("ov.money")} pad={false}>
      <div className="table-wrap">
        <table className="table">
          <caption className="visually-hidden">{t("ov.money")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("ov.stage")}</th>
              {o.sources.map((s) => (
                <th scope="col" className="right" key={s.name}>
                  {tx(s.title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {o.money.map((m) => (
              <tr key={tx(m.title)}>
                <th scope="row">{tx(m.title)}</th>
                {o.sources.map((s, i) => {
                  const f = m.cells[i];
                  return (
                    <td key={s.name} className="right nowrap" data-label={tx(s.title)}>
                      {f ? (
                        <Link
                          to="/figures/$name"
                          params={{ name: f.name }}
                          search={daysOf(search) as never}
                          title={figureExact(f.unit, f.value, lang)}
                        >
                          {figureText(f.unit, f.value, lang)}
                        </Link>
                      ) : (
                        <span className="muted">—</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

function Missed({ o }: { o: Answer }) {
  const { t, tx } = useSpeech();
  return (
    <Sheet title={t("ov.missed")} pad={o.missed.length === 0}>
      {o.missed.length === 0 ? (
        <Empty icon="check" title={t("ov.missed.none")} />
      ) : (
        <div className="table-wrap">
          <table className="table">
            <caption className="visually-hidden">{t("ov.missed")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("ov.missed.where")}</th>
                <th scope="col" className="right">
                  {t("ov.missed.n")}
                </th>
                <th scope="col">{t("ov.missed.since")}</th>
              </tr>
            </thead>
            <tbody>
              {o.missed.map((m) => (
                <tr key={`${m.mechanism} ${m.state.zh}`}>
                  <th scope="row">
                    <Link to="/cases" search={{ mechanism: m.mechanism } as never}>
                      {tx(m.title)}
                    </Link>{" "}
                    <span className="muted">{tx(m.state)}</span>
                  </th>
                  <td className="right" data-label={t("ov.missed.n")}>
                    {m.count}
                  </td>
                  <td className="nowrap" data-label={t("ov.missed.since")}>
                    {formatDay(m.since)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  );
}
