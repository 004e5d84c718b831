import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { q } from "../../api/queries";
import type { Field, RecordPageData, Values } from "../../api/types";
import { FormFacts, Names } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Standing } from "../../kit/standing";

/** HallRecordPage is what everyone may read of a record, with the public cases and records that it is linked to. */
export function HallRecordPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const page = useQuery(q.hallRecord(id));
  return (
    <Load page query={page} bones={<Bones lines={10} />}>
      {(data) => (
        <Names.Provider value={data.names}>
          <Body page={data} />
        </Names.Provider>
      )}
    </Load>
  );
}

function Body({ page }: { page: RecordPageData }) {
  const { t, tx } = useSpeech();
  const form = { name: page.kind.name, title: page.kind.title, fields: page.kind.fields as unknown as Field[] };
  return (
    <div className="stack-l">
      <PageHead
        title={page.record.name}
        back={{ to: `/hall/catalogue/${page.kind.name}`, label: tx(page.kind.title) }}
        lead={page.record.retired ? <Standing status="stopped">{t("rec.retired")}</Standing> : undefined}
      />
      <FormFacts form={form} values={page.record.values as Values} anonymous />
      {page.cases.length > 0 && (
        <section className="stack-s">
          <h2>{t("rec.cases")}</h2>
          <ul>
            {page.cases.map((c) => (
              <li key={c.case}>
                {tx(c.mechanism)}{" "}
                <Link to="/hall/$id" params={{ id: c.case }}>
                  {c.label}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {page.named.length > 0 && (
        <section className="stack-s">
          <h2>{t("rec.named")}</h2>
          <ul>
            {page.named.map((r) => (
              <li key={r.id}>
                <Link to="/hall/records/$id" params={{ id: r.id }}>
                  {r.name}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
