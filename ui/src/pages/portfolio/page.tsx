// The portfolio page: the list beside the plan. What was entered stays on this device until it is cleared; the server keeps nothing.
import "../../design/panels.css";
import { Button, Checkbox, Input, Modal } from "antd";
import { useEffect, useState } from "react";
import { api, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { PortfolioMemo } from "../../api/types";
import { say, useSpeech } from "../../i18n";
import { Empty } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Attach } from "./attach";
import { FromCases } from "./from-cases-dialog";
import { Limits } from "./limits";
import { Clash, Costs, Front, Projects, Summary } from "./memo";
import { type Asked, csv, example, questionOf, readTable } from "./question";

const kept = "kc.portfolio";
const nothing: Asked = { candidates: [], budget: 0, quotas: [], pins: {}, weight: 0 };

function remembered(): Asked {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(kept) ?? "null");
    return raw && typeof raw === "object" ? { ...nothing, ...(raw as Asked) } : nothing;
  } catch {
    return nothing;
  }
}

export function PortfolioPage() {
  const { t, tx, lang } = useSpeech();
  const [asked, setAsked] = useState(remembered);
  const [memo, setMemo] = useState<PortfolioMemo | null>(null);
  const [last, setLast] = useState<PortfolioMemo["plan"] | null>(null);
  const [deep, setDeep] = useState(false);
  const [pasting, setPasting] = useState(false);
  const [taking, setTaking] = useState(false);
  const [attaching, setAttaching] = useState(false);
  const { busy, refusals, send } = useSending();
  useEffect(() => {
    try {
      localStorage.setItem(kept, JSON.stringify(asked));
    } catch {
      // No room on this device: the page still works, it only forgets.
    }
  }, [asked]);
  const question = questionOf(asked, {
    merit: say("zh", "plan.score"),
    second: say("zh", "plan.second"),
    budget: say("zh", "plan.budget.name"),
  });
  const second = asked.candidates.some((c) => c.lots.some((l) => l.second !== 0));

  const start = (candidates: Asked["candidates"]) => {
    const all = candidates.reduce((sum, c) => sum + Math.max(...c.lots.map((l) => l.fen)), 0) / 1_000_000;
    setAsked({ ...nothing, candidates, budget: Math.round(all / 2) });
    setMemo(null);
    setLast(null);
  };
  const choose = () =>
    send(async () => {
      const answer = await got(
        api.POST("/api/portfolio", {
          body: {
            question,
            reasons: asked.candidates.length <= 400,
            costs: deep,
            more: deep ? [1_000_000_000] : undefined,
            tries: deep ? 100 : undefined,
            front: deep && second ? ["merit", "second"] : undefined,
          },
        }),
      );
      if (memo?.plan) setLast(memo.plan);
      setMemo(answer);
    });
  const answerFile = () =>
    new File([JSON.stringify({ question, ...memo }, null, 2)], `portfolio-${memo?.plan?.digest.slice(0, 12)}.json`, {
      type: "application/json",
    });
  const workbook = () =>
    send(async () => {
      if (!memo?.plan) return;
      const body = { question, plan: memo.plan, reasons: memo.reasons, costs: memo.costs, last: last?.chosen };
      const blob = await got(api.POST("/api/portfolio/memo.xlsx", { body: body as never, parseAs: "blob" }));
      download(new File([blob as unknown as Blob], `${t("plan.title")}.xlsx`));
    });
  const table = () => {
    const lot = new Map((memo?.plan?.chosen ?? []).map((c) => [c.candidate, c.lot]));
    const reason = new Map((memo?.reasons ?? []).map((r) => [r.candidate, tx(r.text)]));
    return csv([
      [
        t("plan.project"),
        t("plan.quota.dim.chain"),
        t("plan.quota.dim.unit"),
        t("plan.amount"),
        t("plan.score"),
        t("plan.decision"),
        t("plan.reason"),
      ],
      ...asked.candidates.map((c) => {
        const l = c.lots[(lot.get(c.id) ?? 1) - 1];
        return [
          c.name,
          c.tags.chain,
          c.tags.unit,
          (l?.fen ?? 0) / 100,
          l?.score ?? 0,
          t(lot.has(c.id) ? "plan.in" : "plan.out"),
          reason.get(c.id) ?? "",
        ];
      }),
    ]);
  };
  return (
    <div className="stack">
      <PageHead title={t("plan.title")} lead={t("plan.lead")}>
        <Button onClick={() => setTaking(true)}>{t("plan.cases")}</Button>
        <Button onClick={() => setPasting(true)}>{t("plan.paste")}</Button>
        {asked.candidates.length > 0 && (
          <Button
            onClick={() => {
              setAsked(nothing);
              setMemo(null);
              setLast(null);
            }}
          >
            {t("plan.clear")}
          </Button>
        )}
      </PageHead>
      {asked.candidates.length === 0 ? (
        <Empty icon="scales" title={t("plan.none")}>
          {t("plan.none.way")}{" "}
          <Button
            type="link"
            onClick={() => {
              setAsked({ ...nothing, candidates: readTable(example()).candidates, budget: 3000 });
            }}
          >
            {t("plan.example")}
          </Button>
        </Empty>
      ) : (
        <>
          <Sheet title={t("plan.limits")}>
            <div className="stack no-print">
              <Limits asked={asked} set={(change) => setAsked((was) => ({ ...was, ...change }))} />
              <div className="row">
                <Button type="primary" loading={busy} onClick={() => void choose()}>
                  {t("plan.go")}
                </Button>
                <Checkbox checked={deep} onChange={(e) => setDeep(e.target.checked)}>
                  {t("plan.deep")}
                </Checkbox>
              </div>
            </div>
          </Sheet>
          {refusals.length > 0 && <Refusals list={refusals} />}
          {memo?.conflict && <Clash conflict={memo.conflict} />}
          {memo?.plan && (
            <Sheet
              title={t("plan.result")}
              aside={
                <div className="row no-print">
                  <Button size="small" onClick={() => setAttaching(true)}>
                    {t("plan.attach")}
                  </Button>
                  <Button size="small" onClick={() => download(answerFile())}>
                    {t("plan.answer")}
                  </Button>
                  <Button size="small" onClick={() => void workbook()}>
                    {t("plan.excel")}
                  </Button>
                  <Button
                    size="small"
                    onClick={() => download(new File([table()], `${t("plan.title")}.csv`, { type: "text/csv" }))}
                  >
                    {t("plan.sheet")}
                  </Button>
                  <Button size="small" onClick={() => window.print()}>
                    {t("plan.print")}
                  </Button>
                </div>
              }
            >
              <Summary plan={memo.plan} last={last ?? null} asked={asked} />
            </Sheet>
          )}
          <Sheet title={t("plan.candidates")} pad={false}>
            <Projects asked={asked} memo={memo} pin={(pins) => setAsked((was) => ({ ...was, pins }))} />
          </Sheet>
          {memo?.stability && (
            <p>
              {t("plan.kept.lead", {
                tries: memo.stability.tries,
                same: memo.stability.same,
                worst: `${(memo.stability.regret.worst / 10_000).toFixed(2)}%`,
              })}
            </p>
          )}
          {memo?.costs && <Costs memo={memo} />}
          {memo?.front && <Front front={memo.front} />}
        </>
      )}
      {pasting && (
        <Paste
          key={lang}
          close={() => setPasting(false)}
          use={(text) => {
            start(readTable(text).candidates);
            setPasting(false);
          }}
        />
      )}
      {taking && (
        <FromCases
          close={() => setTaking(false)}
          use={(candidates) => {
            start(candidates);
            setTaking(false);
          }}
        />
      )}
      {attaching && <Attach file={answerFile} close={() => setAttaching(false)} />}
    </div>
  );
}

function download(file: File) {
  const url = URL.createObjectURL(file);
  const a = document.createElement("a");
  a.href = url;
  a.download = file.name;
  a.click();
  URL.revokeObjectURL(url);
}

function Paste({ use, close }: { use: (text: string) => void; close: () => void }) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  const read = text.trim() === "" ? null : readTable(text);
  return (
    <Modal
      open
      width={720}
      title={t("plan.paste")}
      okText={t("plan.use")}
      okButtonProps={{ disabled: !read || read.bad.length > 0 || read.candidates.length === 0 }}
      onOk={() => use(text)}
      onCancel={close}
    >
      <div className="stack">
        <p className="muted">{t("plan.paste.help")}</p>
        <Input.TextArea aria-label={t("plan.paste")} rows={12} value={text} onChange={(e) => setText(e.target.value)} />
        {(read?.bad ?? []).slice(0, 10).map((b) => (
          <p key={b.row} role="alert">
            {t("plan.paste.bad", { n: b.row, why: t(`plan.paste.${b.why}`) })}
          </p>
        ))}
      </div>
    </Modal>
  );
}
