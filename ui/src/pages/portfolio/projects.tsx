// Who is in the plan and who is not, beside one another, each with its reason and where a person may pin it.
import { Select } from "antd";
import type { PortfolioMemo } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Sheet } from "../../kit/page";
import { formatMoney } from "../../words/money";
import { type Asked, type Candidate, type Pins, scale } from "./question";

type Props = { asked: Asked; memo: PortfolioMemo | null; pin: (pins: Pins) => void };

/** Projects is one list before there is a plan, and two after: who is chosen, and who is not. */
export function Projects({ asked, memo, pin }: Props) {
  const { t, lang } = useSpeech();
  const lots = new Map((memo?.plan?.chosen ?? []).map((c) => [c.candidate, c.lot]));
  const by = new Map((memo?.reasons ?? []).map((r) => [r.candidate, r.impossible ? Number.MAX_VALUE : r.by]));
  const score = (c: Candidate) => c.lots[(lots.get(c.id) ?? 1) - 1]?.score ?? 0;
  const all = asked.candidates.toSorted((a, b) => score(b) - score(a));
  const list = (of: Candidate[]) => <Table asked={asked} memo={memo} pin={pin} list={of} />;
  if (!memo?.plan)
    return (
      <Sheet title={`${t("plan.candidates")} ${all.length}`} pad={false}>
        {list(all)}
      </Sheet>
    );
  const out = all.filter((c) => !lots.has(c.id)).toSorted((a, b) => (by.get(a.id) ?? 0) - (by.get(b.id) ?? 0));
  return (
    <div className="plan-lists">
      <Sheet title={t("plan.list.in", { n: lots.size, spent: formatMoney(memo.plan.spent, lang) })} pad={false}>
        {list(all.filter((c) => lots.has(c.id)))}
      </Sheet>
      <Sheet title={t("plan.list.out", { n: out.length })} pad={false}>
        {list(out)}
      </Sheet>
    </div>
  );
}

function Table({ asked, memo, pin, list }: Props & { list: Candidate[] }) {
  const { t } = useSpeech();
  const lots = new Map((memo?.plan?.chosen ?? []).map((c) => [c.candidate, c.lot]));
  if (list.length === 0) return <p className="plan-none muted">{t("plan.list.none")}</p>;
  return (
    <div className="table-wrap">
      <table className="table plan-table">
        <thead>
          <tr>
            <th scope="col">{t("plan.project")}</th>
            <th scope="col" className="right">
              {t("plan.amount")}
            </th>
            <th scope="col" className="right">
              {t("plan.score")}
            </th>
            {memo?.plan && <th scope="col">{t("plan.reason")}</th>}
            <th scope="col" className="no-print">
              {t("plan.pin")}
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((c) => (
            <Row key={c.id} c={c} lot={lots.get(c.id)} asked={asked} memo={memo} pin={pin} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Reason = NonNullable<PortfolioMemo["reasons"]>[number];

/** why is a reason in a few words, right under a heading that says whether the project is in. */
function why(r: Reason, t: ReturnType<typeof useSpeech>["t"]): string {
  if (r.unknown) return t("plan.why.unknown");
  if (r.impossible) return t(r.chosen ? "plan.why.must" : "plan.why.cannot");
  if (r.by === 0) return t("plan.why.same");
  const n = r.by / scale;
  return t(r.chosen ? (r.exact ? "plan.why.loses" : "plan.why.loses.most") : r.exact ? "plan.why.short" : "plan.why.short.most", {
    n,
  });
}

function Row({ c, lot, asked, memo, pin }: Props & { c: Candidate; lot: number | undefined }) {
  const { t, tx } = useSpeech();
  const shown = c.lots[(lot ?? 1) - 1] ?? c.lots[0];
  const reason = memo?.reasons?.find((r) => r.candidate === c.id);
  const kept = memo?.stability?.kept?.[asked.candidates.indexOf(c)];
  const told = asked.pins[c.id];
  return (
    <tr>
      <th scope="row" data-label={t("plan.project")}>
        {c.name}
        <br />
        <small className="muted">{[c.tags.chain, c.tags.path, c.tags.district, c.tags.unit].filter(Boolean).join(" · ")}</small>
        {c.committed > 0 && <small className="plan-mark">{t("plan.committed")}</small>}
        {told && <small className="plan-mark">{t(`plan.pin.${told}`)}</small>}
      </th>
      <td className="right" data-label={t("plan.amount")}>
        {shown && <Money fen={shown.fen} />}
        {c.lots.length > 1 && <small className="muted plan-next">{t("plan.lot", { n: lot ?? 1, all: c.lots.length })}</small>}
      </td>
      <td className="right nowrap" data-label={t("plan.score")}>
        {shown?.score}
        {shown && shown.spread > 0 && <small className="muted"> ±{shown.spread}</small>}
      </td>
      {memo?.plan && (
        <td data-label={t("plan.reason")}>
          {reason && <span title={tx(reason.text)}>{why(reason, t)}</span>}
          {kept !== undefined && (
            <small className="muted plan-next">{t("plan.kept.n", { n: kept, all: memo.stability?.tries ?? 0 })}</small>
          )}
        </td>
      )}
      <td className="no-print" data-label={t("plan.pin")}>
        <Select
          aria-label={`${t("plan.pin")} ${c.name}`}
          size="small"
          value={told ?? "free"}
          style={{ minWidth: 88 }}
          onChange={(v) => {
            const { [c.id]: _, ...rest } = asked.pins;
            pin(v === "free" ? rest : { ...rest, [c.id]: v as "in" | "out" });
          }}
          options={(["free", "in", "out"] as const).map((p) => ({ value: p, label: t(`plan.pin.${p}`) }))}
        />
      </td>
    </tr>
  );
}
