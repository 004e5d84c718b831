import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Modal } from "antd";
import { useRef, useState } from "react";
import { api, freshKey, got } from "../api/client";
import { q } from "../api/queries";
import { type Refusal, RefusedError } from "../api/refusals";
import type { Form, Fund } from "../api/types";
import { FormRenderer } from "../form/renderer";
import { check, fieldId, type Issue, isMoney, refusalsOf, type TypedRow, wireRow } from "../form/values";
import { useSpeech } from "../i18n";
import { messages } from "../i18n/messages";
import { Money } from "../kit/figures";
import { Load } from "../kit/load";
import { Bones, Empty, Note } from "../kit/note";
import { PageHead } from "../kit/page";
import { Refusals } from "../kit/refusals";
import { has, useActor } from "../shell/session";
import { formatMoney, parseMoney } from "../words/money";
import { MoneyCharts } from "./money-charts";

const both = (key: keyof typeof messages) => ({ zh: messages[key][0], en: messages[key][1] });

const budgetForm: Form = {
  name: "budget",
  title: both("fund.appropriate"),
  fields: [
    { name: "year", title: both("fund.year"), type: "count" },
    { name: "amount", title: both("fund.amount"), type: "money" },
    { name: "memo", title: both("fund.memo"), help: both("fund.memo.help"), type: "text", max: 100 },
  ],
};

export function MoneyPage() {
  const { t } = useSpeech();
  const funds = useQuery(q.funds());
  const actor = useActor();
  const finance = has(actor, "finance");
  const [chosen, setChosen] = useState<Fund | null>(null);
  return (
    <>
      <PageHead title={t("fund.title")} lead={t("fund.lead")}>
        {(finance || has(actor, "auditor")) && <Link to="/money/fees">{t("fund.fees")}</Link>}
      </PageHead>
      <Load query={funds} bones={<Bones lines={6} height={32} />}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="money" title={t("fund.none")} />
          ) : (
            <div className="stack">
              <MoneyCharts funds={list} />
              {list.map((f) => (
                <FundSheet key={f.name} fund={f} appropriate={finance ? () => setChosen(f) : undefined} />
              ))}
            </div>
          )
        }
      </Load>
      {chosen && <Appropriate fund={chosen} close={() => setChosen(null)} />}
    </>
  );
}

function FundSheet({ fund, appropriate }: { fund: Fund; appropriate?: () => void }) {
  const { t, tx } = useSpeech();
  const total = fund.years.reduce((sum, y) => sum + y.appropriated, 0);
  const parts = [
    { key: "paid", n: fund.paid, tone: "done", label: t("fund.paid") },
    { key: "held", n: fund.held, tone: "waiting", label: t("fund.held") },
    { key: "free", n: fund.free, tone: "", label: t("fund.free") },
    { key: "owed", n: fund.owed, tone: "returned", label: t("fund.owed") },
  ];
  return (
    <section className="sheet" aria-label={tx(fund.title)}>
      <header>
        <h2>{tx(fund.title)}</h2>
        {appropriate && <Button onClick={appropriate}>{t("fund.appropriate")}</Button>}
      </header>
      <div className="sheet-pad stack">
        {fund.public && <p className="small muted">{t("fund.public")}</p>}
        <dl className="numbers">
          <div>
            <dt>{t("fund.free")}</dt>
            <dd>
              <Money fen={fund.free} />
            </dd>
          </div>
          <div>
            <dt>{t("fund.total")}</dt>
            <dd>
              <Money fen={total} />
            </dd>
          </div>
          {fund.interest > 0 && (
            <div>
              <dt>{t("fund.interest")}</dt>
              <dd>
                <Money fen={fund.interest} />
              </dd>
            </div>
          )}
        </dl>
        <div className="bar" aria-hidden="true">
          {parts
            .filter((p) => p.key !== "owed" && p.n > 0)
            .map((p) => (
              <span key={p.key} className={p.tone ? `bar-${p.tone}` : undefined} style={{ flexGrow: p.n }} />
            ))}
        </div>
        <dl className="legend">
          {parts.map((p) => (
            <div key={p.key}>
              <dt className={p.tone ? `dot-${p.tone}` : undefined}>{p.label}</dt>
              <dd>
                <Money fen={p.n} />
              </dd>
            </div>
          ))}
        </dl>
        {fund.interest > 0 && <p className="small muted">{t("fund.interest.why")}</p>}
        <dl className="facts">
          <dt>{t("fund.years")}</dt>
          <dd>
            {fund.years.length === 0
              ? t("word.none")
              : fund.years.map((y) => (
                  <p key={y.year}>
                    {y.year} <Money fen={y.appropriated} />
                  </p>
                ))}
          </dd>
        </dl>
      </div>
    </section>
  );
}

function Appropriate({ fund, close }: { fund: Fund; close: () => void }) {
  const { t, tx, lang } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [values, setValues] = useState<TypedRow>({ year: String(new Date().getFullYear()), amount: { text: "", unit: "万元" } });
  const [issues, setIssues] = useState<Issue[]>([]);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(freshKey());
  const read = isMoney(values.amount) ? parseMoney(values.amount.text, values.amount.unit) : { problem: "not" };
  async function send() {
    const found = check(budgetForm, values, (f) => tx(f.title));
    setIssues(found);
    setRefusals([]);
    if (found.length > 0) return;
    const body = wireRow(budgetForm.fields, values) as { year: number; amount: number; memo: string };
    setBusy(true);
    try {
      await got(
        api.POST("/api/funds/{name}/appropriations", {
          params: { path: { name: fund.name }, header: { "Idempotency-Key": key.current } },
          body,
        }),
      );
      await client.invalidateQueries({ queryKey: ["funds"] });
      void message.success(t("fund.done", { amount: formatMoney(body.amount, lang) }));
      close();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (!error.lost) key.current = freshKey();
      setRefusals(error.refusals);
    } finally {
      setBusy(false);
    }
  }
  const listed = [...refusalsOf(issues), ...refusals];
  return (
    <Modal
      open
      title={t("fund.appropriate.title", { fund: tx(fund.title) })}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={busy} onClick={() => void send()}>
            {t("fund.do")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Refusals list={listed} anchor={(f) => fieldId(budgetForm, f)} />
        <FormRenderer form={budgetForm} values={values} onChange={setValues} issues={issues} refusals={refusals} />
        {"fen" in read && (
          <Note status="running">{t("fund.effect", { fund: tx(fund.title), amount: formatMoney(read.fen, lang) })}</Note>
        )}
      </div>
    </Modal>
  );
}
