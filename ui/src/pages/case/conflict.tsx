// Somebody else was faster. What changed is shown beside what it was; what was typed stays, and can be sent on top of the new state.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { q } from "../../api/queries";
import type { Field, FormView, View } from "../../api/types";
import { FactRow, FieldValue } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Moment } from "../../kit/figures";
import { Load } from "../../kit/load";

type Change = { key: string; label: string; field: Field; was: unknown; is: unknown };

/** changesOf compares what two views of a case say in its forms, field by field. */
export function changesOf(was: View, is: View, tx: (t: Field["title"]) => string): Change[] {
  const old = new Map<string, FormView>(was.forms.map((f) => [`${f.record}.${f.form.name}`, f]));
  return is.forms.flatMap((f) => {
    const before = old.get(`${f.record}.${f.form.name}`);
    return f.form.fields
      .filter((field) => JSON.stringify(before?.values[field.name]) !== JSON.stringify(f.values[field.name]))
      .map((field) => ({
        key: `${f.record}.${f.form.name}.${field.name}`,
        label: tx(field.title),
        field,
        was: before?.values[field.name],
        is: f.values[field.name],
      }));
  });
}

type Props = { seen: View; stillThere: (now: View) => boolean; onKeep: (now: View) => void };

export function ConflictDialog({ seen, stillThere, onKeep }: Props) {
  const { t, tx } = useSpeech();
  const fresh = useQuery(q.case(seen.id));
  const now = fresh.data;
  const possible = now ? stillThere(now) : true;
  return (
    <Modal
      open
      width={720}
      title={possible ? t("form.conflict") : t("form.conflict.gone")}
      closable={false}
      footer={
        possible ? (
          <Button type="primary" disabled={!now || fresh.isFetching} onClick={() => now && onKeep(now)}>
            {t("form.conflict.keep")}
          </Button>
        ) : (
          <Link to="/cases/$id" params={{ id: seen.id }}>
            <Button type="primary" tabIndex={-1}>
              {t("form.conflict.look")}
            </Button>
          </Link>
        )
      }
    >
      <Load query={fresh}>
        {(view) => {
          const changes = changesOf(seen, view, tx);
          const steps = view.history.filter((h) => h.seq > (seen.history[seen.history.length - 1]?.seq ?? -1));
          return (
            <div className="stack">
              <p>{possible ? t("form.conflict.body") : t("step.gone.way")}</p>
              <dl className="facts">
                {seen.state.name !== view.state.name && (
                  <FactRow label={t("form.conflict.state")}>
                    {t("form.conflict.from")} {tx(seen.state.title)} → {t("form.conflict.to")} {tx(view.state.title)}
                  </FactRow>
                )}
                {changes.map((c) => (
                  <FactRow key={c.key} label={c.label}>
                    <del className="muted">
                      <FieldValue field={c.field} value={c.was} caseId={view.id} />
                    </del>{" "}
                    → <FieldValue field={c.field} value={c.is} caseId={view.id} />
                  </FactRow>
                ))}
              </dl>
              {changes.length === 0 && <p className="muted">{t("form.conflict.none")}</p>}
              {steps.length > 0 && (
                <section className="stack-s" aria-label={t("form.conflict.history")}>
                  <h3>{t("form.conflict.history")}</h3>
                  <ul>
                    {steps.map((h) => (
                      <li key={h.seq}>
                        {tx(h.title)} · {h.who || tx(h.seat)} · <Moment at={h.at} />
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </div>
          );
        }}
      </Load>
    </Modal>
  );
}
