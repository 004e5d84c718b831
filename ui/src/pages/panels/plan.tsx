// The proposal: its proof, what wishes cost, who judges what, and how the load is spread.
import { Link } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useState } from "react";
import type { Refusal } from "../../api/refusals";
import type { AssignAnswer, AssignPair } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";

/** Sent is what became of one case's invitations. */
export type Sent = { done: boolean; refusals: Refusal[] };

type Wishes = { pins: AssignPair[]; forbids: AssignPair[] };

const has = (list: AssignPair[], c: string, p: string) => list.some((w) => w.case === c && w.party === p);
const without = (list: AssignPair[], c: string, p: string) => list.filter((w) => w.case !== c || w.party !== p);

const short = (score: string) => score.replace(/(\.\d\d)\d+$/, "$1");

export function Plan({ answer, pins, forbids }: { answer: AssignAnswer } & Wishes) {
  const { t } = useSpeech();
  const title = (id?: string) => answer.cases.find((c) => c.case === id)?.title ?? "";
  const name = (id?: string) => answer.experts.find((x) => x.party === id)?.name ?? "";
  return (
    <Sheet
      title={t("assign.plan")}
      aside={
        <Button size="small" icon={<Icon name="down" />} onClick={() => save(answer.file ?? "")}>
          {t("assign.file")}
        </Button>
      }
    >
      <div className="stack">
        <dl className="numbers">
          <div>
            <dt>{t("assign.total")}</dt>
            <dd>{short(answer.total ?? "")}</dd>
          </div>
          <div>
            <dt>{t(answer.cases.some((c) => c.of) ? "assign.worst.inside" : "assign.worst")}</dt>
            <dd>{short(answer.worst ?? "")}</dd>
          </div>
          <div>
            <dt>{t("assign.experts")}</dt>
            <dd>{answer.experts.filter((x) => x.load > 0).length}</dd>
          </div>
        </dl>
        <p>
          <Standing status={answer.proved ? "done" : "running"}>
            {answer.proved ? t("assign.proved") : t("assign.bound", { bound: short(answer.bound ?? "") })}
          </Standing>
        </p>
        {(answer.costs ?? []).length > 0 && (
          <div>
            <h3>{t("assign.costs")}</h3>
            <ul>
              {(answer.costs ?? []).map((c, i) => (
                <li key={i}>
                  {t(`assign.cost.${c.what}`, { name: name(c.party), title: title(c.case) })}{" "}
                  <span className="strong">{short(c.costs)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {pins.length + forbids.length > 0 && (
          <p className="small muted">{t("assign.wishes", { pins: pins.length, forbids: forbids.length })}</p>
        )}
        <p className="small muted">{t("assign.file.hint")}</p>
      </div>
    </Sheet>
  );
}

function save(text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const a = document.createElement("a");
  a.href = url;
  a.download = "assignment.json";
  a.click();
  URL.revokeObjectURL(url);
}

type SpreadProps = {
  answer: AssignAnswer;
  sent: Record<string, Sent>;
  wish: (next: Partial<Wishes>) => void;
} & Wishes;

/** Spread is who judges what; a pin keeps somebody, a cross keeps somebody away, and the answer is worked out again at once. */
export function Spread({ answer, sent, pins, forbids, wish }: SpreadProps) {
  const { t } = useSpeech();
  return (
    <>
      <Sheet title={t("assign.pairs")} pad={false}>
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("col.title")}</th>
                <th scope="col" className="right">
                  {t("assign.barred")}
                </th>
                <th scope="col">{t("assign.gets")}</th>
              </tr>
            </thead>
            <tbody>
              {answer.cases.map((c) => (
                <tr key={c.case}>
                  <th scope="row" data-label={t("col.title")} style={{ width: "30%" }}>
                    {c.of ? (
                      c.title
                    ) : (
                      <Link to="/panels/$id" params={{ id: c.case }}>
                        {c.title}
                      </Link>
                    )}
                    {sent[c.case]?.done && <Standing status="done">{t(c.of ? "assign.inside.sent" : "assign.sent")}</Standing>}
                    {sent[c.case] && !sent[c.case]?.done && <Refusals list={sent[c.case]?.refusals ?? []} />}
                  </th>
                  <td className="right" data-label={t("assign.barred")}>
                    {c.barred}
                  </td>
                  <td data-label={t("assign.gets")}>
                    <ul className="plain panel-gets">
                      {c.gets.map((g) => (
                        <li key={g.party} className="token">
                          {g.name} <small className="muted">{short(g.score)}</small>
                          {g.warn === "warn" && <Icon name="warn" size={12} />}
                          {g.kept ? (
                            <small className="muted">{t("assign.kept")}</small>
                          ) : (
                            <PairWishes of={c.case} party={g} pins={pins} forbids={forbids} wish={wish} />
                          )}
                        </li>
                      ))}
                      <li>
                        <Adding
                          answer={answer}
                          case={c.case}
                          add={(party) => wish({ pins: [...pins, { case: c.case, party }] })}
                        />
                      </li>
                    </ul>
                    {forbids
                      .filter((w) => w.case === c.case)
                      .map((w) => (
                        <Button
                          key={w.party}
                          size="small"
                          type="link"
                          onClick={() => wish({ forbids: without(forbids, w.case, w.party) })}
                        >
                          {t("assign.allow", { name: answer.experts.find((x) => x.party === w.party)?.name ?? w.party })}
                        </Button>
                      ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Sheet>
      <Load answer={answer} />
    </>
  );
}

type PairProps = { of: string; party: { party: string; name: string }; wish: (next: Partial<Wishes>) => void } & Wishes;

/** PairWishes are what a person can ask of one pair: that it must be, or must not. */
function PairWishes({ of, party: { party, name }, pins, forbids, wish }: PairProps) {
  const { t } = useSpeech();
  const pinned = has(pins, of, party);
  return (
    <>
      <button
        type="button"
        aria-pressed={pinned}
        aria-label={t("assign.pin.of", { name })}
        title={t("assign.pin.of", { name })}
        onClick={() => wish({ pins: pinned ? without(pins, of, party) : [...pins, { case: of, party }] })}
      >
        <Icon name={pinned ? "lock" : "check"} size={12} />
      </button>
      <button
        type="button"
        aria-label={t("assign.forbid.of", { name })}
        title={t("assign.forbid.of", { name })}
        onClick={() => wish({ pins: without(pins, of, party), forbids: [...forbids, { case: of, party }] })}
      >
        <Icon name="cross" size={12} />
      </button>
    </>
  );
}

/** Adding pins somebody who was not proposed; whoever is in conflict is refused by the answer. */
function Adding({ answer, case: id, add }: { answer: AssignAnswer; case: string; add: (party: string) => void }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const there = new Set(answer.cases.find((c) => c.case === id)?.gets.map((g) => g.party));
  if (!open)
    return (
      <Button size="small" type="text" icon={<Icon name="add" size={12} />} onClick={() => setOpen(true)}>
        {t("assign.add")}
      </Button>
    );
  return (
    <Select
      size="small"
      autoFocus
      defaultOpen
      showSearch={{ optionFilterProp: "label" }}
      style={{ minWidth: 180 }}
      placeholder={t("assign.add")}
      onBlur={() => setOpen(false)}
      onChange={(party: string) => {
        setOpen(false);
        add(party);
      }}
      options={answer.experts.filter((x) => !there.has(x.party)).map((x) => ({ value: x.party, label: x.name }))}
    />
  );
}

/** Load is how many each expert gets, the busiest first. */
function Load({ answer }: { answer: AssignAnswer }) {
  const { t } = useSpeech();
  const busy = answer.experts.filter((x) => x.load > 0).toSorted((a, b) => b.load - a.load);
  const most = Math.max(1, ...busy.map((x) => x.load));
  if (busy.length === 0) return null;
  return (
    <Sheet title={t("assign.load")}>
      <ul className="plain loads">
        {busy.map((x) => (
          <li key={x.party}>
            <span>{x.name}</span>
            <span className="loads-bar" aria-hidden="true">
              <span style={{ width: `${(100 * x.load) / most}%` }} />
            </span>
            <span className="strong right">{x.load}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
