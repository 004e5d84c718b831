import type { Fund } from "../api/types";
import { useSpeech } from "../i18n";
import { Chart } from "../kit/chart";
import { bars } from "../kit/chart-shapes";
import { Money } from "../kit/figures";
import { Sheet } from "../kit/page";
import { formatMoney } from "../words/money";

const most = 24; // months that are drawn

/** MoneyCharts is all funds at a glance: how much of each is used, what each year brought and took, what was paid month by month. */
export function MoneyCharts({ funds }: { funds: Fund[] }) {
  const { t } = useSpeech();
  return (
    <Sheet title={t("money.charts")} id="charts">
      <div className="stack-l">
        <ByFund funds={funds} />
        <ByYear funds={funds} />
        <ByMonth funds={funds} />
      </div>
    </Sheet>
  );
}

function useYuan() {
  const { lang } = useSpeech();
  return (n: number) => formatMoney(Math.round(n * 100), lang);
}

function ByFund({ funds: all }: { funds: Fund[] }) {
  const { t, tx } = useSpeech();
  const funds = all.filter((f) => f.appropriated > 0);
  const yuan = useYuan();
  const parts = [
    { title: t("fund.paid"), of: (f: Fund) => f.paid },
    { title: t("fund.held"), of: (f: Fund) => f.held },
    { title: t("fund.free"), of: (f: Fund) => f.free },
  ];
  return (
    <Chart
      title={t("money.byFund")}
      empty={funds.length === 0}
      height={72 + 44 * funds.length}
      table={{
        head: [t("money.fund"), t("fund.total"), ...parts.map((p) => p.title)],
        rows: funds.map((f) => [
          tx(f.title),
          <Money key="a" fen={f.appropriated} />,
          ...parts.map((p) => <Money key={p.title} fen={p.of(f)} />),
        ]),
      }}
      draw={(look) =>
        bars(look, {
          x: funds.map((f) => tx(f.title)),
          sideways: true,
          format: yuan,
          series: parts.map((p) => ({ name: p.title, stack: "budget", values: funds.map((f) => p.of(f) / 100) })),
        })
      }
    />
  );
}

function ByYear({ funds }: { funds: Fund[] }) {
  const { t } = useSpeech();
  const yuan = useYuan();
  const years = [
    ...new Set(funds.flatMap((f) => [...f.years.map((y) => String(y.year)), ...f.months.map((m) => m.month.slice(0, 4))])),
  ].sort();
  const given = (y: string) =>
    funds.reduce((s, f) => s + f.years.reduce((n, x) => n + (String(x.year) === y ? x.appropriated : 0), 0), 0);
  const moved = (y: string, key: "paid" | "back") =>
    funds.reduce((s, f) => s + f.months.reduce((n, m) => n + (m.month.startsWith(y) ? m[key] : 0), 0), 0);
  const series = [
    { title: t("money.budget"), of: given },
    { title: t("fund.paid"), of: (y: string) => moved(y, "paid") },
    { title: t("money.back"), of: (y: string) => moved(y, "back") },
  ];
  return (
    <Chart
      title={t("money.byYear")}
      empty={years.length === 0}
      table={{
        head: [t("fund.year"), ...series.map((s) => s.title)],
        rows: years.map((y) => [y, ...series.map((s) => <Money key={s.title} fen={s.of(y)} />)]),
      }}
      draw={(look) =>
        bars(look, {
          x: years,
          format: yuan,
          series: series.map((s) => ({ name: s.title, values: years.map((y) => s.of(y) / 100) })),
        })
      }
    />
  );
}

function ByMonth({ funds }: { funds: Fund[] }) {
  const { t, tx } = useSpeech();
  const yuan = useYuan();
  const all = [...new Set(funds.flatMap((f) => f.months.map((m) => m.month)))].sort();
  const months = between(all[0], all.at(-1)).slice(-most);
  const paid = (f: Fund, month: string) => f.months.find((m) => m.month === month)?.paid ?? 0;
  const shown = funds.filter((f) => months.some((m) => paid(f, m) !== 0));
  return (
    <Chart
      title={t("money.byMonth")}
      empty={shown.length === 0}
      table={{
        head: [t("money.month"), ...shown.map((f) => tx(f.title))],
        rows: months.map((m) => [m, ...shown.map((f) => <Money key={f.name} fen={paid(f, m)} />)]),
      }}
      draw={(look) =>
        bars(look, {
          x: months,
          format: yuan,
          series: shown.map((f) => ({ name: tx(f.title), stack: "paid", values: months.map((m) => paid(f, m) / 100) })),
        })
      }
    />
  );
}

/** between is every month from the first to the last: one in which nothing moved is shown, too. */
export function between(first?: string, last?: string): string[] {
  const list: string[] = [];
  if (!first || !last) return list;
  let [y, m] = first.split("-").map(Number) as [number, number];
  for (;;) {
    const month = `${y}-${String(m).padStart(2, "0")}`;
    if (month > last || list.length > 1200) return list;
    list.push(month);
    [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  }
}
