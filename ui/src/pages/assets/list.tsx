import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, got } from "../../api/client";
import { useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Table } from "../../kit/table";
import { Tabs } from "../../kit/tabs";
import { useStatus } from "../register/status";
import { IncomeTrial } from "./income";
import { PastSplits } from "./waterfall";

/** AssetsPage is what there is of rights and shares: achievements, companies, pledges, and how an income would be split. */
export function AssetsPage() {
  const { t } = useSpeech();
  return (
    <>
      <PageHead title={t("assets.title")} lead={t("assets.lead")} />
      <section className="sheet tabbed" aria-label={t("assets.title")}>
        <Tabs
          name={t("assets.title")}
          items={[
            { key: "rights", label: t("assets.achievements"), children: <Records flag="rights" /> },
            { key: "shares", label: t("assets.companies"), children: <Records flag="shares" /> },
            { key: "pledges", label: t("assets.pledges"), children: <Pledges /> },
            {
              key: "income",
              label: t("assets.income"),
              children: (
                <div className="stack">
                  <PastSplits />
                  <IncomeTrial />
                </div>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}

function Records({ flag }: { flag: "rights" | "shares" }) {
  const { t } = useSpeech();
  const status = useStatus();
  const query = useQuery({
    queryKey: ["assets", flag],
    queryFn: async () => {
      const kinds = (await got(api.GET("/api/kinds"))).filter((k) => k[flag]);
      const pages = await Promise.all(
        kinds.map((k) => got(api.GET("/api/records", { params: { query: { kind: k.name, limit: 200 } } }))),
      );
      return pages.flatMap((p) => p.items);
    },
  });
  return (
    <Load query={query}>
      {(list) =>
        list.length === 0 ? (
          <Empty icon="register" title={t("assets.none")}>
            {t("assets.none.way")}
          </Empty>
        ) : (
          <Table
            name={t(flag === "rights" ? "assets.achievements" : "assets.companies")}
            rows={list}
            rowKey={(r) => r.id}
            href={(r) => `/assets/${flag}/${r.id}`}
            columns={[
              { key: "name", title: t("assets.name"), main: true, cell: (r) => r.name },
              { key: "owner", title: t("assets.owner"), cell: (r) => r.ownerName ?? "" },
              { key: "status", title: t("assets.status"), cell: (r) => status(r) },
            ]}
          />
        )
      }
    </Load>
  );
}

function Pledges() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ["pledges"], queryFn: () => got(api.GET("/api/pledges")) });
  return (
    <Load query={query}>
      {(list) =>
        list.length === 0 ? (
          <Empty icon="register" title={t("assets.none")} />
        ) : (
          <Table
            name={t("assets.pledges")}
            rows={list}
            rowKey={(r) => `${r.record}-${r.number}-${r.from}`}
            href={(r) => `/assets/rights/${r.record}`}
            columns={[
              { key: "number", title: t("rights.number"), main: true, cell: (r) => r.number },
              { key: "thing", title: t("rights.thing"), cell: (r) => r.record_name },
              { key: "parties", title: t("rights.parties"), cell: (r) => `${r.giver} → ${r.holder}` },
              { key: "amount", title: t("rights.amount"), align: "right", cell: (r) => <Money fen={r.amount ?? 0} /> },
              { key: "until", title: t("rights.until"), cell: (r) => r.until },
              {
                key: "state",
                title: t("assets.status"),
                cell: (r) =>
                  r.ended ? (
                    <span className="badge s-done">{`${t("rights.ended")} ${r.ended}`}</span>
                  ) : (
                    <span className="badge s-waiting">{t("rights.standing")}</span>
                  ),
              },
              {
                key: "case",
                title: "",
                cell: (r) => (r.case ? <Link to={`/cases/${r.case}` as string}>{t("rights.case")}</Link> : null),
              },
            ]}
          />
        )
      }
    </Load>
  );
}
