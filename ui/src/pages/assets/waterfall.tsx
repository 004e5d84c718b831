import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import type { components } from "../../api/schema";
import { useSpeech } from "../../i18n";
import { Chart } from "../../kit/chart";
import { flow } from "../../kit/chart-shapes";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Empty } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { formatDay } from "../../words/date";
import { formatMoney } from "../../words/money";
import { formatShare } from "../../words/share";

type Past = components["schemas"]["PastSplit"];
/** Split is what a waterfall is drawn from, in fen. */
export type Split = Pick<Past, "gross" | "costs" | "net" | "paid">;

/** PastSplits is every income that was split in a case that the reader sees, one at a time. */
export function PastSplits() {
  const { t, tx, lang } = useSpeech();
  const query = useQuery({ queryKey: ["splits"], queryFn: () => got(api.GET("/api/splits")) });
  const [chosen, setChosen] = useState(0);
  return (
    <Sheet title={t("split.past")} id="past-splits">
      <Load query={query}>
        {(list) => {
          const x = list[chosen];
          if (!x)
            return (
              <Empty icon="money" title={t("split.none")}>
                {t("split.none.way")}
              </Empty>
            );
          return (
            <div className="stack">
              <Select
                aria-label={t("split.which")}
                value={chosen}
                onChange={setChosen}
                style={{ width: "min(640px, 100%)" }}
                options={list.map((s, i) => ({
                  value: i,
                  label: `${formatDay(s.at)} ${s.title} · ${tx(s.form)} ${formatMoney(s.gross, lang)}`,
                }))}
              />
              <p className="small">
                {tx(x.mechanism)}{" "}
                <Link to="/cases/$id" params={{ id: x.case }}>
                  {t("split.case")}
                </Link>
              </p>
              <Waterfall split={x} />
            </div>
          );
        }}
      </Load>
    </Sheet>
  );
}

/** Waterfall draws gross less costs as net, net as shares, and shares as what people got; the table behind it says the same. */
export function Waterfall({ split }: { split: Split }) {
  const { t, lang } = useSpeech();
  const shares = [...new Set(split.paid.map((p) => p.share))];
  const of = (name: string) => split.paid.filter((p) => p.share === name).reduce((sum, p) => sum + p.amount, 0);
  const yuan = (n: number) => formatMoney(Math.round(n * 100), lang);
  const row = (label: string, who: string, fen: number) => [
    label,
    who,
    <Money key="m" fen={fen} />,
    split.net > 0 ? formatShare(Math.round((fen / split.net) * 1_000_000)) : "",
  ];
  return (
    <Chart
      title={t("split.flow")}
      height={Math.max(220, 56 * split.paid.length + 60)}
      empty={split.gross === 0}
      table={{
        head: [t("split.share"), t("split.who"), t("book.amount"), t("split.of")],
        rows: [
          [t("income.gross"), "", <Money key="g" fen={split.gross} />, ""],
          [t("income.costs"), "", <Money key="c" fen={split.costs} />, ""],
          [t("income.net"), "", <Money key="n" fen={split.net} />, ""],
          ...shares.flatMap((s) => split.paid.filter((p) => p.share === s).map((p) => row(p.share, p.name, p.amount))),
        ],
      }}
      draw={(look) =>
        flow(look, {
          format: yuan,
          nodes: [
            { name: "gross", label: `${t("income.gross")} ${yuan(split.gross / 100)}` },
            ...(split.costs > 0 ? [{ name: "costs", label: `${t("income.costs")} ${yuan(split.costs / 100)}` }] : []),
            { name: "net", label: `${t("income.net")} ${yuan(split.net / 100)}` },
            ...shares.map((s) => ({ name: `s ${s}`, label: `${s} ${yuan(of(s) / 100)}` })),
            ...split.paid.map((p, i) => ({ name: `p ${i}`, label: `${p.name} ${yuan(p.amount / 100)}` })),
          ],
          links: [
            ...(split.costs > 0 ? [{ source: "gross", target: "costs", value: split.costs / 100 }] : []),
            { source: "gross", target: "net", value: split.net / 100 },
            ...shares.map((s) => ({ source: "net", target: `s ${s}`, value: of(s) / 100 })),
            ...split.paid.map((p, i) => ({ source: `s ${p.share}`, target: `p ${i}`, value: p.amount / 100 })),
          ],
        })
      }
    />
  );
}
