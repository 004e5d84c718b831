import { useQueryClient } from "@tanstack/react-query";
import { App, Input, Modal, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { RecordPageData } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Refusals } from "../../kit/refusals";

/** ClaimOwner says for one of the reader's parties that the record is its own. */
export function ClaimOwner({ page, close }: { page: RecordPageData; close: () => void }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { busy, refusals, send } = useSending();
  const [party, setParty] = useState(page.claim[0]?.party ?? "");
  const [reason, setReason] = useState("");
  const claim = () =>
    send(async () => {
      const next = await got(
        api.POST("/api/records/{id}/ownership", { params: { path: { id: page.record.id } }, body: { party, reason } }),
      );
      client.setQueryData(["record", page.record.id], next);
      void message.success(t("rec.claim.sent"));
      close();
    });
  return (
    <Modal
      open
      title={t("rec.claim.title", { name: page.record.name })}
      okText={t("rec.claim")}
      cancelText={t("act.cancel")}
      confirmLoading={busy}
      onOk={() => void claim()}
      onCancel={close}
    >
      <div className="stack">
        <div className="stack-s">
          <span className="strong">{t("rec.claim.party")}</span>
          <Select
            aria-label={t("rec.claim.party")}
            value={party}
            onChange={setParty}
            options={page.claim.map((m) => ({ value: m.party, label: m.name }))}
          />
        </div>
        <label className="stack-s">
          <span className="strong">{t("rec.claim.reason")}</span>
          <Input.TextArea
            value={reason}
            maxLength={200}
            autoSize={{ minRows: 3 }}
            placeholder={t("rec.claim.reason.hint")}
            onChange={(e) => setReason(e.target.value)}
          />
        </label>
        <Refusals list={refusals} />
      </div>
    </Modal>
  );
}
