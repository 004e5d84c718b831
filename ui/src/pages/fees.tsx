// The fees of a month: who was paid what for which case, the tax withheld of it, and its handing in to the tax office.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Modal, Select } from "antd";
import { useRef, useState } from "react";
import { api, freshKey, got } from "../api/client";
import { q } from "../api/queries";
import { type Refusal, RefusedError } from "../api/refusals";
import type { FeeMonth, Form } from "../api/types";
import type { Status } from "../design/tokens";
import { FormRenderer } from "../form/renderer";
import { check, fieldId, type Issue, refusalsOf, type TypedRow } from "../form/values";
import { useSpeech } from "../i18n";
import { messages } from "../i18n/messages";
import { Moment, Money } from "../kit/figures";
import { Load } from "../kit/load";
import { Bones, Empty, Note } from "../kit/note";
import { PageHead } from "../kit/page";
import { Refusals } from "../kit/refusals";
import { Standing } from "../kit/standing";
import { has, useActor } from "../shell/session";
import { formatMoney } from "../words/money";

const both = (key: keyof typeof messages) => ({ zh: messages[key][0], en: messages[key][1] });

const receiptForm: Form = {
  name: "receipt",
  title: both("fees.remit"),
  fields: [{ name: "number", title: both("fees.number"), help: both("fees.number.help"), type: "text", max: 100 }],
};

const standings: Record<FeeMonth["standing"], Status> = {
  none: "done",
  open: "running",
  due: "waiting",
  late: "returned",
  done: "done",
};

export function FeesPage() {
  const { t } = useSpeech();
  const months = useQuery(q.feeMonths());
  const search = useSearch({ strict: false }) as { month?: string };
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t("fees.title")} lead={t("fees.lead")} back={{ to: "/money", label: t("fund.title") }} />
      <Load query={months} bones={<Bones lines={6} height={32} />}>
        {(list) => {
          const month = search.month ?? list[0]?.month;
          if (!month) return <Empty icon="money" title={t("fees.none")} />;
          return (
            <div className="stack">
              {list
                .filter((m) => m.standing === "late" && m.month !== month)
                .map((m) => (
                  <Note key={m.month} status="returned">
                    {t("fees.late", { month: m.month, due: m.due ?? "" })}
                  </Note>
                ))}
              <div className="row">
                <span>{t("fees.month")}</span>
                <Select
                  aria-label={t("fees.month")}
                  value={month}
                  options={list.map((m) => ({ value: m.month, label: `${m.month} · ${t(`fees.standing.${m.standing}`)}` }))}
                  onChange={(m) => void navigate({ to: "/money/fees", search: { month: m } as never, replace: true })}
                  style={{ minWidth: 220 }}
                />
              </div>
              <Month month={month} />
            </div>
          );
        }}
      </Load>
    </>
  );
}

function Month({ month }: { month: string }) {
  const { t } = useSpeech();
  const found = useQuery(q.fees(month));
  const finance = has(useActor(), "finance");
  const [open, setOpen] = useState(false);
  return (
    <Load query={found} bones={<Bones lines={6} height={28} />}>
      {(m) => (
        <section className="sheet" aria-label={m.month}>
          <header>
            <h2>{m.month}</h2>
            <Standing status={standings[m.standing]}>{t(`fees.standing.${m.standing}`)}</Standing>
            <span className="row no-print">
              <a href={`/api/fees/${m.month}/book`} download>
                {t("fees.book")}
              </a>
              {finance && (m.standing === "due" || m.standing === "late") && (
                <Button type="primary" onClick={() => setOpen(true)}>
                  {t("fees.remit")}
                </Button>
              )}
            </span>
          </header>
          <div className="sheet-pad stack">
            <Sums month={m} />
            {m.standing === "late" && <Note status="returned">{t("fees.late", { month: m.month, due: m.due ?? "" })}</Note>}
            {m.due && m.tax > 0 && (
              <p className="small muted">
                {t("fees.due", { due: m.due })} {m.rule}
              </p>
            )}
            <Lines month={m} />
            <Receipts month={m} />
          </div>
          {open && <Remit month={m} close={() => setOpen(false)} />}
        </section>
      )}
    </Load>
  );
}

