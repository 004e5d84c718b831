import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { q } from "../../api/queries";
import type { Form } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { Standing, standingOf } from "../../kit/standing";

/** cites tells whether a form gives reasons by clause: then its page is a bench. */
export function cites(form: Form): boolean {
  return form.fields.some((f) => (f.choices ?? []).some((c) => c.cite));
}

/** Alike is what says the same in other words, with the passages that overlap: advice for who examines a case. */
export function Alike({ id }: { id: string }) {
  const { t, tx } = useSpeech();
  const list = useQuery(q.alike(id));
  return (
    <section className="stack-s" aria-label={t("alike.title")}>
      <h2>{t("alike.title")}</h2>
      <p className="small muted">{t("alike.lead")}</p>
      <Load query={list} bones={<Bones lines={2} />}>
        {(items) =>
          items.length === 0 ? (
            <p className="muted">{t("alike.none")}</p>
          ) : (
            <ul className="stack-s">
              {items.map((x) => (
                <li key={x.case} className="alike">
                  <p className="row">
                    {x.seen ? (
                      <Link to="/cases/$id" params={{ id: x.case }} className="strong">
                        {x.label || x.case}
                      </Link>
                    ) : (
                      <span className="muted">
                        <Icon name="lock" size={12} /> {tx(x.mechanism)} {x.case}
                      </span>
                    )}
                    <span className="badge s-waiting">{t("alike.share", { n: x.share })}</span>
                    {x.state && <Standing status={standingOf(x.state)}>{tx(x.state.title)}</Standing>}
                  </p>
                  <dl className="alike-passages">
                    <dt>{t("alike.here")}</dt>
                    <dd>
                      <mark>{x.here}</mark>
                    </dd>
                    {x.there && (
                      <>
                        <dt>{t("alike.there")}</dt>
                        <dd>
                          <mark>{x.there}</mark>
                        </dd>
                      </>
                    )}
                  </dl>
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </section>
  );
}

/** Clauses is which clause stands behind the reason that is chosen now. */
export function Clauses({ form, values }: { form: Form; values: Record<string, unknown> }) {
  const { t, tx } = useSpeech();
  const chosen = form.fields.flatMap((f) => (f.choices ?? []).filter((c) => c.cite && values[f.name] === c.value));
  if (chosen.length === 0) return null;
  return (
    <section className="stack-s" aria-label={t("cite.basis")}>
      <h2>{t("cite.basis")}</h2>
      <ul>
        {chosen.map((c) => (
          <li key={c.value}>
            {tx(c.title)} <span className="muted">{c.cite}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
