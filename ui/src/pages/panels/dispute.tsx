// A finding is disputed by a step of the case: somebody else rules on it.
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { api, freshKey, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { PanelExpert, PanelView } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Refusals } from "../../kit/refusals";

type Props = { panel: PanelView; expert: PanelExpert; step: string; close: () => void };

export function Disputing({ panel, expert, step, close }: Props) {
  const { t, tx } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const open = expert.findings.filter((f) => f.counts && !f.asked && f.severity !== "warn");
  const [chosen, setChosen] = useState(open.map((f) => f.id));
  const [why, setWhy] = useState("");
  const key = useRef(freshKey());
  const { busy, refusals, send } = useSending();
  const go = () =>
    send(async () => {
      const items = open
        .filter((f) => chosen.includes(f.id))
        .map((f) => ({ expert: expert.party, finding: f.id, relation: f.text.zh, why }));
      await got(
        api.POST("/api/cases/{id}/steps/{step}", {
          params: { path: { id: panel.case, step }, header: { "Idempotency-Key": key.current } },
          body: { values: { items } },
        }),
      );
      await client.invalidateQueries();
      void message.success(t("panels.dispute.done"));
      close();
    });
  return (
    <Modal
      open
      title={t("panels.dispute.of", { name: expert.name })}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={busy} disabled={chosen.length === 0 || why.trim() === ""} onClick={() => void go()}>
            {t("panels.dispute.send")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t("panels.dispute.lead")}</p>
        <Checkbox.Group
          className="column-list"
          value={chosen}
          onChange={(list) => setChosen(list.map(String))}
          options={open.map((f) => ({ value: f.id, label: tx(f.text) }))}
        />
        <label className="stack-s">
          <span className="field-label">{t("panels.dispute.why")}</span>
          <Input.TextArea
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={1000}
            value={why}
            onChange={(e) => setWhy(e.target.value)}
          />
        </label>
        <Refusals list={refusals} />
      </div>
    </Modal>
  );
}
