import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { PartView, RecordView, View } from "../../api/types";
import { Icon } from "../../design/icons";
import { FormFacts } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Day, Due, Moment } from "../../kit/figures";
import { Empty, Note } from "../../kit/note";
import { Standing, standingOf } from "../../kit/standing";
import { outerOf } from "./names";
import { Options } from "./options";

/** Parts lists the bids, milestones, opinions … that the reader may see, each with where it stands and what was filled in. */
export function Parts({ view, part }: { view: View; part: PartView }) {
  const { t, tx } = useSpeech();
  return (
    <div className="stack">
      {part.sealed && <Note status="waiting">{t("case.parts.sealed")}</Note>}
      {part.veiled && <Note status="waiting">{t("case.parts.veiled")}</Note>}
      {part.records.some((r) => r.forms.some((f) => f.form.fields.some((x) => x.full))) && (
        <Link to="/cases/$id/marks" params={{ id: view.id }} className="no-print">
          <Button size="small" icon={<Icon name="columns" size={12} />} tabIndex={-1}>
            {t("marks.open")}
          </Button>
        </Link>
      )}
      {part.records.length === 0 ? (
        <Empty icon="case" title={t("case.parts.none", { part: tx(part.title) })} />
      ) : (
        part.records.map((r) => <Part key={r.id} view={view} part={part} record={r} open={part.records.length < 4} />)
      )}
    </div>
  );
}

function Part({ view, part, record, open }: { view: View; part: PartView; record: RecordView; open: boolean }) {
  const { t, tx } = useSpeech();
  const outer = outerOf(view, record);
  const mine = view.options.filter((o) => o.record === record.id && (o.refused ?? []).length === 0);
  return (
    <details className="part" open={open || mine.length > 0}>
      <summary>
        <span className="strong">{t("case.part", { part: tx(part.title), n: record.number })}</span>
        <Standing status={standingOf(record.state, { mine: mine.length > 0 })}>{tx(record.state.title)}</Standing>
        <span>{record.seats.flatMap((s) => s.holders.map((h) => h.name)).join(t("word.and"))}</span>
        {outer && <span className="muted">{t("case.part", { part: tx(outer.part.title), n: outer.record.number })}</span>}
        <span className="part-when small muted">
          {record.due ? (
            <>
              {t("col.due")} <Due at={record.due} plain />
            </>
          ) : (
            <Day at={record.since} />
          )}
        </span>
      </summary>
      <div className="part-body stack">
        {mine.length > 0 && <Options view={{ ...view, options: mine }} />}
        {record.forms.length === 0 ? (
          <p className="muted">{t("case.forms.none")}</p>
        ) : (
          record.forms.map((f) => (
            <section key={f.form.name} className="stack-s" aria-label={tx(f.form.title)}>
              <div className="spread">
                <h3>{tx(f.form.title)}</h3>
                <span className="small muted">
                  {f.by} <Moment at={f.at} />
                </span>
              </div>
              <FormFacts form={f.form} values={f.values} caseId={view.id} record={f.record} />
            </section>
          ))
        )}
      </div>
    </details>
  );
}
