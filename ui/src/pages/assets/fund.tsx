import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { api, got } from "../../api/client";
import type { components } from "../../api/schema";
import "../../design/fund.css";
import { type Key, useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { bars } from "../../kit/chart-shapes";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Table } from "../../kit/table";
import { formatDay } from "../../words/date";
import { formatMoney } from "../../words/money";
import { formatShare } from "../../words/share";

type Page = components["schemas"]["FundPage"];
type Partner = components["schemas"]["FundPartner"];
type Position = components["schemas"]["FundPosition"];
type Flow = components["schemas"]["FundFlow"];
type Line = components["schemas"]["FundAccount"]["lines"][number];

const measures = ["committed", "paid", "invested", "held", "returned"] as const;

/** FundBookPage is what a fund's partners promised and paid, what it was spent on and what came back, each kind of money apart. */
export function FundBookPage() {
  const { t } = useSpeech();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({
    queryKey: ["fund-book", id],
    queryFn: () => got(api.GET("/api/records/{id}/fund", { params: { path: { id } } })),
  });
  return (
    <Load page query={query} bones={<Bones lines={10} height={28} />}>
      {(p) => (
        <>
          <PageHead
            title={p.name}
            back={{ to: `/assets/shares/${p.record}`, label: t("shares.title") }}
            lead={
              <span className="row">
                {t("book.title")}
                {p.status && <span className="badge s-running">{p.status}</span>}
                {p.owner && <span>{t("book.lead", { name: p.owner })}</span>}
              </span>
            }
          />
          <div className="stack">
            {p.accounts.map((a) => (
              <Account key={`${a.party} ${a.source}`} account={a} />
            ))}
            <Numbers page={p} />
            <Sources page={p} />
            <Positions page={p} />
            <Quarters flows={p.flows} />
            <Partners page={p} />
            <Flows flows={p.flows} />
          </div>
        </>
      )}
    </Load>
  );
}

/** Account is a partner's own: what it promised and may yet be asked for, what of the fund is its money, each payment. */
function Account({ account: a }: { account: components["schemas"]["FundAccount"] }) {
  const { t } = useSpeech();
  const memo = useMemoLink();
  const name = useSourceName();
  const numbers = ["committed", "paid", "callable", "idle", "held", "back", "lost", "returned"] as const;
  return (
    <Sheet title={t("book.account", { name: a.name ?? "", source: name(a.source) })} id="account">
      <div className="stack">
        <p className="small muted">{t("book.account.lead", { stake: formatShare(a.stake) })}</p>
        <dl className="counts fund-counts">
          {numbers.map((m) => (
            <div key={m} className="count-cell">
              <dt>{t(`book.a.${m}`)}</dt>
              <dd>
                <Money fen={a[m]} />
              </dd>
            </div>
          ))}
        </dl>
        {a.lines.length === 0 ? (
          <p className="muted">{t("book.account.none")}</p>
        ) : (
          <Table
            name={t("book.account", { name: a.name ?? "", source: name(a.source) })}
            rows={a.lines}
            rowKey={(l) => `${l.case} ${l.at} ${l.kind} ${l.amount}`}
            columns={[
              { key: "day", title: t("book.day"), main: true, cell: (l) => formatDay(l.at) },
              { key: "kind", title: t("book.kind"), cell: (l) => t(`book.k.${l.kind}` as Key) },
              { key: "memo", title: t("book.memo"), cell: memo },
              ...(["amount", "paid", "returned"] as const).map((m) => ({
                key: m,
                title: t(m === "amount" ? "book.amount" : `book.a.${m}`),
                align: "right" as const,
                cell: (l: Line) => <Money fen={l[m]} />,
              })),
            ]}
          />
        )}
      </div>
    </Sheet>
  );
}

const total = (list: Partner[], key: (typeof measures)[number]) => list.reduce((sum, p) => sum + p[key], 0);

function Numbers({ page }: { page: Page }) {
  const { t } = useSpeech();
  return (
    <dl className="counts fund-counts">
      {measures.map((m) => (
        <div key={m} className="count-cell">
          <dt>{t(`book.${m}`)}</dt>
          <dd>
            <Money fen={total(page.sources, m)} />
          </dd>
        </div>
      ))}
      <div className="count-cell">
        <dt>{t("book.cash")}</dt>
        <dd>
          <Money fen={page.cash} />
        </dd>
      </div>
    </dl>
  );
}

/** useMemoLink says what a payment was for, leading to its case. */
function useMemoLink() {
  const { tx } = useSpeech();
  return (x: Pick<Flow, "case" | "memo">) => (
    <Link to="/cases/$id" params={{ id: x.case }}>
      {tx(x.memo)}
    </Link>
  );
}

/** useSourceName is what a kind of money is called. */
function useSourceName() {
  const { t } = useSpeech();
  return (source?: string) => t(`book.s.${source || "none"}` as Key);
}

function Sources({ page }: { page: Page }) {
  const { t, lang } = useSpeech();
  const name = useSourceName();
  return (
    <Sheet title={t("book.sources")} id="sources">
      <div className="stack-s">
        <p className="small muted">{t("book.sources.lead")}</p>
        <Chart
          title={t("book.sources")}
          empty={page.sources.length === 0}
          table={{
            head: [t("book.source"), ...measures.map((m) => t(`book.${m}`))],
            rows: page.sources.map((s) => [name(s.source), ...measures.map((m) => <Money key={m} fen={s[m]} />)]),
          }}
          draw={(look) =>
            bars(look, {
              x: measures.map((m) => t(`book.${m}`)),
              format: (n) => formatMoney(Math.round(n * 100), lang),
              series: page.sources.map((s) => ({ name: name(s.source), stack: "all", values: measures.map((m) => s[m] / 100) })),
            })
          }
        />
      </div>
    </Sheet>
  );
}

