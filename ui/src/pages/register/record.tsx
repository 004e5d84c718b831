import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Tooltip } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { RefusedError } from "../../api/refusals";
import type { Claim, Field, RecordPageData } from "../../api/types";
import { Icon } from "../../design/icons";
import { FactRow, FieldValue, Names, PartyName } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Standing, standingOf } from "../../kit/standing";
import { formatMoment } from "../../words/date";
import { Bookings } from "./calendar";
import { ClaimOwner } from "./claim";
import { MergedLines, MoneyFacts, PartyLinks, RecordLinks } from "./links";

/** RecordPage shows a record, who said each field of it, what is said otherwise, and the cases behind it. */
export function RecordPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const page = useQuery(q.record(id));
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
  const said = useSaid(page.names);
  const r = page.record;
  const standing = new Map(page.claims.filter((c) => c.state === "stands").map((c) => [c.field, c]));
  const beside = page.claims.filter((c) => c.state === "beside");
  const fields = page.kind.fields as unknown as Field[];
  return (
    <>
      <PageHead
        title={r.name}
        back={{ to: "/register/records", label: t("rec.title") }}
        lead={
          <span className="row">
            {tx(page.kind.title)}
            {r.owner && <PartyName id={r.owner} />}
            {r.retired && <Standing status="stopped">{t("rec.retired")}</Standing>}
          </span>
        }
      >
        <Button className="no-print" icon={<Icon name="print" />} onClick={() => window.print()}>
          {t("act.print")}
        </Button>
        <Acts page={page} />
      </PageHead>
      <div className="stack">
        <section className="sheet sheet-pad" aria-label={r.name}>
          <dl className="facts">
            {fields
              .filter((f) => f.name in r.values)
              .map((f) => {
                const claim = standing.get(f.name);
                const value = <FieldValue field={f} value={r.values[f.name]} />;
                return (
                  <FactRow key={f.name} label={tx(f.title)}>
                    {claim ? (
                      <Tooltip title={said(claim)}>
                        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the source is read on focus, too */}
                        <span tabIndex={0}>{value}</span>
                      </Tooltip>
                    ) : (
                      value
                    )}
                  </FactRow>
                );
              })}
          </dl>
        </section>
        <Bookings record={r.id} />
        {beside.length > 0 && <Beside page={page} claims={beside} fields={fields} />}
        {page.cases.length > 0 && (
          <section className="sheet sheet-pad stack-s" aria-label={t("rec.cases")}>
            <h2>{t("rec.cases")}</h2>
            <ul className="lines">
              {page.cases.map((c) => (
                <li key={c.case}>
                  {c.seen ? (
                    <Link to="/cases/$id" params={{ id: c.case }}>
                      {c.label}
                    </Link>
                  ) : (
                    <span className="muted">{t("rec.unseen")}</span>
                  )}
                  <span className="muted small">{tx(c.mechanism)}</span>
                  {c.state && <Standing status={standingOf(c.state)}>{tx(c.state.title)}</Standing>}
                </li>
              ))}
            </ul>
          </section>
        )}
        {fileOf(page) && <PartyLinks id={fileOf(page) ?? ""} />}
        <Around page={page} />
        {page.claims.length > 0 && (
          <section className="sheet sheet-pad stack-s" aria-label={t("rec.history")}>
            <h2>{t("rec.history")}</h2>
            <ol className="lines">
              {page.claims.map((c) => (
                <li key={`${c.field}#${c.seq}`}>
                  <span>{c.field === "" ? t("rec.retired") : <ClaimValue claim={c} fields={fields} />}</span>
                  <span className="muted small">{said(c)}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </>
  );
}

/** fileOf is the party whose file a record is: of a kind that each party has one record of, such as a researcher's. What belongs to the
 * party belongs on its page. */
function fileOf(page: RecordPageData): string | undefined {
  const { owner, unique } = page.kind;
  return owner && unique?.some((list) => list.length === 1 && list[0] === owner) ? page.record.owner : undefined;
}

/** Acts are what the reader may do with the record. */
function Acts({ page }: { page: RecordPageData }) {
  const { t } = useSpeech();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const [claiming, setClaiming] = useState(false);
  const r = page.record;
  if (r.retired) return null;
  const open = page.keeper && page.claims.some((c) => c.state === "stands" && !c.verified && c.field !== "");
  const verify = async () => {
    try {
      const next = await got(
        api.POST("/api/records/{id}/verification", { params: { path: { id: r.id } }, body: { revision: r.revision } }),
      );
      client.setQueryData(["record", r.id], next);
      void message.success(t("rec.verified.done"));
      await client.invalidateQueries({ queryKey: ["work"] });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      modal.error({ title: t("refuse.one"), content: <Refusals list={error.refusals} />, icon: null });
    }
  };
  return (
    <>
      {open && <Button onClick={() => void verify()}>{t("rec.verify")}</Button>}
      {page.claim.length > 0 && <Button onClick={() => setClaiming(true)}>{t("rec.claim")}</Button>}
      {page.mine && (
        <Link to="/register/records/$id/edit" params={{ id: r.id }}>
          <Button type="primary" tabIndex={-1} icon={<Icon name="pen" />}>
            {t("rec.edit")}
          </Button>
        </Link>
      )}
      {claiming && <ClaimOwner page={page} close={() => setClaiming(false)} />}
    </>
  );
}

/** Around is what the record is linked to beside cases: records that name it, money, and the ids that went into it. */
function Around({ page }: { page: RecordPageData }) {
  const { t } = useSpeech();
  const { named, money, merged } = page;
  if (named.length === 0 && money.cases === 0 && merged.length === 0) return null;
  return (
    <section className="sheet sheet-pad stack" aria-label={t("links.title")}>
      {money.cases > 0 && (
        <div className="stack-s">
          <h2>{t("rec.money")}</h2>
          <MoneyFacts money={money} />
        </div>
      )}
      {named.length > 0 && (
        <div className="stack-s">
          <h2>{t("rec.named")}</h2>
          <RecordLinks records={named} />
        </div>
      )}
      {merged.length > 0 && (
        <div className="stack-s">
          <h2>{t("rec.merged")}</h2>
          <MergedLines merged={merged} />
        </div>
      )}
    </section>
  );
}

function ClaimValue({ claim, fields }: { claim: Claim; fields: Field[] }) {
  const { t, tx } = useSpeech();
  const field = fields.find((f) => f.name === claim.field);
  return (
    <>
      <span className="muted">{tx(field?.title) || claim.field}</span>{" "}
      {claim.value === null || !field ? (
        <span className="muted">{t("rec.emptied")}</span>
      ) : (
        <FieldValue field={field} value={claim.value} />
      )}
    </>
  );
}

/** useSaid says who said something of a field, when and where. */
function useSaid(names: Record<string, string>) {
  const { t } = useSpeech();
  return (c: Claim) => {
    const who = [c.who, names[c.office ?? ""] ?? names[c.party ?? ""]].filter(Boolean).join(" · ");
    const from = t(`rec.from.${c.from}` as Key);
    const said = `${t("rec.said", { who, at: formatMoment(c.at), from })} · ${t(c.verified ? "rec.verified" : "rec.unverified")}`;
    return c.reason ? `${said} · ${c.reason}` : said;
  };
}

/** Beside is what contradicts what stands; whoever keeps the register decides. */
function Beside({ page, claims, fields }: { page: RecordPageData; claims: Claim[]; fields: Field[] }) {
  const { t } = useSpeech();
  const { modal } = App.useApp();
  const client = useQueryClient();
  const said = useSaid(page.names);
  const decide = async (c: Claim, take: boolean) => {
    try {
      const next = await got(
        api.POST("/api/records/{id}/claims", {
          params: { path: { id: page.record.id } },
          body: { field: c.field, seq: c.seq, take },
        }),
      );
      client.setQueryData(["record", page.record.id], next);
    } catch (error) {
      if (error instanceof RefusedError)
        modal.error({ title: t("refuse.one"), content: <Refusals list={error.refusals} />, icon: null });
    }
  };
  return (
    <section className="sheet sheet-pad stack-s" aria-label={t("rec.beside")}>
      <h2>{t("rec.beside")}</h2>
      <ul className="stack-s">
        {claims.map((c) => (
          <li key={`${c.field}#${c.seq}`} className="row">
            <span>
              <ClaimValue claim={c} fields={fields} /> <span className="muted small">{said(c)}</span>
            </span>
            {page.keeper && (
              <>
                <Button size="small" onClick={() => void decide(c, true)}>
                  {t("rec.take")}
                </Button>
                <Button size="small" onClick={() => void decide(c, false)}>
                  {t("rec.refuse")}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
