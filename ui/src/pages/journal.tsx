import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useRef, useState } from "react";
import { q } from "../api/queries";
import { Icon } from "../design/icons";
import { FactRow } from "../form/show";
import { type Key, useSpeech } from "../i18n";
import { type Report, readBundle, verifyBundle } from "../journal/verify";
import { Digest, Moment } from "../kit/figures";
import { Failed, Load } from "../kit/load";
import { Bones, Empty, Note } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import { type Column, Table, TableBones } from "../kit/table";

export function JournalPage() {
  const { t } = useSpeech();
  const open = useLocation().pathname.startsWith("/hall/");
  const head = useQuery(q.journal());
  return (
    <>
      <PageHead title={t(open ? "jr.open" : "jr.title")} lead={t("jr.lead")} />
      <div className="stack-l">
        <Load query={head} bones={<Bones lines={6} />}>
          {(h) => (
            <>
              {!open && <Entries size={h.size} />}
              <Sheet id="verify" title={t("jr.verify")}>
                <div className="stack">
                  <ol className="outline numbered">
                    <li>{t("jr.verify.1")}</li>
                    <li>
                      {t("jr.verify.2")}
                      <pre className="note-pre">kechuang verify --key '{h.key}' case.bundle.json</pre>
                    </li>
                    <li>{t("jr.verify.3")}</li>
                  </ol>
                  <Drop siteKey={h.key} />
                </div>
              </Sheet>
              <Sheet id="checkpoint" title={t("jr.checkpoint")}>
                <div className="stack">
                  <dl className="numbers">
                    <div>
                      <dt>{t("jr.size")}</dt>
                      <dd>{h.size}</dd>
                    </div>
                    {h.at && (
                      <div>
                        <dt>{t("jr.signed")}</dt>
                        <dd>
                          <Moment at={h.at} />
                        </dd>
                      </div>
                    )}
                  </dl>
                  <pre className="note-pre">{h.checkpoint}</pre>
                  <p className="muted">{t("jr.keep")}</p>
                  <dl className="facts">
                    <FactRow label={t("jr.key")}>
                      <code>{h.key}</code>
                    </FactRow>
                    <FactRow label={t("jr.root")}>
                      <code>{h.root}</code>
                    </FactRow>
                  </dl>
                </div>
              </Sheet>
              <LookUp />
              {open && <Entries size={h.size} />}
            </>
          )}
        </Load>
      </div>
    </>
  );
}

/** Drop takes a bundle and checks it here, in the browser. */
function Drop({ siteKey }: { siteKey: string }) {
  const { t } = useSpeech();
  const file = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [result, setResult] = useState<{ name: string; report: Report | null; sameKey: boolean } | null>(null);
  const [busy, setBusy] = useState(false);

  async function check(chosen: File) {
    setBusy(true);
    const bundle = readBundle(await chosen.text());
    setResult({ name: chosen.name, report: bundle && (await verifyBundle(bundle)), sameKey: bundle?.key === siteKey });
    setBusy(false);
  }

  return (
    <div className="stack">
      <section
        className={over ? "dropzone over" : "dropzone"}
        aria-label={t("jr.drop")}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          const chosen = e.dataTransfer.files[0];
          if (chosen) void check(chosen);
        }}
      >
        <Icon name="seal" size={24} />
        <p>{t("jr.drop")}</p>
        <Button loading={busy} onClick={() => file.current?.click()}>
          {t("jr.drop.choose")}
        </Button>
        <p className="small muted">{t("jr.drop.note")}</p>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(e) => {
            const chosen = e.target.files?.[0];
            e.target.value = "";
            if (chosen) void check(chosen);
          }}
        />
      </section>
      {result && <Verdict {...result} />}
    </div>
  );
}

