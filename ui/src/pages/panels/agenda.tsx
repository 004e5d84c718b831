// In which order to discuss, so that people leave the room least: a row a proposal, and a column for everybody who is ever outside.
import type { Meeting } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Sheet } from "../../kit/page";
import { Called, useNames } from "./called";

/** From how many proposals on a plain order is told by signs alone. */
const many = 12;

export function Agenda({ meeting: m }: { meeting: Meeting }) {
  const { t } = useSpeech();
  const { of } = useNames(m);
  if (m.agenda.length === 0) return null;
  if (m.exits === 0)
    return (
      <Sheet title={t("meeting.agenda")} aside={<span className="small muted">{t("meeting.exits.none")}</span>}>
        <ol className="agenda-line">
          {m.agenda.map((a) => (
            <li key={a.proposal}>
              {m.agenda.length > many ? (
                <span className="called" title={of(a.proposal).label}>
                  {of(a.proposal).sign}
                </span>
              ) : (
                <Called name={of(a.proposal)} />
              )}
            </li>
          ))}
        </ol>
      </Sheet>
    );
  return (
    <Sheet
      title={t("meeting.agenda")}
      pad={false}
      aside={
        <span className="small">{t(m.least ? "meeting.exits.least" : "meeting.exits", { n: m.exits, plain: m.byNumber })}</span>
      }
    >
      <Room meeting={m} />
    </Sheet>
  );
}

/** Room shows who is outside for what. */
function Room({ meeting: m }: { meeting: Meeting }) {
  const { t } = useSpeech();
  const { of, who } = useNames(m);
  const moving = m.experts.filter((x) => m.agenda.some((a) => a.leaves.includes(x.party)));
  return (
    <div className="table-wrap">
      <table className="matrix agenda">
        <caption className="visually-hidden">{t("meeting.agenda")}</caption>
        <thead>
          <tr>
            <th scope="col" className="right">
              {t("meeting.turn")}
            </th>
            <th scope="col">{t("meeting.proposal")}</th>
            {moving.map((x) => (
              <th key={x.party} scope="col" className="middle">
                {x.name}
              </th>
            ))}
            <th scope="col">{t("meeting.door")}</th>
          </tr>
        </thead>
        <tbody>
          {m.agenda.map((a, i) => (
            <tr key={a.proposal}>
              <td className="right muted">{i + 1}</td>
              <th scope="row">
                <Called name={of(a.proposal)} />
              </th>
              {moving.map((x) => (
                <td key={x.party} className={a.leaves.includes(x.party) ? "middle outside" : "middle"}>
                  {a.leaves.includes(x.party) && (
                    <span>
                      <Icon name="out" size={12} /> {t("meeting.outside")}
                    </span>
                  )}
                </td>
              ))}
              <td>
                {a.out.length > 0 && <p className="strong">{t("meeting.out", { names: who(a.out) })}</p>}
                {a.in.length > 0 && <p>{t("meeting.in", { names: who(a.in) })}</p>}
                {a.leaves.length > a.out.length && (
                  <p className="stays muted">{t("meeting.stay", { names: who(a.leaves.filter((x) => !a.out.includes(x))) })}</p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
