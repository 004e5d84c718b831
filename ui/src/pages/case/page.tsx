import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { q } from "../../api/queries";
import type { View } from "../../api/types";
import { FormFacts, Names } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Digest } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { Tabs } from "../../kit/tabs";
import { formatDay, formatMoment } from "../../words/date";
import { type Split, Waterfall } from "../assets/waterfall";
import { Diagram } from "./diagram";
import { Documents } from "./documents";
import { History } from "./history";
import { MoneyTab } from "./money";
import { wasReturned } from "./names";
import { Notices } from "./notices";
import { Options } from "./options";
import { Parts } from "./parts";
import { Seats } from "./seats";
import { Together } from "./together";
import { Track } from "./track";

export function CasePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const view = useQuery({ ...q.case(id), refetchInterval: 30_000 });
  return (
    <Load page query={view} bones={<CaseBones />}>
      {(data) => (
        <Names value={data.names ?? {}}>
          <CaseBody view={data} />
        </Names>
      )}
    </Load>
  );
}

function CaseBody({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const opener = view.seats.find((s) => s.holders.length > 0 && s.holders[0]?.party)?.holders[0]?.name;
  const counted = (label: string, n: number) => (n > 0 ? `${label} ${n}` : label);
  const tabs = [
    { key: "forms", label: counted(t("case.tab.forms"), view.forms.length), children: <Forms view={view} /> },
    ...view.parts
      .filter((p) => p.records.length > 0 || p.sealed)
      .map((p) => ({
        key: `part-${p.name}`,
        label: counted(tx(p.title), p.records.length),
        children: <Parts view={view} part={p} />,
      })),
    { key: "money", label: counted(t("case.tab.money"), view.money.pots.length), children: <MoneyTab view={view} /> },
    { key: "documents", label: counted(t("case.tab.documents"), view.documents.length), children: <Documents view={view} /> },
    { key: "notices", label: counted(t("case.tab.notices"), view.notices.length), children: <Notices view={view} /> },
    { key: "diagram", label: t("case.tab.diagram"), children: <Diagram view={view} /> },
    { key: "seats", label: t("case.tab.seats"), children: <Seats view={view} /> },
    { key: "history", label: counted(t("case.tab.history"), view.history.length), children: <History view={view} /> },
  ];
  return (
    <>
      <PageHead
        title={view.title || tx(view.mechanism.title)}
        back={{ to: "/cases", label: t("nav.cases") }}
        lead={
          <span className="row">
            <Standing status={standingOf(view.state, { returned: wasReturned(view) })}>{tx(view.state.title)}</Standing>
            <span>{tx(view.mechanism.title)}</span>
            {opener && <span>{opener}</span>}
            <span>{t("case.opened", { day: formatDay(view.opened) })}</span>
          </span>
        }
      />
      <div className="sheet case-top">
        <Track view={view} />
        <Options view={view} />
        <Together view={view} />
      </div>
      <section className="sheet tabbed" aria-label={t("case.tabs")}>
        <Tabs
          name={t("case.tabs")}
          active={search.tab}
          items={tabs}
          onChange={(tab) =>
            void navigate({ to: "/cases/$id", params: { id: view.id }, search: { tab }, replace: true, resetScroll: false })
          }
        />
      </section>
    </>
  );
}

function Forms({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  if (view.forms.length === 0) {
    return (
      <Empty icon="case" title={t("case.forms.none")}>
        {t("case.forms.none.way")}
      </Empty>
    );
  }
  return (
    <div className="stack-l">
      {view.forms.length > 3 && (
        <nav className="page-nav no-print" aria-label={t("case.tab.forms")}>
          {view.forms.map((f, i) => (
            <a key={`${f.record}-${f.form.name}`} href={`#form-${i}`}>
              {tx(f.form.title)}
            </a>
          ))}
        </nav>
      )}
      {view.forms.map((f, i) => (
        <section key={`${f.record}-${f.form.name}`} id={`form-${i}`} className="stack-s" aria-label={tx(f.form.title)}>
          <div className="spread">
            <h2>{tx(f.form.title)}</h2>
            <span className="small muted">
              {t("case.form.by", { by: f.by, at: formatMoment(f.at) })} {f.digest && <Digest value={f.digest} />}
            </span>
          </div>
          {isSplit(f) && <Waterfall split={splitOf(f, view)} />}
          <FormFacts form={f.form} values={f.values} caseId={view.id} record={f.record} />
        </section>
      ))}
    </div>
  );
}

/** isSplit tells whether a form says how an income was split. */
function isSplit(f: View["forms"][number]): boolean {
  return !!f.form.made && ["gross", "costs", "net", "paid"].every((name) => name in f.values);
}

function splitOf(f: View["forms"][number], view: View): Split {
  const v = f.values as { gross: number; costs: number; net: number; paid: { party: string; share: string; amount: number }[] };
  return { ...v, paid: v.paid.map((p) => ({ ...p, name: view.names?.[p.party] ?? p.party })) };
}

function CaseBones() {
  return (
    <>
      <div className="page-head">
        <div style={{ width: "60%" }}>
          <span className="bone" style={{ width: "70%", height: 32 }} />
          <span className="bone" style={{ width: "50%", marginTop: 12 }} />
        </div>
      </div>
      <div className="sheet sheet-pad">
        <Bones lines={5} />
      </div>
      <div className="sheet sheet-pad" style={{ marginTop: 24 }}>
        <Bones lines={10} />
      </div>
    </>
  );
}