function Sums({ month }: { month: FeeMonth }) {
  const { t } = useSpeech();
  const sums = [
    ["fees.gross", month.gross],
    ["fees.tax", month.tax],
    ["fees.net", month.net],
    ["fees.left", month.tax - month.remitted],
  ] as const;
  return (
    <dl className="numbers">
      <div>
        <dt>{t("fees.people")}</dt>
        <dd>{month.people}</dd>
      </div>
      {sums.map(([key, fen]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>
            <Money fen={fen} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Lines({ month }: { month: FeeMonth }) {
  const { t, tx } = useSpeech();
  const lines = month.fees ?? [];
  if (lines.length === 0) return <p className="muted">{t("fees.none")}</p>;
  return (
    <div className="table-wrap">
      <table className="table table-plain">
        <caption className="visually-hidden">{t("fees.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("fees.paid")}</th>
            <th scope="col">{t("fees.person")}</th>
            <th scope="col">{t("fees.case")}</th>
            <th scope="col" className="right">
              {t("fees.gross")}
            </th>
            <th scope="col" className="right">
              {t("fees.tax")}
            </th>
            <th scope="col" className="right">
              {t("fees.net")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((f) => (
            <tr key={`${f.case}-${f.party}-${f.at}`}>
              <td data-label={t("fees.paid")}>
                <Moment at={f.at} />
              </td>
              <td data-label={t("fees.person")}>{f.name}</td>
              <td data-label={t("fees.case")}>
                <Link to="/cases/$id" params={{ id: f.case }}>
                  {f.title}
                </Link>{" "}
                <span className="muted small">{tx(f.for)}</span>
              </td>
              <td data-label={t("fees.gross")} className="right">
                <Money fen={f.gross} />
              </td>
              <td data-label={t("fees.tax")} className="right">
                <Money fen={f.tax} />
              </td>
              <td data-label={t("fees.net")} className="right">
                <Money fen={f.net} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Receipts({ month }: { month: FeeMonth }) {
  const { t, tx } = useSpeech();
  return (month.receipts ?? []).map((r) => (
    <Note key={r.leaf} status="done">
      {t("fees.handed", { number: tx(r.number) })} <Money fen={r.amount} /> · <Moment at={r.at} />
    </Note>
  ));
}

function Remit({ month, close }: { month: FeeMonth; close: () => void }) {
  const { t, tx, lang } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [values, setValues] = useState<TypedRow>({ number: "" });
  const [issues, setIssues] = useState<Issue[]>([]);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(freshKey());
  const left = month.tax - month.remitted;
  async function send() {
    const found = check(receiptForm, values, (f) => tx(f.title));
    setIssues(found);
    setRefusals([]);
    if (found.length > 0) return;
    setBusy(true);
    try {
      await got(
        api.POST("/api/fees/{month}/remittances", {
          params: { path: { month: month.month }, header: { "Idempotency-Key": key.current } },
          body: { amount: left, number: String(values.number) },
        }),
      );
      await client.invalidateQueries({ queryKey: ["fees"] });
      void message.success(t("fees.done", { amount: formatMoney(left, lang) }));
      close();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (!error.lost) key.current = freshKey();
      setRefusals(error.refusals);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      title={t("fees.remit.title", { month: month.month })}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={busy} onClick={() => void send()}>
            {t("fees.remit")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Refusals list={[...refusalsOf(issues), ...refusals]} anchor={(f) => fieldId(receiptForm, f)} />
        <Note status="running">{t("fees.remit.effect", { amount: formatMoney(left, lang), month: month.month })}</Note>
        <FormRenderer form={receiptForm} values={values} onChange={setValues} issues={issues} refusals={refusals} />
      </div>
    </Modal>
  );
}
