// Candidates are taken from cases that stand somewhere: which amount, score and groups is chosen here.
import { useQueries, useQuery } from "@tanstack/react-query";
import { InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { CandidatesFound } from "../../api/types";
import { useSpeech } from "../../i18n";
import { useClear } from "../../kit/clear";
import { Load } from "../../kit/load";
import { Empty } from "../../kit/note";
import { partsOf, type Rivals, statesOf, type Taking, take, usual } from "./from-cases";
import type { Candidate } from "./question";

export function FromCases({ use, close }: { use: (candidates: Candidate[], rivals: Rivals[]) => void; close: () => void }) {
  const { t, tx } = useSpeech();
  const mechanisms = useQuery(q.mechanisms());
  const [mechanism, setMechanism] = useState<string>();
  const found = useQuery({ ...q.candidates(mechanism ?? ""), enabled: Boolean(mechanism) });
  const [chosen, setChosen] = useState<Taking | null>(null);
  const data = found.data ?? nothing;
  const title = useTitles(data);
  const taking = chosen ?? usual(data, new Date().getFullYear());
  const { candidates: taken, without, rivals } = take(data, taking, title);
  return (
    <Modal
      open
      width={720}
      title={t("plan.cases")}
      okText={t("plan.use")}
      okButtonProps={{ disabled: taken.length === 0 }}
      onOk={() => use(taken, rivals)}
      onCancel={close}
    >
      <div className="stack">
        <p className="muted">{t("plan.cases.lead")}</p>
        <Select
          aria-label={t("plan.cases.mechanism")}
          placeholder={t("plan.cases.mechanism")}
          showSearch={{ optionFilterProp: "label" }}
          value={mechanism}
          onChange={(m) => {
            setMechanism(m);
            setChosen(null);
          }}
          options={(mechanisms.data ?? []).map((m) => ({ value: m.name, label: tx(m.title) }))}
        />
        {mechanism && (
          <Load query={found}>
            {(list) =>
              list.rows.length === 0 ? (
                <Empty icon="case" title={t("plan.cases.none")} />
              ) : (
                <>
                  <Choosing found={list} taking={taking} change={setChosen} />
                  <p role="status" className="strong">
                    {t("plan.cases.found", { n: taken.length })}
                  </p>
                  {rivals.length > 0 && <p className="muted">{t("plan.cases.rivals", { n: rivals.length })}</p>}
                  {without.length > 0 && <p className="muted">{t("plan.cases.without", { n: without.length })}</p>}
                  {list.more && <p className="muted">{t("plan.cases.more")}</p>}
                </>
              )
            }
          </Load>
        )}
      </div>
    </Modal>
  );
}

const nothing: CandidatesFound = { fields: [], rows: [], more: false };

function Choosing({ found, taking, change }: { found: CandidatesFound; taking: Taking; change: (next: Taking) => void }) {
  const clearing = useClear();
  const { t, tx } = useSpeech();
  const of = found.fields.filter((f) => f.part === taking.part || f.part === "");
  const pick = (key: "amount" | "score" | "chain" | "path", options: { value: string; label: string }[], clear = false) => (
    <Pick label={t(`plan.cases.${key}`)} key={key}>
      <Select
        aria-label={t(`plan.cases.${key}`)}
        allowClear={clear && clearing}
        value={taking[key] === "" && clear ? undefined : taking[key]}
        onChange={(v) => change({ ...taking, [key]: v ?? "" })}
        options={options}
      />
    </Pick>
  );
  const fields = (...types: string[]) =>
    of.filter((f) => types.includes(f.type)).map((f) => ({ value: f.path, label: tx(f.title) }));
  return (
    <div className="stack">
      <Pick label={t("plan.cases.part")}>
        <Select
          aria-label={t("plan.cases.part")}
          value={taking.part}
          onChange={(part) => change(usual(found, taking.year, part))}
          options={partsOf(found).map((p) => ({
            value: p,
            label:
              p === ""
                ? t("plan.cases.part.case")
                : (found.rows
                    .find((r) => r.part === p)
                    ?.title.split(" · ")[1]
                    ?.split(" ")[0] ?? p),
          }))}
        />
      </Pick>
      <Pick label={t("plan.cases.states")}>
        <Select
          aria-label={t("plan.cases.states")}
          mode="multiple"
          value={taking.states}
          onChange={(states) => change({ ...taking, states })}
          options={statesOf(found, taking.part).map((s) => ({ value: s.value, label: `${tx(s.title)} ${s.n}` }))}
        />
      </Pick>
      {pick("amount", fields("money"))}
      {pick("score", [{ value: "", label: t("plan.cases.score.experts") }, ...fields("count", "number")])}
      {pick("chain", fields("ref"), true)}
      {pick("path", fields("choice", "ref"), true)}
      <Pick label={t("plan.cases.year")}>
        <InputNumber
          aria-label={t("plan.cases.year")}
          min={2000}
          max={2100}
          value={taking.year}
          onChange={(y) => change({ ...taking, year: y ?? taking.year })}
        />
      </Pick>
    </div>
  );
}

function Pick({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="pick">
      <span className="muted">{label}</span>
      {children}
    </div>
  );
}

/** useTitles names codes by their lists; a choice is called by its own value. */
function useTitles(found: CandidatesFound) {
  const { tx } = useSpeech();
  const refs = Array.from(new Set(found.fields.map((f) => f.ref ?? "").filter((r) => r !== "")));
  const lists = useQueries({ queries: refs.map((r) => q.taxonomy(r)) });
  const of = new Map(refs.map((r, i) => [r, lists[i]?.data]));
  return (path: string, value: string): string => {
    const ref = found.fields.find((f) => f.path === path)?.ref;
    const code = ref ? of.get(ref)?.codes.find((c) => c.code === value) : undefined;
    return code ? tx(code.title) : value;
  };
}
