import type { components } from "../../api/schema";
import type { ThreadMoney } from "../../api/types";
import { type Key, useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { bars } from "../../kit/chart-shapes";
import { Money } from "../../kit/figures";
import { Sheet } from "../../kit/page";
import { formatMoney } from "../../words/money";

type Result = components["schemas"]["ThreadResult"];

/** useSource is what a source of money is called. */
export function useSource() {
  const { t, tx } = useSpeech();
  return (m: ThreadMoney) => tx(m.source) || t(`thread.from.${m.kind}` as Key);
}

/** Sources is what each source put into the thread, and what became of it. */
export function Sources({ money }: { money: ThreadMoney[] }) {
  const { t, lang } = useSpeech();
  const name = useSource();
  const put = money.filter((m) => m.in !== 0 || m.owed || m.back);
  const columns = [
    { key: "paid", title: t("thread.paid") },
    { key: "held", title: t("thread.held") },
  ] as const;
  return (
    <Sheet title={t("thread.money")} id="money">
      {put.length === 0 ? (
        <p className="muted">{t("thread.money.none")}</p>
      ) : (
        <Chart
          title={t("thread.in")}
          height={72 + 40 * put.length}
          table={{
            head: [
              t("thread.source"),
              t("thread.in"),
              t("thread.paid"),
              t("thread.held"),
              t("thread.owed"),
              t("thread.back.money"),
            ],
            rows: put.map((m) => [
              name(m),
              ...[m.in, m.paid, m.held, m.owed, m.back].map((n, i) => <Money key={i} fen={n ?? 0} />),
            ]),
          }}
          draw={(look) =>
            bars(look, {
              x: put.map(name),
              sideways: true,
              format: (n) => formatMoney(n * 100, lang),
              series: columns.map((c) => ({ name: c.title, stack: "in", values: put.map((m) => (m[c.key] ?? 0) / 100) })),
            })
          }
        />
      )}
    </Sheet>
  );
}

/** Results is what all cases of the thread came to; money where the unit is 元. */
export function Results({ results: all }: { results: Result[] }) {
  const { t, tx, lang } = useSpeech();
  const results = all.filter((r) => r.amount !== 0);
  return (
    <Sheet title={t("thread.results")} id="results">
      {results.length === 0 ? (
        <p className="muted">{t("word.none")}</p>
      ) : (
        <dl className="thread-results">
          {results.map((r) => (
            <div key={r.kind}>
              <dt>{tx(r.title)}</dt>
              <dd>{r.unit === "元" ? <Money fen={r.amount} /> : lang === "en" ? r.amount : `${r.amount} ${r.unit}`}</dd>
            </div>
          ))}
        </dl>
      )}
    </Sheet>
  );
}
