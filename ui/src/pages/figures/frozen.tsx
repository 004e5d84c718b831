import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { Empty, Note } from "../../kit/note";
import { Refusals } from "../../kit/refusals";
import { has, useActor } from "../../shell/session";
import { figureExact, monthText } from "../../words/figure";

type Reported = Figure["reported"][number];

/** FrozenValues is what was reported month by month, each with its restatements and what its facts come to now. */
export function FrozenValues({ figure }: { figure: Figure }) {
  const { t, lang } = useSpeech();
  const statistician = has(useActor(), "statistics");
  const [chosen, setChosen] = useState<Reported | null>(null);
  if (figure.reported.length === 0)
    return (
      <Empty icon="lock" title={t("fig.reported.none")}>
        {t("fig.reported.none.way")}
      </Empty>
    );
  return (
    <div className="table-wrap">
      <table className="table">
        <caption className="visually-hidden">{t("fig.sec.frozen")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("fig.month")}</th>
            <th scope="col" className="right">
              {t("fig.reported")}
            </th>
            <th scope="col">{t("fig.restated")}</th>
            <th scope="col" className="right">
              {t("fig.now")}
            </th>
            <th scope="col">{t("fig.digest")}</th>
          </tr>
        </thead>
        <tbody>
          {figure.reported.map((r) => (
            <tr key={r.month}>
              <th scope="row" data-label={t("fig.month")} className="nowrap">
                {monthText(r.month, lang)}
              </th>
              <td className="right" data-label={t("fig.reported")}>
                {figureExact(figure.unit, r.value, lang)}
              </td>
              <td data-label={t("fig.restated")}>
                {r.restatements.map((x) => (
                  <p key={x.id}>
                    {figureExact(figure.unit, x.now, lang)} <span className="muted">{x.reason}</span> <Moment at={x.at} />
                  </p>
                ))}
              </td>
              <td className="right" data-label={t("fig.now")}>
                {figureExact(figure.unit, r.now, lang)}{" "}
                {r.drift && statistician && (
                  <Button size="small" onClick={() => setChosen(r)}>
                    {t("fig.restate")}
                  </Button>
                )}
              </td>
              <td data-label={t("fig.digest")}>
                <Digest value={r.digest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && <Restate figure={figure} reported={chosen} close={() => setChosen(null)} />}
    </div>
  );
}

function Restate({ figure, reported, close }: { figure: Figure; reported: Reported; close: () => void }) {
  const { t, lang } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const { busy, refusals, send } = useSending();
  const restate = () =>
    send(async () => {
      await got(
        api.POST("/api/figures/{name}/restatements", {
          params: { path: { name: figure.name } },
          body: { month: reported.month, reason },
        }),
      );
      await client.invalidateQueries({ queryKey: ["figure", figure.name] });
      await client.invalidateQueries({ queryKey: ["figures"] });
      void message.success(t("fig.restate.done"));
      close();
    });
  return (
    <Modal
      open
      title={t("fig.restate")}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={busy} disabled={reason.trim() === ""} onClick={() => void restate()}>
            {t("fig.restate")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Refusals list={refusals} />
        <label className="stack-s">
          <span>{t("fig.reason")}</span>
          <Input.TextArea value={reason} maxLength={500} rows={3} onChange={(e) => setReason(e.target.value)} />
        </label>
        <Note status="running">
          {t("fig.restate.effect", {
            month: monthText(reported.month, lang),
            was: figureExact(figure.unit, reported.value, lang),
            now: figureExact(figure.unit, reported.now, lang),
          })}
        </Note>
      </div>
    </Modal>
  );
}
