import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { Fact, Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { ListFoot, Token } from "../../kit/list";
import { Failed, Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { TableBones } from "../../kit/table";
import { figureExact } from "../../words/figure";
import { shownDays, useFigureSearch } from "./days";

/** Facts is what stands behind a figure, or behind one part of it; each leads to its case, its step and its proof. */
export function Facts({ figure }: { figure: Figure }) {
  const { t, tx } = useSpeech();
  const [search, change] = useFigureSearch();
  const part = search.of ? { by: search.by, of: search.of } : {};
  const own = (figure.rules.at(-1)?.facts ?? []).length > 0;
  const facts = useInfiniteQuery({ ...q.figureFacts(figure.name, { ...shownDays(figure, search), ...part }), enabled: own });
  const [open, setOpen] = useState("");
  if (!own) return <Derived figure={figure} />;
  if (facts.isError) return <Failed error={facts.error} again={() => void facts.refetch()} />;
  if (!facts.data) return <TableBones rows={4} />;
  const list = facts.data.pages.flatMap((p) => p.items);
  type Named = Record<string, { zh: string; en?: string }>;
  const kinds = Object.assign({}, ...facts.data.pages.map((p) => p.kinds)) as Named;
  const titles = Object.assign({}, ...facts.data.pages.map((p) => p.titles)) as Named;
  const of = Object.assign({}, ...facts.data.pages.map((p) => p.of)) as Record<string, string>;
  return (
    <>
      {search.of && (
        <div className="list-tools">
          <Token label={t("fig.facts.of", { part: search.of.split(",").join(" × ") })} off={() => change({ of: "" })} />
        </div>
      )}
      {list.length === 0 ? (
        <Empty icon="chart" title={t("fig.facts.none")}>
          {t("fig.facts.none.way")}
        </Empty>
      ) : (
        <div className="table-wrap">
          <table className="table">
            <caption className="visually-hidden">{t("fig.sec.facts")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("fig.fact.day")}</th>
                <th scope="col">{t("fig.fact.kind")}</th>
                <th scope="col" className="right">
                  {t("fig.fact.amount")}
                </th>
                <th scope="col">{t("fig.fact.dims")}</th>
                <th scope="col">{t("fig.fact.recorded")}</th>
                <th scope="col">{t("fig.fact.proof")}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((f) => (
                <tr key={f.id}>
                  <th scope="row" data-label={t("fig.fact.day")} className="nowrap">
                    {f.day}
                  </th>
                  <td data-label={t("fig.fact.kind")}>
                    {of[f.id] && (
                      <>
                        {of[f.id]}
                        <br />
                      </>
                    )}
                    <span className={of[f.id] ? "small muted" : undefined}>{tx(kinds[f.kind]) || f.kind}</span>
                    {f.reverses && <span className="badge s-stopped">{t("fig.fact.back")}</span>}
                  </td>
                  <td className="right" data-label={t("fig.fact.amount")}>
                    <Amount fact={f} unit={figure.unit} />
                  </td>
                  <td data-label={t("fig.fact.dims")} className="small muted">
                    {Object.entries(f.dims ?? {})
                      .filter(([, v]) => v && !/^(rec|party|case)_/.test(v))
                      .map(([dim, v]) => tx(titles[`${dim}/${v}`]) || v)
                      .join(" · ")}
                  </td>
                  <td data-label={t("fig.fact.recorded")}>
                    <Moment at={f.at} />
                  </td>
                  <td data-label={t("fig.fact.proof")}>
                    {open === f.id ? (
                      <Origin id={f.id} />
                    ) : (
                      <Button size="small" onClick={() => setOpen(f.id)}>
                        {t("fig.fact.proof")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ListFoot n={list.length} list={facts} />
    </>
  );
}

function Amount({ fact, unit }: { fact: Fact; unit: string }) {
  const { lang } = useSpeech();
  return <>{unit === "元" ? figureExact("元", fact.amount, lang) : fact.amount.toLocaleString("en-US")}</>;
}

function Derived({ figure }: { figure: Figure }) {
  const { t, tx } = useSpeech();
  return (
    <div className="sheet-pad stack-s">
      <p>{t("fig.facts.derived")}</p>
      <ul className="stack-s">
        {(figure.rules.at(-1)?.figures ?? []).map((name, i) => (
          <li key={name}>
            <Link to="/figures/$name" params={{ name }} hash="facts">
              {tx(figure.counts[i]) || name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Origin is where a fact came from: case, step, papers and its record in the journal. */
function Origin({ id }: { id: string }) {
  const { t, tx } = useSpeech();
  const fact = useQuery(q.fact(id));
  return (
    <Load query={fact} bones={<Bones lines={2} />}>
      {(f) => (
        <div className="stack-s small">
          {f.register && (
            <Link to="/register/records/$id" params={{ id: f.record }}>
              {t("fig.fact.record", { name: f.register })}
            </Link>
          )}
          {f.import && <span>{t("fig.fact.import", { who: f.who ?? "", file: f.import })}</span>}
          {f.case && (
            <Link to="/cases/$id" params={{ id: f.case }}>
              {f.title || f.case}
            </Link>
          )}
          {f.step && <span>{t("fig.fact.step", { step: tx(f.step), who: f.who ?? "" })}</span>}
          {f.papers.length > 0 && <span>{t("fig.fact.papers", { n: f.papers.length })}</span>}
          {f.leaf && (
            <span>
              <Link to="/journal" search={{ leaf: f.leaf } as never}>
                {t("fig.fact.leaf")}
              </Link>{" "}
              <Digest value={f.leaf} />
            </span>
          )}
        </div>
      )}
    </Load>
  );
}
