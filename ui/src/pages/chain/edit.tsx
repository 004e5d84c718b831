// Changing the map: a node with what it goes into, what it can stand in for and who supplies it, always with where this comes from.
import { Checkbox, Input, InputNumber, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { api, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { ChainNode, ChainStatement, ChainView } from "../../api/types";
import { useSpeech } from "../../i18n";
import { useClear } from "../../kit/clear";
import { Refusals } from "../../kit/refusals";

type Draft = {
  id: string;
  zh: string;
  en: string;
  kind: string;
  class?: string;
  chains: string[];
  stage: string;
  trl?: number | null;
  target?: number | null;
  public: boolean;
  into: string[];
  stand: string[];
  work: string; // who works on it, one a line
  supplies: string;
  source: string;
};

type Props = {
  view: ChainView;
  node: ChainNode | null; // null: a new one
  chain: string;
  titles: { code: string; name: string }[];
  close: () => void;
  done: (id: string) => void;
};

function draftOf(view: ChainView, node: ChainNode | null, chain: string): Draft {
  const targets = (is: string) => (node ? view.edges.filter((e) => e.from === node.id && e.is === is).map((e) => e.to) : []);
  return {
    id: node?.id ?? "",
    zh: node?.name.zh ?? "",
    en: node?.name.en ?? "",
    kind: node?.kind ?? "product",
    class: node?.class || undefined,
    chains: node?.chains ?? (chain ? [chain] : []),
    stage: node?.stage ?? "",
    trl: node?.trl || undefined,
    target: node?.target || undefined,
    public: node?.public ?? false,
    into: targets("goes_into"),
    stand: targets("substitutes"),
    work: targets("researched").join("\n"),
    supplies: (node?.supplies ?? [])
      .map((s) => [s.country, s.ppm === undefined || s.ppm === null ? "" : `${s.ppm / 10_000}%`, s.firm ?? ""].join(" ").trim())
      .join("\n"),
    source: "",
  };
}

/** readSupplies reads "country share firm" a line; it gives the number of the first line that it cannot read. */
export function readSupplies(text: string, node: string): ChainStatement["supply"][] | { line: number } {
  const list: ChainStatement["supply"][] = [];
  for (const [k, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const match = /^\s*(\S+)(?:\s+(\d{1,3}(?:\.\d{1,4})?)\s*[%％])?(?:\s+(\S.*?))?\s*$/.exec(line);
    const share = match?.[2];
    if (!match?.[1] || (share !== undefined && Number(share) > 100)) return { line: k + 1 };
    list.push({
      node,
      country: match[1],
      ppm: share === undefined ? undefined : Math.round(Number(share) * 10_000),
      firm: match[3] ?? undefined,
    });
  }
  return list;
}

/** statementsOf says what must be stated so that the map is as the draft has it: what is new, what changed, and what goes. */
function statementsOf(view: ChainView, node: ChainNode | null, d: Draft, supplies: ChainStatement["supply"][]): ChainStatement[] {
  const source = d.source;
  const list: ChainStatement[] = [
    {
      source,
      node: {
        id: d.id.trim(),
        name: { zh: d.zh.trim(), en: d.en.trim() },
        kind: d.kind,
        class: d.kind === "product" ? d.class : undefined,
        chains: d.chains,
        stage: d.stage.trim() || undefined,
        trl: d.trl ?? undefined,
        target: d.target ?? undefined,
        public: d.public,
        final: node?.final,
        note: node?.note,
      },
    },
  ];
  for (const [is, wanted] of [
    ["goes_into", d.into],
    ["substitutes", d.stand],
    ["researched", d.work.split("\n").flatMap((line) => line.trim() || [])],
  ] as const) {
    const had = node ? view.edges.filter((e) => e.from === node.id && e.is === is) : [];
    for (const to of wanted)
      if (!had.some((e) => e.to === to))
        list.push({ source, edge: { from: d.id.trim(), to, is, source, public: d.public && is === "goes_into" } });
    for (const e of had) if (!wanted.includes(e.to)) list.push({ source, gone: true, edge: e });
  }
  const key = (s: ChainStatement["supply"]) => `${s?.country}\u001f${s?.firm ?? ""}`;
  const kept = new Map(supplies.map((s) => [key(s), s]));
  for (const s of node?.supplies ?? []) if (!kept.has(key(s))) list.push({ source, gone: true, supply: s });
  for (const s of supplies) {
    const was = (node?.supplies ?? []).find((x) => key(x) === key(s));
    if (s && was?.ppm !== s.ppm) list.push({ source, supply: { ...s, minor: was?.minor, source } });
    else if (s && !was) list.push({ source, supply: { ...s, source } });
  }
  return list;
}

export function EditNode({ view, node, chain, titles, close, done }: Props) {
  const clearing = useClear();
  const { t, tx } = useSpeech();
  const [d, setD] = useState(() => draftOf(view, node, chain));
  const [bad, setBad] = useState("");
  const { busy, refusals, send, clear } = useSending();
  const set = (change: Partial<Draft>) => setD((was) => ({ ...was, ...change }));
  const others = view.nodes.filter((n) => n.id !== d.id).map((n) => ({ value: n.id, label: tx(n.name) || n.id }));
  const save = async () => {
    clear();
    setBad("");
    const supplies = readSupplies(d.supplies, d.id.trim());
    if (!Array.isArray(supplies)) {
      setBad(t("chain.form.supplies.bad", { n: supplies.line, line: d.supplies.split("\n")[supplies.line - 1] ?? "" }));
      return;
    }
    await send(async () => {
      await got(api.POST("/api/chains/statements", { body: { statements: statementsOf(view, node, d, supplies) } }));
      done(d.id.trim());
    });
  };
  return (
    <Modal
      open
      title={node ? tx(node.name) : t("chain.add")}
      okText={t("chain.form.save")}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={close}
      width={640}
    >
      <div className="stack">
        {refusals.length > 0 && <Refusals list={refusals} />}
        {bad && <p role="alert">{bad}</p>}
        <Row label={t("chain.form.id")}>
          {(id) => <Input id={id} value={d.id} disabled={node !== null} onChange={(e) => set({ id: e.target.value })} />}
        </Row>
        <Row label={t("chain.form.name")}>
          {(id) => <Input id={id} value={d.zh} onChange={(e) => set({ zh: e.target.value })} />}
        </Row>
        <Row label={t("chain.form.en")}>
          {(id) => <Input id={id} value={d.en} onChange={(e) => set({ en: e.target.value })} />}
        </Row>
        <Row label={t("chain.form.kind")}>
          {(id) => (
            <Select
              id={id}
              value={d.kind}
              onChange={(kind) => set({ kind })}
              options={(["segment", "product", "technology"] as const).map((k) => ({
                value: k,
                label: t(`chain.form.kind.${k}`),
              }))}
            />
          )}
        </Row>
        {d.kind === "product" && (
          <Row label={t("chain.form.class")}>
            {(id) => (
              <Select
                id={id}
                allowClear={clearing}
                value={d.class}
                onChange={(c) => set({ class: c })}
                options={(["whole", "part", "accessory"] as const).map((k) => ({ value: k, label: t(`chain.form.class.${k}`) }))}
              />
            )}
          </Row>
        )}
        <Row label={t("chain.form.chains")}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              optionFilterProp="label"
              value={d.chains}
              onChange={(chains) => set({ chains })}
              options={titles.map((c) => ({ value: c.code, label: c.name }))}
            />
          )}
        </Row>
        <Row label={t("chain.form.stage")}>
          {(id) => <Input id={id} value={d.stage} onChange={(e) => set({ stage: e.target.value })} />}
        </Row>
        <div className="row">
          <Row label={t("chain.form.trl")}>
            {(id) => <InputNumber id={id} min={1} max={9} value={d.trl} onChange={(trl) => set({ trl })} />}
          </Row>
          <Row label={t("chain.form.target")}>
            {(id) => <InputNumber id={id} min={1} max={9} value={d.target} onChange={(target) => set({ target })} />}
          </Row>
          <Checkbox checked={d.public} onChange={(e) => set({ public: e.target.checked })}>
            {t("chain.form.public")}
          </Checkbox>
        </div>
        <Row label={t("chain.form.into")}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              optionFilterProp="label"
              value={d.into}
              onChange={(into) => set({ into })}
              options={others}
            />
          )}
        </Row>
        <Row label={t("chain.form.stand")}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              optionFilterProp="label"
              value={d.stand}
              onChange={(stand) => set({ stand })}
              options={others}
            />
          )}
        </Row>
        <Row label={t("chain.form.work")}>
          {(id) => <Input.TextArea id={id} rows={2} value={d.work} onChange={(e) => set({ work: e.target.value })} />}
        </Row>
        <Row label={t("chain.form.supplies")}>
          {(id) => <Input.TextArea id={id} rows={4} value={d.supplies} onChange={(e) => set({ supplies: e.target.value })} />}
        </Row>
        <Row label={t("chain.form.source")} help={t("chain.form.source.help")}>
          {(id) => <Input id={id} value={d.source} onChange={(e) => set({ source: e.target.value })} />}
        </Row>
      </div>
    </Modal>
  );
}

let rows = 0;

function Row({ label, help, children }: { label: string; help?: string; children: (id: string) => ReactNode }) {
  const [id] = useState(() => {
    rows += 1;
    return `chain-field-${rows}`;
  });
  return (
    <div className="stack-s" style={{ flex: 1 }}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help && <small className="muted">{help}</small>}
    </div>
  );
}