function Verdict({ name, report, sameKey }: { name: string; report: Report | null; sameKey: boolean }) {
  const { t } = useSpeech();
  if (!report) {
    return (
      <Note status="returned" loud>
        {t("jr.drop.bad")}
      </Note>
    );
  }
  const good = report.problems.length === 0;
  return (
    <Note status={good ? "done" : "returned"} loud>
      <p className="strong">
        {good
          ? t("jr.drop.good", { name, n: report.leaves })
          : t("jr.drop.found", { name, n: report.leaves, bad: report.problems.length })}
      </p>
      <ul className="outline">
        {report.problems.map((p, i) => (
          <li key={i}>{t(`jr.bad.${p.kind}` as Key, { seq: p.seq })}</li>
        ))}
      </ul>
      <p>{sameKey ? t("jr.drop.key") : t("jr.drop.otherKey")}</p>
      {report.signed === "unknown" && <p>{t("jr.drop.unsigned")}</p>}
    </Note>
  );
}

/** LookUp finds one record by its digest, with the path that proves it. */
function LookUp() {
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as { leaf?: string };
  const [text, setText] = useState(search.leaf ?? "");
  const leaf = text.trim().toLowerCase();
  const whole = /^[0-9a-f]{64}$/.test(leaf);
  const proof = useQuery({ ...q.leafProof(whole ? leaf : ""), retry: false });
  return (
    <Sheet id="leaf" title={t("jr.leaf")}>
      <div className="stack">
        <Input aria-label={t("jr.leaf")} placeholder={t("jr.leaf.hint")} value={text} onChange={(e) => setText(e.target.value)} />
        {whole && proof.isError && <Failed error={proof.error} />}
        {whole && proof.data && (
          <>
            <Note status="done">
              <p className="strong">{t("jr.leaf.in", { index: proof.data.index })}</p>
            </Note>
            <details>
              <summary>{t("jr.leaf.path", { n: proof.data.hashes.length })}</summary>
              <pre className="note-pre">{proof.data.hashes.join("\n")}</pre>
              <pre className="note-pre">{proof.data.checkpoint}</pre>
            </details>
          </>
        )}
      </div>
    </Sheet>
  );
}

const page = 50;

function Entries({ size }: { size: number }) {
  const { t, tx } = useSpeech();
  const [before, setBefore] = useState<number[]>([]);
  const entries = useQuery({ ...q.entries(before[before.length - 1], page), enabled: size > 0 });
  type Entry = NonNullable<typeof entries.data>["items"][number];
  const told = entries.data?.items.some((e) => e.told) ?? false;
  const index: Column<Entry> = { key: "index", title: t("jr.index"), main: true, width: 96, cell: (e) => e.index };
  const digest: Column<Entry> = {
    key: "digest",
    title: t("jr.digest"),
    cell: (e) => <Digest value={e.digest} short={told} />,
  };
  const columns: Column<Entry>[] = told
    ? [
        index,
        {
          key: "case",
          title: t("jr.case"),
          cell: (e) =>
            e.case && e.told?.opens ? (
              <Link to="/cases/$id" params={{ id: e.case }}>
                {tx(e.told.title)}
              </Link>
            ) : (
              tx(e.told?.title)
            ),
        },
        { key: "step", title: t("jr.step"), cell: (e) => tx(e.told?.step) },
        { key: "who", title: t("jr.who"), cell: (e) => tx(e.told?.seat) || e.told?.who },
        { key: "at", title: t("col.time"), cell: (e) => e.at && <Moment at={e.at} /> },
        digest,
      ]
    : [index, digest];
  const next = entries.data?.next;
  return (
    <Sheet
      id="entries"
      title={t("jr.entries")}
      pad={false}
      aside={
        size > page && (
          <div className="row">
            <Button size="small" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
              {t("jr.later")}
            </Button>
            <Button size="small" disabled={next === undefined} onClick={() => next !== undefined && setBefore([...before, next])}>
              {t("jr.earlier")}
            </Button>
          </div>
        )
      }
    >
      {size === 0 ? (
        <Empty icon="seal" title={t("jr.none")}>
          {t("jr.none.way")}
        </Empty>
      ) : (
        <Load query={entries} bones={<TableBones rows={8} columns={2} />}>
          {(list) => <Table name={t("jr.entries")} rows={list.items} columns={columns} rowKey={(e) => String(e.index)} />}
        </Load>
      )}
    </Sheet>
  );
}
