import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Input, Modal, Segmented } from "antd";
import { useRef, useState } from "react";
import { api, got, sendFile } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import type { OutsideTable, OutsideView } from "../../api/types";
import { Icon } from "../../design/icons";
import { useNarrow } from "../../design/narrow";
import { useSpeech } from "../../i18n";
import { Digest, Moment } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { has, useActor } from "../../shell/session";
import { Mismatches } from "./mismatches";

/** SeriesPage is what others publish: which series the pack knows, what was taken in of each, and which identities fail. */
export function SeriesPage() {
  const { t, tx } = useSpeech();
  const narrow = useNarrow();
  const search = useSearch({ strict: false }) as { name?: string };
  const navigate = useNavigate();
  const list = useQuery(q.seriesList());
  const chosen = list.data?.find((s) => s.name === search.name) ?? list.data?.find((s) => s.tables.length > 0) ?? list.data?.[0];
  const one = useQuery(q.series(chosen?.name ?? ""));
  return (
    <>
      <PageHead title={t("series.title")} lead={t("series.lead")} back={{ to: "/figures", label: t("fig.title") }} />
      <Load query={list} bones={<Bones lines={6} height={24} />}>
        {(all) =>
          !chosen ? (
            <Empty icon="chart" title={t("series.none")} />
          ) : (
            <div className="stack">
              {all.length > 1 && (
                <div className="row">
                  <Segmented
                    vertical={narrow}
                    aria-label={t("series.title")}
                    value={chosen.name}
                    options={all.map((s) => ({ value: s.name, label: tx(s.title) }))}
                    onChange={(name) => void navigate({ to: "/figures/series", search: { name } as never, replace: true })}
                  />
                </div>
              )}
              <Load query={one} bones={<Bones lines={8} height={24} />}>
                {(v) => <One key={v.name} view={v} />}
              </Load>
            </div>
          )
        }
      </Load>
    </>
  );
}

function One({ view }: { view: OutsideView }) {
  const { t, tx } = useSpeech();
  const statistician = has(useActor(), "statistics");
  return (
    <>
      <section className="sheet sheet-pad stack-s" aria-label={tx(view.title)}>
        <p>{t("series.publisher", { who: tx(view.source) })}</p>
        {Object.keys(view.mapped).length > 0 && (
          <p className="row">
            <span className="muted">{t("series.mapped")}</span>
            {Object.entries(view.mapped).map(([name, title]) => (
              <Link key={name} to="/figures/$name" params={{ name }} hash="beside">
                {tx(title)}
              </Link>
            ))}
          </p>
        )}
        {view.cells > 0 && <Counts view={view} />}
      </section>
      {statistician && <Take view={view} />}
      {view.tables.length === 0 ? (
        <Empty icon="chart" title={t("series.empty")}>
          {t("series.empty.way")}
        </Empty>
      ) : (
        <>
          <Failures view={view} />
          <Tables view={view} />
        </>
      )}
    </>
  );
}

const verdicts = ["error", "twice", "definition", "rounding", "missing"] as const;