function Positions({ page }: { page: Page }) {
  const { t, tx } = useSpeech();
  return (
    <Sheet title={t("book.positions")} id="positions" pad={false}>
      {page.positions.length === 0 ? (
        <Empty icon="money" title={t("book.positions.none")} />
      ) : (
        <Table
          name={t("book.positions")}
          rows={page.positions}
          rowKey={(r: Position) => `${r.case} ${r.at} ${r.party}`}
          href={(r) => `/cases/${r.case}`}
          columns={[
            { key: "firm", title: t("book.firm"), main: true, cell: (r) => r.name },
            { key: "day", title: t("book.day"), cell: (r) => formatDay(r.at) },
            { key: "invested", title: t("book.invested"), align: "right", cell: (r) => <Money fen={r.invested} /> },
            { key: "whose", title: t("book.whose"), cell: (r) => <Whose of={r.of} /> },
            { key: "back", title: t("book.back"), align: "right", cell: (r) => <Money fen={r.back} /> },
            {
              key: "state",
              title: t("book.state"),
              cell: (r) => (
                <span className={r.held ? "badge s-running" : "badge s-done"}>
                  {tx(r.state) || (r.held ? t("book.held") : "")}
                </span>
              ),
            },
          ]}
        />
      )}
    </Sheet>
  );
}

/** Whose says how much of an amount is each kind of money. */
function Whose({ of }: { of: Position["of"] }) {
  const { t } = useSpeech();
  const name = useSourceName();
  const sums = new Map<string, number>();
  for (const x of of) {
    const key = x.party ? x.source : "nobody";
    sums.set(key, (sums.get(key) ?? 0) + x.amount);
  }
  return (
    <>
      {[...sums].map(([source, fen]) => (
        <span key={source} className="fund-whose">
          {source === "nobody" ? t("book.nobody") : name(source)} <Money fen={fen} />
        </span>
      ))}
    </>
  );
}

const kinds = ["call", "refund", "invest", "exit", "distribute", "manager"] as const;

function Quarters({ flows }: { flows: Flow[] }) {
  const { t, lang } = useSpeech();
  const quarter = (at: string) => {
    const [year, month] = formatDay(at).split("-");
    return `${year}Q${Math.ceil(Number(month) / 3)}`;
  };
  const x = [...new Set(flows.map((f) => quarter(f.at)))];
  const shown = kinds.filter((k) => flows.some((f) => f.kind === k));
  const sum = (k: string, q: string) =>
    flows.filter((f) => f.kind === k && quarter(f.at) === q).reduce((s, f) => s + f.amount, 0);
  return (
    <Sheet title={t("book.time")} id="time">
      <Chart
        title={t("book.time")}
        empty={flows.length === 0}
        table={{
          head: ["", ...shown.map((k) => t(`book.k.${k}`))],
          rows: x.map((q) => [q, ...shown.map((k) => <Money key={k} fen={sum(k, q)} />)]),
        }}
        draw={(look) =>
          bars(look, {
            x,
            format: (n) => formatMoney(Math.round(n * 100), lang),
            series: shown.map((k) => ({
              name: t(`book.k.${k}`),
              stack: k === "call" || k === "exit" ? "in" : "out",
              values: x.map((q) => sum(k, q) / 100),
            })),
          })
        }
      />
    </Sheet>
  );
}

function Partners({ page }: { page: Page }) {
  const { t } = useSpeech();
  const name = useSourceName();
  return (
    <Sheet title={t("book.partners")} id="partners" pad={false}>
      <Table
        name={t("book.partners")}
        rows={page.partners}
        rowKey={(r) => `${r.party} ${r.source}`}
        columns={[
          { key: "name", title: t("book.partner"), main: true, cell: (r) => r.name },
          { key: "source", title: t("book.source"), cell: (r) => name(r.source) },
          ...measures.map((m) => ({
            key: m,
            title: t(`book.${m}`),
            align: "right" as const,
            cell: (r: Partner) => <Money fen={r[m]} />,
          })),
        ]}
      />
    </Sheet>
  );
}

function Flows({ flows }: { flows: Flow[] }) {
  const { t } = useSpeech();
  const memo = useMemoLink();
  const name = useSourceName();
  if (flows.length === 0) return null;
  return (
    <Sheet title={t("book.flows")} id="flows" pad={false}>
      <Table
        name={t("book.flows")}
        rows={[...flows].reverse()}
        rowKey={(f) => `${f.case} ${f.at} ${f.kind} ${f.name} ${f.amount}`}
        columns={[
          { key: "day", title: t("book.day"), main: true, cell: (f) => formatDay(f.at) },
          {
            key: "kind",
            title: t("book.kind"),
            cell: (f) => (
              <>
                {t(`book.k.${f.kind}` as Key)} {f.source && <span className="muted">{name(f.source)}</span>}
              </>
            ),
          },
          { key: "party", title: t("book.party"), cell: (f) => f.name },
          { key: "memo", title: t("book.memo"), cell: memo },
          { key: "amount", title: t("book.amount"), align: "right", cell: (f) => <Money fen={f.amount} /> },
        ]}
      />
    </Sheet>
  );
}
