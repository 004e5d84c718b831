// A table from Excel, pasted.
import { Input, Modal } from "antd";
import { useState } from "react";
import { useSpeech } from "../../i18n";
import { readTable } from "./question";

export function Paste({ use, close }: { use: (text: string) => void; close: () => void }) {
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