function Counts({ view }: { view: OutsideView }) {
  const { t } = useSpeech();
  const rows: [string, number][] = [
    [t("series.values"), view.cells],
    [t("series.held"), view.held],
    ...verdicts.filter((v) => view.failed[v]).map((v): [string, number] => [t(`series.verdict.${v}`), view.failed[v] ?? 0]),
  ];
  return (
    <dl className="numbers">
      {rows.map(([label, n]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{n.toLocaleString("en-US")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Failures({ view }: { view: OutsideView }) {
  const { t } = useSpeech();
  const [only, setOnly] = useState<string>("");
  const all = view.report?.findings ?? [];
  const list = only ? all.filter((f) => f.verdict === only) : all;
  return (
    <Sheet
      title={t("series.failed")}
      pad={all.length === 0}
      aside={
        all.length > 0 && (
          <Segmented
            size="small"
            aria-label={t("series.verdicts")}
            value={only}
            onChange={setOnly}
            options={[
              { value: "", label: t("series.all", { n: all.length }) },
              ...verdicts
                .filter((v) => view.failed[v])
                .map((v) => ({ value: v as string, label: `${t(`series.verdict.${v}`)} ${view.failed[v]}` })),
            ]}
          />
        )
      }
    >
      {all.length === 0 ? (
        <Empty icon="check" title={t("series.failed.none")} />
      ) : (
        <Mismatches key={only} list={list} items={view.items} />
      )}
    </Sheet>
  );
}

/** Take reads a file, says what is wrong in it, and keeps it once its source is named. */
function Take({ view }: { view: OutsideView }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState<OutsideView | null>(null);
  const [source, setSource] = useState("");
  const { busy, refusals, send } = useSending();
  const heads = ["area", "year", "item", "value", "unit"]
    .map((k) => view.columns[k])
    .filter(Boolean)
    .join("、");
  const look = (chosen: File) =>
    send(async () => {
      setFile(chosen);
      setTried(null);
      setTried(await sendFile<OutsideView>(`/api/series/${view.name}/try`, chosen));
    });
  const keep = () =>
    send(async () => {
      const kept = await sendFile<OutsideTable>(`/api/series/${view.name}/tables`, file as File, undefined, { source });
      for (const key of ["series", "figure", "figures"]) await client.invalidateQueries({ queryKey: [key] });
      void message.success(t("series.kept", { n: kept.cells }));
      setFile(null);
      setTried(null);
      setSource("");
    });
  const failed = tried?.report?.findings ?? [];
  return (
    <Sheet title={t("series.take")}>
      <div className="stack">
        <Refusals list={refusals} />
        <div className="row">
          <Button icon={<Icon name="up" />} loading={busy && !tried} onClick={() => input.current?.click()}>
            {t("series.choose")}
          </Button>
          <span className="small muted">{file ? file.name : t("series.file", { heads })}</span>
          <input
            ref={input}
            type="file"
            hidden
            accept=".xlsx,.csv,.tsv,.txt"
            aria-label={t("series.choose")}
            onChange={(e) => {
              const chosen = e.target.files?.[0];
              e.target.value = "";
              if (chosen) void look(chosen);
            }}
          />
        </div>
        {tried && (
          <>
            <Note status={failed.some((f) => f.verdict === "error" || f.verdict === "twice") ? "returned" : "running"}>
              {t("series.tried", { n: tried.cells, held: tried.held, failed: failed.length })}
            </Note>
            {failed.length > 0 && (
              <details>
                <summary>{t("series.failed")}</summary>
                <Mismatches list={failed} items={view.items} />
              </details>
            )}
            <label className="stack-s">
              <span>{t("series.source")}</span>
              <Input value={source} maxLength={300} onChange={(e) => setSource(e.target.value)} />
            </label>
            <div>
              <Button type="primary" loading={busy} disabled={source.trim() === ""} onClick={() => void keep()}>
                {t("series.keep")}
              </Button>
            </div>
          </>
        )}
      </div>
    </Sheet>
  );
}

function Tables({ view }: { view: OutsideView }) {
  const { t } = useSpeech();
  const statistician = has(useActor(), "statistics");
  const [chosen, setChosen] = useState<OutsideTable | null>(null);
  return (
    <Sheet title={t("series.tables")} pad={false}>
      <div className="table-wrap">
        <table className="table">
          <caption className="visually-hidden">{t("series.tables")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("series.table")}</th>
              <th scope="col" className="right">
                {t("series.count")}
              </th>
              <th scope="col">{t("series.by")}</th>
              <th scope="col">{t("fig.digest")}</th>
            </tr>
          </thead>
          <tbody>
            {view.tables.map((f) => (
              <tr key={f.id}>
                <th scope="row" data-label={t("series.table")}>
                  {f.name}
                  <p className="small muted">{f.source}</p>
                  {f.withdrawn && <span className="badge s-stopped">{t("series.withdrawn", { why: f.withdrawn })}</span>}
                </th>
                <td className="right" data-label={t("series.count")}>
                  {f.cells.toLocaleString("en-US")}
                </td>
                <td data-label={t("series.by")}>
                  {f.who} <Moment at={f.at} />{" "}
                  {statistician && !f.withdrawn && (
                    <Button size="small" onClick={() => setChosen(f)}>
                      {t("series.withdraw")}
                    </Button>
                  )}
                </td>
                <td data-label={t("fig.digest")}>
                  <Digest value={f.digest} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen && <Withdraw table={chosen} close={() => setChosen(null)} />}
    </Sheet>
  );
}

function Withdraw({ table, close }: { table: OutsideTable; close: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const { busy, refusals, send } = useSending();
  const withdraw = () =>
    send(async () => {
      await got(api.POST("/api/series-tables/{id}/withdrawal", { params: { path: { id: table.id } }, body: { reason } }));
      for (const key of ["series", "figure", "figures"]) await client.invalidateQueries({ queryKey: [key] });
      close();
    });
  return (
    <Modal
      open
      title={`${t("series.withdraw")} · ${table.name}`}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" danger loading={busy} disabled={reason.trim() === ""} onClick={() => void withdraw()}>
            {t("series.withdraw")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Refusals list={refusals} />
        <Note status="running">{t("series.withdraw.effect")}</Note>
        <label className="stack-s">
          <span>{t("series.reason")}</span>
          <Input.TextArea value={reason} maxLength={300} rows={3} onChange={(e) => setReason(e.target.value)} />
        </label>
      </div>
    </Modal>
  );
}
