import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { Option, View, Witnessed } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Refused } from "../../kit/refusals";
import { ConfirmAct, jointWords } from "./confirm";
import { seatTitle, stepAddress } from "./names";
import { useWhere } from "./where";

const may = (o: Option) => (o.refused ?? []).length === 0;

/** Options is what the reader can do now, each with its consequence in words, and what they cannot and why; drawn goes along with what is done. */
export function Options({ view, drawn }: { view: View; drawn?: Witnessed }) {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState<Option | null>(null);
  // What asks for a reason sends back, stops or refuses: it stands last and never as the main button.
  const can = view.options.filter(may).sort((a, b) => Number(a.say) - Number(b.say));
  const cannot = view.options.filter((o) => !may(o));
  return (
    <section className="options no-print" aria-labelledby="can-h">
      <h2 id="can-h">{can.length > 0 ? t("case.can") : t("case.nothing")}</h2>
      {can.length > 0 && (
        <ul className="option-list">
          {can.map((o, i) => (
            <OptionRow
              key={`${o.record}-${o.part}-${o.step}-${o.seat}`}
              view={view}
              option={o}
              main={i === 0 && !o.say}
              choose={setChosen}
            />
          ))}
        </ul>
      )}
      {cannot.length > 0 && (
        <details className="cannot">
          <summary>{t("case.cannot", { n: cannot.length })}</summary>
          <ul className="stack-s">
            {cannot.map((o) => (
              <li key={`${o.record}-${o.part}-${o.step}-${o.seat}`} className="cannot-row">
                <span className="row">
                  <Icon name="lock" size={12} />
                  <OptionName view={view} option={o} />
                </span>
                {(o.refused ?? []).map((r, i) => (
                  <p key={i} className="muted">
                    <Refused reason={r} />
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
      {chosen && (
        <ConfirmAct
          view={view}
          option={chosen}
          drawn={drawn}
          askReason
          onClose={() => setChosen(null)}
          onDone={() => setChosen(null)}
        />
      )}
    </section>
  );
}

function OptionName({ view, option }: { view: View; option: Option }) {
  const { tx } = useSpeech();
  const where = useWhere(view)(option);
  return (
    <span>
      <span className="strong">{tx(option.title)}</span>
      {where && <span className="muted"> · {where}</span>}
    </span>
  );
}

function OptionRow({ view, option, main, choose }: { view: View; option: Option; main: boolean; choose: (o: Option) => void }) {
  const { t, tx } = useSpeech();
  const where = useWhere(view)(option);
  const name = where ? `${tx(option.title)} · ${where}` : tx(option.title);
  const button = (
    <Button
      type={main ? "primary" : "default"}
      tabIndex={option.form ? -1 : 0}
      onClick={option.form ? undefined : () => choose(option)}
      aria-label={option.form ? undefined : name}
    >
      {tx(option.title)}
    </Button>
  );
  return (
    <li className="option">
      <div className="option-act">
        {option.form ? (
          <Link {...stepAddress(view, option)} aria-label={name} className="option-link">
            {button}
          </Link>
        ) : (
          button
        )}
      </div>
      <div className="option-words">
        {where && <p className="strong">{where}</p>}
        {option.tells && tx(option.tells) && <p>{tx(option.tells)}</p>}
        <p className="small muted">{t("case.as", { seat: tx(option.of.seat ?? seatTitle(view, option.seat)) })}</p>
        {option.needed && option.needed.length > 0 && <p className="small">{jointWords(view, option, t, tx)}</p>}
      </div>
    </li>
  );
}
