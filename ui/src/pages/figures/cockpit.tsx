import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import type { Cockpit, FigureCard } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { type Column, Table } from "../../kit/table";
import { has, useActor } from "../../shell/session";
import { figureExact, figureText, monthText } from "../../words/figure";
import { FigureTile, Growth } from "./card";
import { Days, daysOf, useFigureSearch } from "./days";
import { Overview } from "./overview";

export function CockpitPage() {
  const { t, lang } = useSpeech();
  const [search] = useFigureSearch();
  const figures = useQuery(q.figures(daysOf(search)));
  const [freezing, setFreezing] = useState(false);
  const statistician = has(useActor(), "statistics");
  const frozen = figures.data?.frozen;
  return (
    <>
      <PageHead title={t("fig.title")} lead={t("fig.lead")}>
        <Days />
        <Link to="/figures/brief">{t("fig.brief")}</Link>
        <Link to="/figures/series">{t("series.title")}</Link>
        {statistician && <Button onClick={() => setFreezing(true)}>{t("fig.freeze")}</Button>}
      </PageHead>
      <Load query={figures} bones={<Bones lines={6} height={120} />}>
        {(c) => (
          <div className="stack">
            <p className="small muted">
              {t("fig.day")} {c.day}
              {c.known ? ` · ${t("fig.known.on", { day: c.known })}` : ""} ·{" "}
              {frozen ? t("fig.frozen", { month: monthText(frozen, lang) }) : t("fig.frozen.none")}
            </p>
            <Figures cockpit={c} />
          </div>
        )}
      </Load>
      {freezing && <FreezeMonth close={() => setFreezing(false)} />}
    </>
  );
}

function Figures({ cockpit }: { cockpit: Cockpit }) {
  const { t, tx, lang } = useSpeech();
  const days = { day: cockpit.day, known: cockpit.known };
  const shown = cockpit.figures.filter((f) => f.cockpit);
  const others = cockpit.figures.filter((f) => !f.cockpit);
  if (cockpit.figures.length === 0)
    return (
      <Empty icon="chart" title={t("fig.none")}>
        {t("fig.none.way")}
      </Empty>
    );
  const columns: Column<FigureCard>[] = [
    { key: "name", title: t("fig.name"), main: true, cell: (f) => tx(f.title) },
    {
      key: "value",
      title: t("fig.value"),
      align: "right",
      cell: (f) => (
        <span className="nowrap" title={figureExact(f.unit, (f.latest ?? f.value).value, lang)}>
          {figureText(f.unit, (f.latest ?? f.value).value, lang)}
          {f.latest && <span className="small muted"> {t("fig.latest.short", { last: f.latest.day.slice(0, 4) })}</span>}
        </span>
      ),
    },
    { key: "growth", title: t("fig.growth"), align: "right", cell: (f) => (f.unit === "%" ? "" : <Growth ppm={f.growth} />) },
  ];
  return (
    <>
      <div className="fig-tiles">
        {shown.map((f) => (
          <FigureTile key={f.name} card={f} days={days} />
        ))}
      </div>
      <Overview />
      {others.length > 0 && (
        <Sheet title={t("fig.others")} pad={false}>
          <Others all={others} columns={columns} />
        </Sheet>
      )}
    </>
  );
}

/** Others are the figures that are not on the cockpit: many, so they are looked up by name. */
function Others({ all, columns }: { all: FigureCard[]; columns: Column<FigureCard>[] }) {
  const { t } = useSpeech();
  const [find, setFind] = useState("");
  const rows = all.filter((f) => `${f.title.zh} ${f.title.en ?? ""}`.toLowerCase().includes(find.trim().toLowerCase()));
  return (
    <>
      <div className="list-tools">
        <Input
          className="grow"
          type="search"
          aria-label={t("fig.find")}
          placeholder={t("fig.find")}
          prefix={<Icon name="search" />}
          value={find}
          onChange={(e) => setFind(e.target.value)}
        />
      </div>
      {rows.length === 0 ? (
        <Empty icon="search" title={t("fig.find.none")} />
      ) : (
        <Table
          name={t("fig.others")}
          lines
          rows={rows}
          columns={columns}
          rowKey={(f) => f.name}
          href={(f) => `/figures/${f.name}`}
        />
      )}
    </>
  );
}

/** lastMonth is the month before today's, the first that can be frozen. */
function lastMonth(): string {
  const d = new Date(Date.now() + 8 * 3_600_000);
  d.setUTCDate(0);
  return d.toISOString().slice(0, 7);
}

function FreezeMonth({ close }: { close: () => void }) {
  const { t, lang } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [month, setMonth] = useState(lastMonth);
  const { busy, refusals, send } = useSending();
  const freeze = () =>
    send(async () => {
      await got(api.POST("/api/freezes", { body: { month } }));
      await client.invalidateQueries({ queryKey: ["figures"] });
      await client.invalidateQueries({ queryKey: ["freezes"] });
      void message.success(t("fig.freeze.done", { month: monthText(month, lang) }));
      close();
    });
  return (
    <Modal
      open
      title={t("fig.freeze")}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={busy} disabled={!/^\d{4}-\d{2}$/.test(month)} onClick={() => void freeze()}>
            {t("fig.freeze")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Refusals list={refusals} />
        <label className="stack-s">
          <span>{t("fig.month")}</span>
          <Input type="month" value={month} onChange={(e) => setMonth(e.target.value)} />
        </label>
        <Note status="running">{t("fig.freeze.effect", { month: monthText(month, lang) })}</Note>
      </div>
    </Modal>
  );
}
