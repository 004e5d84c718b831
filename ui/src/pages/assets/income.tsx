import { useMutation } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { RefusedError } from "../../api/refusals";
import { useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Note } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { parseMoney } from "../../words/money";
import { parseShare } from "../../words/share";

/** people reads a line each: a name and a share. */
function people(text: string): { name: string; share: number }[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const at = line.search(/[\s,，:：]+[\d０-９]/);
      const name = at > 0 ? line.slice(0, at).trim() : line;
      return { name, share: parseShare(at > 0 ? line.slice(at).replace(/^[\s,，:：]+/, "") : "") ?? 0 };
    });
}

/** IncomeTrial is how an income would be split, to the fen, under the floor of a law. */
export function IncomeTrial() {
  const { t } = useSpeech();
  const [typed, setTyped] = useState({
    gross: "100万元",
    costs: "4万元",
    reward: "70%",
    floor: 500_000,
    people: "王娜 60%\n李伟 40%",
  });
  const [bad, setBad] = useState(false);
  const answer = useMutation({
    mutationFn: (body: { gross: number; costs: number; reward: number }) =>
      got(
        api.POST("/api/waterfalls", {
          body: {
            gross: body.gross,
            costs: body.costs > 0 ? [{ name: t("income.costs"), amount: body.costs }] : [],
            reward: body.reward,
            floor: typed.floor,
            unit: t("income.unit"),
            people: people(typed.people),
          },
        }),
      ),
  });
  const go = () => {
    const gross = parseMoney(typed.gross);
    const costs = parseMoney(typed.costs || "0元");
    const reward = parseShare(typed.reward);
    const ok = "fen" in gross && "fen" in costs && reward !== null;
    setBad(!ok);
    if (ok) answer.mutate({ gross: gross.fen, costs: costs.fen, reward });
  };
  const set = (key: string) => (e: { target: { value: string } }) => setTyped({ ...typed, [key]: e.target.value });
  return (
    <Sheet title={t("income.title")} id="income">
      <form
        className="stack"
        onSubmit={(e) => {
          e.preventDefault();
          go();
        }}
      >
        <p className="muted">{t("income.lead")}</p>
        <div className="row" style={{ alignItems: "flex-end", flexWrap: "wrap" }}>
          {(["gross", "costs", "reward"] as const).map((key) => (
            <label key={key} className="stack-s">
              <span className="small">{t(`income.${key}`)}</span>
              <Input value={typed[key]} onChange={set(key)} />
            </label>
          ))}
          <div className="stack-s">
            <label className="small" htmlFor="income-floor">
              {t("income.floor")}
            </label>
            <Select
              id="income-floor"
              style={{ minWidth: 260 }}
              value={typed.floor}
              onChange={(floor) => setTyped({ ...typed, floor })}
              options={[
                { value: 500_000, label: t("income.floor.national") },
                { value: 700_000, label: t("income.floor.province") },
              ]}
            />
          </div>
        </div>
        <label className="stack-s">
          <span className="small">{t("income.people")}</span>
          <Input.TextArea rows={4} value={typed.people} onChange={set("people")} />
        </label>
        <div>
          <Button type="primary" htmlType="submit" loading={answer.isPending}>
            {t("shares.go")}
          </Button>
        </div>
        {bad && <Note status="returned">{t("shares.bad")}</Note>}
        {answer.error instanceof RefusedError && <Refusals list={answer.error.refusals} />}
        {answer.data && (
          <table className="table-plain">
            <tbody>
              <tr>
                <td>{t("income.gross")}</td>
                <td className="num">
                  <Money fen={answer.data.gross} />
                </td>
              </tr>
              <tr>
                <td>{t("income.costs")}</td>
                <td className="num">
                  <Money fen={answer.data.costs} />
                </td>
              </tr>
              <tr className="strong">
                <td>{t("income.net")}</td>
                <td className="num">
                  <Money fen={answer.data.net} />
                </td>
              </tr>
              {answer.data.paid.map((p, i) => (
                <tr key={i}>
                  <td>{p.name}</td>
                  <td className="num">
                    <Money fen={p.amount} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </form>
    </Sheet>
  );
}
