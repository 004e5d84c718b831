// A filled form to read: the same definition, the same words, values as officers write them.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { createContext, useContext, useMemo } from "react";
import { q } from "../api/queries";
import type { Doc, Field, Form, Values } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { Money } from "../kit/figures";
import { formatShare } from "../words/share";
import { formatSize } from "../words/size";
import { titlesOf } from "./pickers";

type Where = { caseId?: string; anonymous?: boolean };

/** FormFacts lists a form's fields; a field that the reader may not see is not among the values and is left out. With record, the case or
 * part that has the form, its tables can be saved as workbooks. */
export function FormFacts({ form, values, caseId, record, anonymous }: { form: Form; values: Values; record?: string } & Where) {
  const { t, tx } = useSpeech();
  const shown = form.fields.filter((f) => f.name in values);
  const [tables, plain] = [shown.filter((f) => f.type === "rows"), shown.filter((f) => f.type !== "rows")];
  return (
    <div className="stack">
      {plain.length > 0 && (
        <dl className="facts">
          {plain.map((f) => (
            <FactRow key={f.name} label={tx(f.title)}>
              <FieldValue field={f} value={values[f.name]} caseId={caseId} anonymous={anonymous} />
            </FactRow>
          ))}
        </dl>
      )}
      {tables.map((f) => (
        <div key={f.name} className="stack-s">
          <div className="spread">
            <h3>{tx(f.title)}</h3>
            {caseId && record && Array.isArray(values[f.name]) && (
              <a className="no-print" href={`/api/cases/${caseId}/tables/${form.name}/${f.name}?record=${record}`} download>
                {t("form.table.save")}
              </a>
            )}
          </div>
          <FieldValue field={f} value={values[f.name]} caseId={caseId} anonymous={anonymous} />
        </div>
      ))}
    </div>
  );
}

export function FactRow({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function FieldValue({ field, value, caseId, anonymous }: { field: Field; value: unknown } & Where) {
  const { t, tx } = useSpeech();
  if (value === undefined || value === null || value === "") return <span className="muted">{t("word.unfilled")}</span>;
  switch (field.type) {
    case "flag":
      return value === true ? t("act.yes") : t("act.no");
    case "money":
      return typeof value === "number" ? <Money fen={value} /> : String(value);
    case "share":
      return typeof value === "number" ? formatShare(value) : String(value);
    case "choice":
      return tx(field.choices?.find((c) => c.value === value)?.title) || String(value);
    case "party":
      return <PartyName id={String(value)} anonymous={anonymous} />;
    case "record":
      return <RecordName id={String(value)} anonymous={anonymous} />;
    case "case":
      return <CaseName id={String(value)} anonymous={anonymous} />;
    case "ref":
      return <RefName list={field.ref ?? ""} code={String(value)} />;
    case "node":
      return <NodeName id={String(value)} anonymous={anonymous} />;
    case "document":
      return <DocumentLink doc={value as Doc} caseId={caseId} />;
    case "rows":
      return (
        <RowsTable field={field} rows={Array.isArray(value) ? (value as Values[]) : []} caseId={caseId} anonymous={anonymous} />
      );
    case "text":
      return <span className="multiline">{String(value)}</span>;
    default:
      return (
        <>
          {field.type === "count" && typeof value === "number" && value >= 10_000 ? value.toLocaleString("en") : String(value)}
          {field.unit && ` ${field.unit}`}
          {field.fullMark && <span className="muted"> / {field.fullMark}</span>}
        </>
      );
  }
}

/** Names are what the parties are called that a page speaks of by id, where the server has said so: readers who may not open the register read names too. */
export const Names = createContext<Record<string, string>>({});

export function PartyName({ id, anonymous }: { id: string; anonymous?: boolean }) {
  const known = useContext(Names)[id];
  const party = useQuery({ ...q.party(id), enabled: !anonymous && id !== "" && known === undefined, retry: false });
  const name = known ?? party.data?.name;
  if (anonymous || !name) return <span>{name ?? (party.isLoading ? "…" : id)}</span>;
  return (
    <Link to="/register/$id" params={{ id }}>
      {name}
    </Link>
  );
}

export function RecordName({ id, anonymous }: { id: string; anonymous?: boolean }) {
  const known = useContext(Names)[id];
  const record = useQuery({ ...q.record(id), enabled: !anonymous && id !== "" && known === undefined, retry: false });
  const name = known ?? record.data?.record.name;
  if (anonymous || !name) return <span>{name ?? (record.isLoading ? "…" : id)}</span>;
  return (
    <Link to="/register/records/$id" params={{ id }}>
      {name}
    </Link>
  );
}

/** NodeName leads to the node on its map; what was typed as a text is shown as it was typed. */
function NodeName({ id, anonymous }: { id: string; anonymous?: boolean }) {
  const { tx } = useSpeech();
  const known = useContext(Names)[id];
  const node = useQuery({ ...q.chainNode(id), enabled: !anonymous && id !== "", retry: false }).data;
  if (!node) return <span>{known ?? id}</span>;
  return (
    <Link to="/chains" search={{ chain: node.chains[0], node: node.id } as never}>
      {tx(node.name)}
    </Link>
  );
}

function CaseName({ id, anonymous }: { id: string; anonymous?: boolean }) {
  const name = useContext(Names)[id] ?? id;
  if (anonymous) return <span>{name}</span>;
  return (
    <Link to="/cases/$id" params={{ id }}>
      {name}
    </Link>
  );
}

function RefName({ list, code }: { list: string; code: string }) {
  const { tx } = useSpeech();
  const codes = useQuery({ ...q.taxonomy(list), enabled: list !== "" });
  const titles = useMemo(() => titlesOf(codes.data?.codes ?? [], tx), [codes.data, tx]);
  return <span title={code}>{titles.get(code) ?? (codes.isLoading ? "…" : code)}</span>;
}

export function DocumentLink({ doc, caseId }: { doc: Doc; caseId?: string }) {
  const name = (
    <>
      <Icon name="attach" size={12} /> {doc.name}
    </>
  );
  return (
    <span>
      {caseId ? (
        <a href={`/api/documents/${doc.digest}?case=${encodeURIComponent(caseId)}`} download={doc.name}>
          {name}
        </a>
      ) : (
        name
      )}{" "}
      <span className="muted small nowrap">{formatSize(doc.size)}</span>{" "}
      <code className="muted" title={doc.digest}>
        {doc.digest.slice(0, 12)}…
      </code>
    </span>
  );
}

const rightAligned = new Set(["money", "share", "count", "number"]);

function RowsTable({ field, rows, caseId, anonymous }: { field: Field; rows: Values[] } & Where) {
  const { t, tx } = useSpeech();
  const columns = field.rows ?? [];
  if (rows.length === 0) return <span className="muted">{t("word.none")}</span>;
  return (
    <div className="table-wrap">
      <table className="table table-plain">
        <caption className="visually-hidden">{tx(field.title)}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.name} scope="col" className={rightAligned.has(c.type) ? "right" : undefined}>
                {tx(c.title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map((c) => (
                <td key={c.name} data-label={tx(c.title)} className={rightAligned.has(c.type) ? "right" : undefined}>
                  <FieldValue field={c} value={row[c.name]} caseId={caseId} anonymous={anonymous} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
