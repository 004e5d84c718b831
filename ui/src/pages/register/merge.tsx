// Two that may be one, side by side: a person chooses which stays, sees what would follow, and merges them.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Input, Radio } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import type { Field, MergeResult, Party, RecordPageData } from "../../api/types";
import { FieldValue, Names, PartyName } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { kindKey } from "./kinds";
import "../../design/find.css";

type Pair = { what: "party" | "record"; a: string; b: string };
type Row = { label: string; a: React.ReactNode; b: React.ReactNode; differs: boolean };

export function MergePage() {
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as Pair;
  if (!search.a || !search.b)
    return (
      <>
        <PageHead title={t("merge.title")} lead={t("merge.lead")} back={{ to: "/register/work", label: t("work.title") }} />
        <section className="sheet">
          <Empty icon="register" title={t("merge.none")}>
            {t("merge.none.way")} <Link to="/register/work">{t("work.title")}</Link>
          </Empty>
        </section>
      </>
    );
  return search.what === "record" ? <Records pair={search} /> : <Parties pair={search} />;
}

function Records({ pair }: { pair: Pair }) {
  const { tx } = useSpeech();
  const a = useQuery(q.record(pair.a));
  const b = useQuery(q.record(pair.b));
  return (
    <Load page query={a} bones={<Bones lines={10} />}>
      {(one) => (
        <Load page query={b} bones={<Bones lines={10} />}>
          {(two) => (
            <Names.Provider value={{ ...one.names, ...two.names }}>
              <Compare pair={pair} names={[one.record.name, two.record.name]} rows={recordRows(one, two, (f) => tx(f.title))} />
            </Names.Provider>
          )}
        </Load>
      )}
    </Load>
  );
}

function recordRows(a: RecordPageData, b: RecordPageData, title: (f: Field) => string): Row[] {
  const [va, vb] = [a.record.values as Record<string, unknown>, b.record.values as Record<string, unknown>];
  return (a.kind.fields as unknown as Field[])
    .filter((f) => f.name in va || f.name in vb)
    .map((f) => ({
      label: title(f),
      a: f.name in va ? <FieldValue field={f} value={va[f.name]} /> : "",
      b: f.name in vb ? <FieldValue field={f} value={vb[f.name]} /> : "",
      differs: f.name in va && f.name in vb && JSON.stringify(va[f.name]) !== JSON.stringify(vb[f.name]),
    }));
}

function Parties({ pair }: { pair: Pair }) {
  const { t } = useSpeech();
  const a = useQuery(q.party(pair.a));
  const b = useQuery(q.party(pair.b));
  const of = (p: Party): [string, React.ReactNode, unknown][] => [
    [t("reg.name"), p.name, p.name],
    [t("reg.kind"), t(kindKey(p.kind)), p.kind],
    [t("reg.uscc"), p.uscc && <code>{p.uscc}</code>, p.uscc],
    [t("reg.region.code"), p.region, p.region],
    [t("reg.aliases"), p.aliases?.join(t("word.and")), p.aliases?.join()],
    [t("reg.parent"), p.parent && <PartyName id={p.parent} />, p.parent],
    [t("reg.employer"), p.employer && <PartyName id={p.employer} />, p.employer],
    [t("reg.legal"), p.legalRep, p.legalRep],
    [t("reg.address"), p.address, p.address],
    [t("reg.contact"), p.contact, p.contact],
    [t("reg.phone"), p.phone, p.phone],
    [t("reg.email"), p.email, p.email],
  ];
  return (
    <Load page query={a} bones={<Bones lines={10} />}>
      {(one) => (
        <Load page query={b} bones={<Bones lines={10} />}>
          {(two) => {
            const right = of(two);
            const rows = of(one).flatMap(([label, cell, value], i) => {
              const other = right[i];
              if (!other || (!value && !other[2])) return [];
              return [{ label, a: cell, b: other[1], differs: Boolean(value) && Boolean(other[2]) && value !== other[2] }];
            });
            return <Compare pair={pair} names={[one.name, two.name]} rows={rows} />;
          }}
        </Load>
      )}
    </Load>
  );
}

function Compare({ pair, names, rows }: { pair: Pair; names: [string, string]; rows: Row[] }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { busy, refusals, send, clear } = useSending();
  const [stays, setStays] = useState(pair.a);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState<MergeResult | null>(null);
  const goes = stays === pair.a ? pair.b : pair.a;

  const merge = (dryRun: boolean) =>
    send(async () => {
      const out = await got(api.POST("/api/merges", { body: { what: pair.what, stays, goes, reason, dryRun } }));
      if (dryRun) {
        setTried(out);
        return;
      }
      void message.success(t("merge.done", { name: out.name }));
      await client.invalidateQueries();
      await navigate({ to: pair.what === "party" ? `/register/${stays}` : `/register/records/${stays}` });
    });

  return (
    <>
      <PageHead title={t("merge.title")} lead={t("merge.lead")} back={{ to: "/register/work", label: t("work.title") }} />
      <section className="sheet" aria-label={t("merge.title")}>
        <div className="sheet-pad stack-s">
          <span className="strong" id="merge-stays">
            {t("merge.stays")}
          </span>
          <Radio.Group
            vertical
            aria-labelledby="merge-stays"
            value={stays}
            options={[pair.a, pair.b].map((id, i) => ({
              value: id,
              label: (
                <>
                  {names[i]} <span className="small muted">{id}</span>
                </>
              ),
            }))}
            onChange={(e) => {
              setStays(String(e.target.value));
              setTried(null);
              clear();
            }}
          />
        </div>
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("merge.field")}</th>
                {names.map((name, i) => (
                  <th key={i === 0 ? pair.a : pair.b} scope="col" style={{ width: "40%" }}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => (
                <tr key={r.label} className={r.differs ? "differs" : undefined}>
                  <th scope="row" className="muted">
                    {r.label}
                  </th>
                  <td data-label={names[0]}>{r.a}</td>
                  <td data-label={names[1]}>{r.b}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="sheet-pad stack">
          <label className="stack-s">
            <span className="strong">{t("merge.reason")}</span>
            <Input
              value={reason}
              maxLength={200}
              placeholder={t("merge.reason.hint")}
              onChange={(e) => {
                setReason(e.target.value);
                setTried(null);
              }}
            />
          </label>
          <Refusals list={refusals} />
          {tried && (
            <Note status="waiting">
              {t("merge.follow", { name: tried.name, cases: tried.cases, records: tried.records, beside: tried.beside })}
            </Note>
          )}
          <div className="row">
            <Button loading={busy && !tried} onClick={() => void merge(true)}>
              {t("merge.try")}
            </Button>
            <Button type="primary" disabled={!tried} loading={busy && tried !== null} onClick={() => void merge(false)}>
              {t("merge.do")}
            </Button>
          </div>
        </div>
      </section>
    </>
  );
}
