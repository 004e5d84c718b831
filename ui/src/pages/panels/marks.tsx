// Every sheet, expert by proposal: the darker the more points, a ring around what is unlike the others, and who is harsh or mild.
import type { Meeting } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Sheet } from "../../kit/page";
import { Called, useNames } from "./called";

export function Marks({ meeting: m }: { meeting: Meeting }) {
  const { t, tx } = useSpeech();
  const { of } = useNames(m);
  const sheet = (x: string, p: string) => m.sheets.find((s) => s.expert === x && s.proposal === p);
  const odd = (x: string, p: string) => m.outliers.some((o) => o.expert === x && o.proposal === p);
  const judged = m.proposals.filter((p) => m.sheets.some((s) => s.proposal === p.id));
  const people = m.experts.filter((x) => x.given > 0).toSorted((a, b) => (a.bias ?? 0) - (b.bias ?? 0));
  return (
    <Sheet title={t("meeting.marks")} pad={false} aside={<span className="small muted">{t("meeting.marks.hint")}</span>}>
      <div className="table-wrap">
        <table className="matrix heat">
          <caption className="visually-hidden">{t("meeting.marks")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("panels.expert")}</th>
              <th scope="col" className="right">
                {t("meeting.bias")}
              </th>
              {judged.map((p) => (
                <th key={p.id} scope="col" className="middle" title={p.label}>
                  <span className="called">{of(p.id).sign}</span>
                  <span className="visually-hidden">{of(p.id).who}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((x) => (
              <tr key={x.party}>
                <th scope="row" className="nowrap">
                  {x.name}
                </th>
                <td className="right nowrap">
                  {x.bias == null ? t("word.none") : `${x.bias > 0 ? "+" : ""}${x.bias.toFixed(1)}`}
                </td>
                {judged.map((p) => {
                  const s = sheet(x.party, p.id);
                  if (!s) return <td key={p.id} className="middle" />;
                  return (
                    <td
                      key={p.id}
                      className={odd(x.party, p.id) ? "middle mark odd" : "middle mark"}
                      style={{ "--share": `${Math.round(100 * shade(s.total, m.full))}%` } as React.CSSProperties}
                      title={m.criteria.map((c) => `${tx(c.title)} ${s.marks[c.name] ?? ""} / ${c.full}`).join("\n")}
                    >
                      {s.total}
                      {odd(x.party, p.id) && <span className="visually-hidden">{t("meeting.odd")}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="sheet-pad stack-s">
        {judged.length <= 12 && (
          <p className="meeting-key">
            {judged.map((p) => (
              <Called key={p.id} name={of(p.id)} />
            ))}
          </p>
        )}
        <p className="small muted">{t("meeting.bias.hint")}</p>
      </div>
    </Sheet>
  );
}

/** shade spreads the upper half of a sheet over the tones: what fails is as light as nothing, and the text stays readable on the darkest. */
function shade(total: number, full: number): number {
  const share = total / Math.max(full, 1e-9);
  return Math.min(0.36, Math.max(0, (share - 0.4) * 0.6));
}
