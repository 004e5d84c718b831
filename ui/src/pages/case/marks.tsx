import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../../api/queries";
import type { MarkColumn, MarkSheet } from "../../api/types";
import "../../design/calendar.css";
import { Icon } from "../../design/icons";
import { FactRow } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { formatDay } from "../../words/date";

/** MarksPage is a case's mark sheets: indicators by experts, the latest round first. */
export function MarksPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useSpeech();
  const marks = useQuery(q.marks(id));
  const view = useQuery(q.case(id)).data;
  return (
    <>
      <PageHead
        title={view ? `${view.title || view.id} · ${t("marks.title")}` : t("marks.title")}
        lead={t("marks.lead")}
        back={{ to: `/cases/${id}`, label: t("marks.back") }}
      >
        <a href={`/api/cases/${id}/marks.xlsx`} download>
          <Button icon={<Icon name="down" />} tabIndex={-1}>
            {t("marks.excel")}
          </Button>
        </a>
        <Button icon={<Icon name="print" />} onClick={() => window.print()}>
          {t("act.print")}
        </Button>
      </PageHead>
      <Load query={marks} bones={<Bones lines={8} />}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="case" title={t("marks.none")}>
              {t("marks.none.way")}
            </Empty>
          ) : (
            <div className="stack">
              {list.map((sheet, i) => (
                <Round key={i} sheet={sheet} />
              ))}
            </div>
          )
        }
      </Load>
    </>
  );
}

function Round({ sheet }: { sheet: MarkSheet }) {
  const { t, tx } = useSpeech();
  const title = t("marks.round", { form: tx(sheet.form), at: formatDay(sheet.opened) });
  const who = (c: MarkColumn) => c.who || t("marks.expert", { n: c.number });
  const labels = sheet.columns.map(who);
  return (
    <Sheet title={title} pad={false}>
      {sheet.void && (
        <div className="sheet-pad">
          <Note status="stopped">{t("marks.void")}</Note>
        </div>
      )}
      <div className={`table-wrap ${sheet.void ? "marks-void" : ""}`}>
        <table className="table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("marks.indicator")}</th>
              <th scope="col" className="right">
                {t("marks.full")}
              </th>
              {sheet.columns.map((c) => (
                <th scope="col" key={c.number} className="right">
                  {who(c)}
                </th>
              ))}
              <th scope="col" className="right">
                {t("marks.mean")}
              </th>
              <th scope="col">{t("marks.share")}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((r, i) => (
              <tr key={i}>
                <th scope="row">{tx(r.title)}</th>
                <td className="right" data-label={t("marks.full")}>
                  {r.full}
                </td>
                {r.marks.map((m, j) => (
                  <td key={j} className="right" data-label={labels[j]}>
                    {m || <span className="muted">{t("marks.missing")}</span>}
                  </td>
                ))}
                <td className="right strong" data-label={t("marks.mean")}>
                  {r.mean}
                </td>
                <td data-label={t("marks.share")}>
                  <Share of={r.full} got={r.mean} />
                </td>
              </tr>
            ))}
            <tr className="strong">
              <th scope="row" className="strong">
                {t("marks.total")}
              </th>
              <td className="right" data-label={t("marks.full")}>
                {sheet.full}
              </td>
              {sheet.columns.map((c) => (
                <td key={c.number} className="right" data-label={who(c)}>
                  {c.total}
                </td>
              ))}
              <td className="right strong" data-label={t("marks.mean")}>
                {sheet.total}
              </td>
              <td data-label={t("marks.share")}>
                <Share of={sheet.full} got={sheet.total} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      {sheet.columns.some((c) => c.said?.length) && (
        <div className="sheet-pad stack-s">
          <h3>{t("marks.opinions")}</h3>
          <dl className="facts">
            {sheet.columns.map(
              (c) =>
                c.said?.length && (
                  <FactRow key={c.number} label={who(c)}>
                    <span className="multiline">{c.said.join("\n")}</span>
                  </FactRow>
                ),
            )}
          </dl>
        </div>
      )}
    </Sheet>
  );
}

/** Share draws how much of the full mark was given. */
function Share({ of, got }: { of: string; got: string }) {
  if (!got || Number(of) === 0) return null;
  const percent = Math.round((Number(got) / Number(of)) * 100);
  return (
    <span className="nowrap">
      <span className="marks-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>{" "}
      {percent}%
    </span>
  );
}
