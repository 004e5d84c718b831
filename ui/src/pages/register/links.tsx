// What a party or record is linked to, as far as the reader may see it.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { q } from "../../api/queries";
import type { PartyLinks as Linked, RecordItem } from "../../api/types";
import { FactRow } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { Standing, standingOf } from "../../kit/standing";
import { formatMoment } from "../../words/date";
import { useStatus } from "./status";

export function MoneyFacts({ money }: { money: Linked["money"] }) {
  const { t } = useSpeech();
  return (
    <>
      <dl className="facts">
        <FactRow label={t("rec.money.paid")}>
          <Money fen={money.paid} />
        </FactRow>
        {money.owed > 0 && (
          <FactRow label={t("rec.money.owed")}>
            <Money fen={money.owed} />
          </FactRow>
        )}
      </dl>
      <p className="small muted">{t("rec.money.of", { n: money.cases })}</p>
    </>
  );
}

export function RecordLinks({ records }: { records: RecordItem[] }) {
  const { tx } = useSpeech();
  const kinds = useQuery(q.kinds());
  const status = useStatus();
  return (
    <ul className="lines">
      {records.map((r) => (
        <li key={r.id}>
          <Link to="/register/records/$id" params={{ id: r.id }}>
            {r.name}
          </Link>
          <span className="muted small">
            {[tx(kinds.data?.find((k) => k.name === r.kind)?.title), status(r)].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function MergedLines({ merged }: { merged: Linked["merged"] }) {
  const { t } = useSpeech();
  return (
    <ul className="lines">
      {merged.map((m) => (
        <li key={m.id}>{t("rec.merged.line", { id: m.id, who: m.who, at: formatMoment(m.at), reason: m.reason })}</li>
      ))}
    </ul>
  );
}

/** PartyLinks are a party's cases, records, units, money and former ids. */
export function PartyLinks({ id }: { id: string }) {
  const { t } = useSpeech();
  const links = useQuery(q.partyLinks(id));
  return (
    <section className="sheet sheet-pad stack" aria-label={t("links.title")}>
      <h2>{t("links.title")}</h2>
      <Load query={links} bones={<Bones lines={4} />}>
        {(data) => <Body data={data} />}
      </Load>
    </section>
  );
}

/** Rests are what the party's cases rest on: works and applications with the record of the register behind each. */
function Rests({ list }: { list: Linked["rests"] }) {
  const { t, tx } = useSpeech();
  return (
    <div className="stack-s">
      <h3>{t("links.rests")}</h3>
      <ul className="lines">
        {list.map((r) => (
          <li key={`${r.case} ${tx(r.part)} ${r.number} ${tx(r.field)} ${r.record.id}`}>
            <span>{r.called || tx(r.form)}</span>
            <span className="muted small">
              {r.part && tx(r.part) ? t("thread.part", { part: tx(r.part), n: r.number ?? "" }) : tx(r.form)}
            </span>
            <Standing status={standingOf(r.state)}>{tx(r.state.title)}</Standing>
            <span className="small">
              <span className="muted">{tx(r.field)}</span>{" "}
              <Link to="/register/records/$id" params={{ id: r.record.id }}>
                {r.record.name}
              </Link>
              {r.record.status && <span className="muted"> · {r.record.status}</span>}
            </span>
            <Link to="/cases/$id" params={{ id: r.case }} className="small">
              {r.title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Body({ data }: { data: Linked }) {
  const { t, tx } = useSpeech();
  if (data.cases.length + data.records.length + data.units.length + data.merged.length === 0)
    return <Empty icon="register" title={t("links.none")} />;
  return (
    <>
      {data.money.cases > 0 && (
        <div className="stack-s">
          <h3>{t("rec.money")}</h3>
          <MoneyFacts money={data.money} />
        </div>
      )}
      {data.cases.length > 0 && (
        <div className="stack-s">
          <h3>{t("links.cases")}</h3>
          <ul className="lines">
            {data.cases.map((c) => (
              <li key={c.case}>
                <Link to="/cases/$id" params={{ id: c.case }}>
                  {c.title}
                </Link>
                <span className="muted small">{tx(c.mechanism.title)}</span>
                <Standing status={standingOf(c.state)}>{tx(c.state.title)}</Standing>
              </li>
            ))}
          </ul>
        </div>
      )}
      {data.rests.length > 0 && <Rests list={data.rests} />}
      {data.records.length > 0 && (
        <div className="stack-s">
          <h3>{t("links.records")}</h3>
          <RecordLinks records={data.records} />
        </div>
      )}
      {data.units.length > 0 && (
        <div className="stack-s">
          <h3>{t("links.units")}</h3>
          <ul className="lines">
            {data.units.map((u) => (
              <li key={u.id}>
                <Link to="/register/$id" params={{ id: u.id }}>
                  {u.name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      {data.merged.length > 0 && (
        <div className="stack-s">
          <h3>{t("rec.merged")}</h3>
          <MergedLines merged={data.merged} />
        </div>
      )}
      {data.more && <p className="small muted">{t("links.more")}</p>}
    </>
  );
}
