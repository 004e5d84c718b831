import type { View } from "../../api/types";
import { type Key, useSpeech } from "../../i18n";
import { Moment, Money } from "../../kit/figures";
import { Empty } from "../../kit/note";
import { type Column, Table } from "../../kit/table";

type Pot = View["money"]["pots"][number];
type Posting = View["money"]["postings"][number];

const kinds: Record<string, Key> = {
  hold: "money.hold",
  pay: "money.pay",
  release: "money.release",
  claim: "money.claim",
  interest: "money.interest",
  collect: "money.collect",
  forgive: "money.forgive",
  reverse: "money.reverse",
  appropriate: "money.appropriate",
};

/** potName is what a pot is for, in the words of what was paid from it; before that, of the step that filled it. */
function potName(pot: Pot, postings: Posting[], tx: (text: Posting["memo"]) => string, and: string): string {
  const words = (list: Posting[]) => Array.from(new Set(list.map((p) => tx(p.memo)).filter(Boolean))).join(and);
  const at = (account: string) => account.endsWith(` ${pot.name}`) || account.endsWith(`/${pot.name}`);
  return (
    words(postings.filter((p) => p.kind === "pay" && at(p.from))) ||
    words(postings.filter((p) => p.kind === "hold" && at(p.to))) ||
    pot.name
  );
}

export function MoneyTab({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  const { pots, postings } = view.money;
  if (pots.length === 0 && postings.length === 0) {
    return (
      <Empty icon="money" title={t("case.money.none")}>
        {t("case.money.none.way")}
      </Empty>
    );
  }
  const names = new Map(pots.map((p) => [p.name, potName(p, postings, tx, t("word.and"))]));
  const account = (name: string) => {
    const pot = name.split(/[ /]/).pop() ?? "";
    return names.has(pot) ? t("money.account.pot", { pot: names.get(pot) ?? pot }) : name;
  };
  const columns: Column<Posting>[] = [
    { key: "kind", title: t("case.money.kind"), main: true, cell: (p) => (kinds[p.kind] ? t(kinds[p.kind] as Key) : p.kind) },
    { key: "amount", title: t("case.money.amount"), align: "right", cell: (p) => <Money fen={p.amount} /> },
    { key: "from", title: t("case.money.from"), cell: (p) => account(p.from) },
    { key: "to", title: t("case.money.to"), cell: (p) => account(p.to) },
    { key: "memo", title: t("case.money.memo"), cell: (p) => tx(p.memo) },
    { key: "at", title: t("col.time"), cell: (p) => <Moment at={p.at} /> },
  ];
  return (
    <div className="stack-l">
      <section className="stack-s" aria-label={t("case.money.pots")}>
        <h2>{t("case.money.pots")}</h2>
        <div className="pots">
          {pots.map((p) => (
            <PotCard key={p.name} pot={p} name={names.get(p.name) ?? p.name} />
          ))}
        </div>
      </section>
      <section className="stack-s" aria-label={t("case.money.postings")}>
        <h2>{t("case.money.postings")}</h2>
        <div className="sheet">
          <Table name={t("case.money.postings")} rows={postings} columns={columns} rowKey={(p) => p.id} />
        </div>
      </section>
    </div>
  );
}

/** PotCard is one pot as a bar: what was paid, what is held, what is owed back; each with its figure, so that no colour speaks alone. */
function PotCard({ pot, name }: { pot: Pot; name: string }) {
  const { t } = useSpeech();
  const total = pot.held + pot.paid;
  const parts = [
    { key: "paid", n: pot.paid, label: t("case.money.paid"), tone: "done" },
    { key: "held", n: pot.held, label: t("case.money.held"), tone: "waiting" },
    { key: "owed", n: pot.owed, label: t("case.money.owed"), tone: "returned" },
  ].filter((p) => p.n > 0 || p.key !== "owed");
  return (
    <figure className="pot" aria-label={t("case.money.chart")}>
      <figcaption className="spread">
        <span className="strong">{name}</span>
        <span className="figure">
          <Money fen={total} />
        </span>
      </figcaption>
      <div className="bar" aria-hidden="true">
        {parts
          .filter((p) => p.key !== "owed" && p.n > 0)
          .map((p) => (
            <span key={p.key} className={`bar-${p.tone}`} style={{ flexGrow: p.n }} />
          ))}
      </div>
      <dl className="legend">
        {parts.map((p) => (
          <div key={p.key}>
            <dt className={`dot-${p.tone}`}>{p.label}</dt>
            <dd>
              <Money fen={p.n} />
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
