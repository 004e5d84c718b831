// Before anything is done for good, its consequence is said in words. The server has already been asked whether it may be done.
import { App, Button, Input, Modal } from "antd";
import { useId, useRef, useState } from "react";
import { freshKey } from "../../api/client";
import { useRefresh } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Option, StateRef, Values, View, Witnessed } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Note } from "../../kit/note";
import { Refusals } from "../../kit/refusals";
import { Standing, standingOf } from "../../kit/standing";
import { useAct } from "./act";
import { revisionOf, seatTitle } from "./names";
import { useWhere } from "./where";

type Props = {
  view: View;
  option: Option;
  values?: Values;
  next?: StateRef; // where it leads, when a dry run has said so
  askReason: boolean;
  reason?: string;
  drawn?: Witnessed;
  onClose: () => void;
  onDone: () => void;
  onRefused?: (error: RefusedError) => void;
};

export function ConfirmAct({
  view,
  option,
  values,
  next,
  askReason,
  reason: given = "",
  drawn,
  onClose,
  onDone,
  onRefused,
}: Props) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const act = useAct(view.id);
  const refresh = useRefresh();
  const key = useRef(freshKey());
  const [reason, setReason] = useState(given);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refusal[]>([]);
  const reasonId = useId();
  const title = tx(option.title);
  const where = useWhere(view)(option);

  async function confirm() {
    if (option.say && !reason.trim()) {
      setRefused([{ kind: "invalid", id: "ui.reason", text: { zh: t("form.reason.required"), en: t("form.reason.required") } }]);
      return;
    }
    setBusy(true);
    setRefused([]);
    try {
      const receipt = await act({
        option,
        revision: revisionOf(view, option),
        values,
        reason: option.say ? reason : undefined,
        drawn,
        key: key.current,
      });
      await refresh(view.id);
      const pending = (option.needed ?? []).filter((s) => !(receipt.pending ?? []).includes(s));
      void message.success(
        receipt.pending?.length
          ? t("step.done.pending", { seats: pending.map((s) => tx(seatTitle(view, s))).join(t("word.and")) })
          : t("step.done", { title }),
      );
      onDone();
    } catch (error) {
      if (!(error instanceof RefusedError)) {
        setRefused([{ kind: "unavailable", id: "ui.unknown", text: { zh: t("load.failed.way"), en: t("load.failed.way") } }]);
        throw error;
      }
      // A lost answer may have been a success: the same key asks again without doing it twice. A refusal needs a new key.
      if (!error.lost && error.status < 500) key.current = freshKey();
      setRefused(
        error.refusals.length > 0
          ? error.refusals
          : [{ kind: "unavailable", id: "ui.lost", text: { zh: t("load.failed.way"), en: t("load.failed.way") } }],
      );
      if (error.overtaken || error.refusals.some((r) => r.field)) onRefused?.(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={t("step.confirm", { title })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
          <Button type="primary" loading={busy} onClick={() => void confirm()}>
            {t("step.do")}
          </Button>
        </>
      }
    >
      <div className="stack">
        {option.part && (
          <p className="muted">
            {where} · {t("step.person", { seat: tx(option.of.seat ?? seatTitle(view, option.seat)) })}
          </p>
        )}
        <div>
          <h3>{t("step.what")}</h3>
          <ul className="consequences">
            {option.tells && tx(option.tells) && <li>{tx(option.tells)}</li>}
            {next && (
              <li>
                {t(option.part ? "step.then.part" : "step.then", { state: "" })}
                <Standing status={standingOf(next)}>{tx(next.title)}</Standing>
              </li>
            )}
            <li className="muted">{t("step.once")}</li>
          </ul>
        </div>
        {option.needed && option.needed.length > 0 && <Joint view={view} option={option} />}
        {askReason && option.say && (
          <div className="field">
            <label className="field-label" htmlFor={reasonId}>
              {t("form.reason")}
            </label>
            <p className="field-help">{t("form.reason.hint")}</p>
            <Input.TextArea
              id={reasonId}
              autoFocus
              value={reason}
              autoSize={{ minRows: 3, maxRows: 10 }}
              onChange={(e) => setReason(e.target.value)}
            />
          </div>
        )}
        <Refusals list={refused} />
      </div>
    </Modal>
  );
}

type Speech = ReturnType<typeof useSpeech>;

/** jointWords says who has to sign, and who has. */
export function jointWords(view: View, option: Option, t: Speech["t"], tx: Speech["tx"]): string {
  const words = (seats: string[]) => seats.map((s) => tx(seatTitle(view, s))).join(t("word.and"));
  const needed = t("case.joint", { seats: words(option.needed ?? []) });
  return option.signed && option.signed.length > 0 ? `${needed} · ${t("case.signed", { seats: words(option.signed) })}` : needed;
}

export function Joint({ view, option }: { view: View; option: Option }) {
  const { t, tx } = useSpeech();
  return <Note status="running">{jointWords(view, option, t, tx)}</Note>;
}
