import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { Refusal } from "../../api/refusals";
import type { Form } from "../../api/types";
import { FormRenderer } from "../../form/renderer";
import { fieldId, type Issue, refusalsOf, type TypedRow } from "../../form/values";
import { useSpeech } from "../../i18n";
import { Note } from "../../kit/note";
import { Refusals } from "../../kit/refusals";

type SheetProps = {
  form: Form;
  values: TypedRow;
  issues: Issue[];
  refusals: Refusal[];
  /** said where somebody else changed the same in the meantime */
  stale?: string | false;
  busy: boolean;
  back: string;
  /** what the button says, where it does not only save */
  act?: string;
  onChange: (next: TypedRow) => void;
  onSave: () => void;
  onLeave: () => void;
};

/** EditSheet is the form in which a party or a record of the register is entered and changed. */
export function EditSheet({ form, values, issues, refusals, stale, busy, back, act, onChange, onSave, onLeave }: SheetProps) {
  const { t } = useSpeech();
  return (
    <form
      className="sheet sheet-pad stack-l"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        onSave();
      }}
    >
      {stale && <Note status="waiting">{stale}</Note>}
      <Refusals list={[...refusalsOf(issues), ...refusals]} anchor={(f) => fieldId(form, f)} />
      <FormRenderer form={form} values={values} refusals={refusals} issues={issues} onChange={onChange} />
      <div className="form-end">
        <Button type="primary" htmlType="submit" loading={busy}>
          {act ?? t("act.save")}
        </Button>
        <Link to={back} onClick={onLeave}>
          {t("act.cancel")}
        </Link>
      </div>
    </form>
  );
}
