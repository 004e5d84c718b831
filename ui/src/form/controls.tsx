// One control for each type of field. Each keeps what is typed as it is typed; what it means is echoed beside it.
import { Button, Input, Radio, Select } from "antd";
import { useRef } from "react";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { useClear } from "../kit/clear";
import { parseDate } from "../words/date";
import { capital, inUnit, type MoneyUnit, parseMoney } from "../words/money";
import type { ControlProps } from "./control";
import { DocumentControl } from "./document";
import { CaseControl, NodeControl, PartyControl, RecordControl, RefControl } from "./pickers";
import { isDoc, isMoney, type Typed } from "./values";

const asText = (v: Typed) => (typeof v === "string" ? v : "");

export function Control(props: ControlProps) {
  switch (props.field.type) {
    case "choice":
      return <ChoiceControl {...props} />;
    case "flag":
      return <FlagControl {...props} />;
    case "money":
      return <MoneyControl {...props} />;
    case "date":
      return <DateControl {...props} />;
    case "party":
      return <PartyControl {...props} />;
    case "record":
      return <RecordControl {...props} />;
    case "case":
      return <CaseControl {...props} />;
    case "ref":
      return <RefControl {...props} />;
    case "node":
      return <NodeControl {...props} />;
    case "document":
      return <DocumentControl {...props} value={isDoc(props.value) ? props.value : undefined} />;
    case "text":
      return <TextControl {...props} />;
    default:
      return <PlainControl {...props} />;
  }
}

function common({ id, invalid, describedBy, name }: ControlProps) {
  return {
    id,
    "aria-invalid": invalid || undefined,
    "aria-describedby": describedBy,
    "aria-label": name,
    status: invalid ? ("error" as const) : undefined,
  };
}

function TextControl(props: ControlProps) {
  const { t } = useSpeech();
  const { field, value, onChange, compact } = props;
  const typed = asText(value);
  const length = Array.from(typed).length;
  const long = !compact && (!field.max || field.max > 100);
  return (
    <>
      {long ? (
        <Input.TextArea
          {...common(props)}
          value={typed}
          autoSize={{ minRows: 3, maxRows: 16 }}
          onChange={(e) => onChange(e.target.value)}
        />
      ) : (
        <Input {...common(props)} value={typed} onChange={(e) => onChange(e.target.value)} />
      )}
      {!compact && field.max && length > field.max * 0.7 ? (
        <span className="echo">{t("form.length", { n: length, max: field.max })}</span>
      ) : null}
    </>
  );
}

/** Counts, numbers, shares and days: text with its unit beside it. */
function PlainControl(props: ControlProps) {
  const { field, value, onChange } = props;
  const unit = field.type === "share" ? "%" : (field.unit ?? (field.fullMark && `/ ${field.fullMark}`));
  return (
    <Input
      {...common(props)}
      className="plain-number"
      inputMode="decimal"
      value={asText(value)}
      suffix={unit ? <span className="muted">{unit}</span> : undefined}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}

function ChoiceControl(props: ControlProps) {
  const clear = useClear();
  const { tx, t } = useSpeech();
  const { field, value, onChange, compact, id, describedBy, invalid } = props;
  const choices = field.choices ?? [];
  const options = choices.map((c) => ({ value: c.value, label: c.cite ? `${tx(c.title)} · ${c.cite}` : tx(c.title) }));
  if (!compact && choices.length > 0 && choices.length <= 5) {
    return (
      <Radio.Group
        id={id}
        className="choices"
        aria-labelledby={`${id}-label`}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        value={asText(value) || undefined}
        options={options}
        onChange={(e) => onChange(String(e.target.value))}
      />
    );
  }
  return (
    <Select
      {...common(props)}
      className={compact ? "wide" : "wide picker"}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={field.optional && clear}
      value={asText(value) || undefined}
      options={options}
      placeholder={t("form.choice")}
      notFoundContent={t("form.ref.none")}
      onChange={(v?: string) => onChange(v ?? "")}
    />
  );
}

function FlagControl({ id, value, onChange, describedBy, invalid, name }: ControlProps) {
  const { t } = useSpeech();
  return (
    <Radio.Group
      id={id}
      className="choices"
      aria-label={name}
      aria-labelledby={name ? undefined : `${id}-label`}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      value={typeof value === "boolean" ? value : undefined}
      options={[
        { value: true, label: t("act.yes") },
        { value: false, label: t("act.no") },
      ]}
      onChange={(e) => onChange(e.target.value === true)}
    />
  );
}

/** MoneyEcho says what was typed in the other unit and in capitals (大写). */
export function MoneyEcho({ value }: { value: Typed }) {
  const { lang } = useSpeech();
  if (!isMoney(value)) return null;
  const read = parseMoney(value.text, value.unit);
  if (!("fen" in read)) return null;
  const other =
    value.unit === "万元" ? `${inUnit(read.fen, "元")} ${lang === "zh" ? "元" : "yuan"}` : `${inUnit(read.fen, "万元")} 万元`;
  return (
    <span className="echo" role="status">
      {other}
      <span className="echo-capital" lang="zh-CN">
        {capital(read.fen)}
      </span>
    </span>
  );
}

function MoneyControl(props: ControlProps) {
  const { t } = useSpeech();
  const { value, onChange, compact } = props;
  const money = isMoney(value) ? value : { text: "", unit: "万元" as MoneyUnit };
  return (
    <>
      <span className="money-control">
        <Input
          {...common(props)}
          className="plain-number"
          inputMode="decimal"
          value={money.text}
          onChange={(e) => onChange({ ...money, text: e.target.value })}
        />
        <Select<MoneyUnit>
          aria-label={props.name ? `${props.name} ${t("form.money.unit")}` : t("form.money.unit")}
          className="money-unit"
          value={money.unit}
          options={[
            { value: "万元", label: "万元" },
            { value: "元", label: "元" },
          ]}
          onChange={(unit) => onChange(reunit(money, unit))}
        />
      </span>
      {!compact && <MoneyEcho value={value} />}
    </>
  );
}

/** Changing the unit keeps the amount: 800 万元 becomes 8000000 元. What is no amount keeps its text. */
function reunit(money: { text: string; unit: MoneyUnit }, unit: MoneyUnit) {
  const read = parseMoney(money.text, money.unit);
  return { unit, text: "fen" in read ? inUnit(read.fen, unit).replace(/,/g, "") : money.text };
}

function DateControl(props: ControlProps) {
  const { t } = useSpeech();
  const picker = useRef<HTMLInputElement>(null);
  const { value, onChange } = props;
  const typed = asText(value);
  return (
    <span className="date-control">
      <Input
        {...common(props)}
        className="plain-number"
        value={typed}
        placeholder={props.compact ? undefined : t("form.date.hint")}
        onChange={(e) => onChange(e.target.value)}
        onBlur={() => onChange(parseDate(typed) ?? typed)}
      />
      <Button
        aria-label={props.name ? `${props.name} ${t("form.date.pick")}` : t("form.date.pick")}
        icon={<Icon name="calendar" />}
        onClick={() => picker.current?.showPicker?.()}
      />
      <input
        ref={picker}
        type="date"
        className="date-native"
        tabIndex={-1}
        aria-hidden="true"
        value={parseDate(typed) ?? ""}
        onChange={(e) => onChange(e.target.value)}
      />
    </span>
  );
}
