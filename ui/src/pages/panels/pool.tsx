// Who could sit on a panel: a pool of experts with what speaks against each, its evidence and the rule behind it.
import { Button, Input, Segmented } from "antd";
import { useMemo, useState } from "react";
import type { PanelExpert, PanelView } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Empty, Note } from "../../kit/note";
import { Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { type Column, Table } from "../../kit/table";
import { Findings, Severity } from "./finding";

/** keptOut tells whether something keeps an expert from being invited. */
export const keptOut = (x: PanelExpert) => Boolean(x.barred) || x.severity === "forbidden" || x.severity === "approval";

const sorts = {
  all: () => true,
  free: (x: PanelExpert) => !keptOut(x) && !x.state,
  out: keptOut,
  look: (x: PanelExpert) => x.findings.some((f) => f.severity === "warn"),
};
type Shown = keyof typeof sorts;

/** How many are shown before somebody asks for all; whoever there is something to look at about comes first. */
const some = 40;

type Props = { panel: PanelView; dispute: ((x: PanelExpert) => void) | undefined };

export function Pool({ panel: p, dispute }: Props) {
  const { t } = useSpeech();
  const [shown, setShown] = useState<Shown>("all");
  const [find, setFind] = useState("");
  const [all, setAll] = useState(false);
  const rules = useMemo(() => rulesOf(p.pool), [p.pool]);
  const columns = useColumnsOf(p, rules, dispute);
  const fits = p.pool.filter(sorts[shown]).filter((x) => !find || `${x.name} ${x.unit ?? ""}`.includes(find));
  const rows = all ? fits : fits.slice(0, some);
  return (
    <Sheet
      title={t("panels.pool")}
      pad={false}
      aside={
        <span className="row">
          {p.pool.length > 15 && (
            <Input
              allowClear
              style={{ width: 200 }}
              prefix={<Icon name="search" size={12} />}
              placeholder={t("panels.find")}
              aria-label={t("panels.find")}
              value={find}
              onChange={(e) => setFind(e.target.value.trim())}
            />
          )}
          <Segmented<Shown>
            aria-label={t("panels.pool")}
            value={shown}
            onChange={setShown}
            options={(["all", "free", "out", "look"] as const).map((s) => ({
              value: s,
              label: t(`panels.show.${s}`, { n: p.pool.filter(sorts[s]).length }),
            }))}
          />
        </span>
      }
    >
      <div className="sheet-pad stack-s">
        <Terms panel={p} />
        {p.free < p.wanted && <Note status="returned">{t("panels.short", { free: p.free, wanted: p.wanted })}</Note>}
      </div>
      {rows.length === 0 ? (
        <Empty icon="person" title={t("panels.pool.none")} />
      ) : (
        <Table name={t("panels.pool")} rows={rows} columns={columns} rowKey={(x) => x.party} />
      )}
      {rows.length < fits.length && (
        <div className="list-foot">
          <Button size="small" onClick={() => setAll(true)}>
            {t("panels.show.rest", { n: fits.length - rows.length })}
          </Button>
        </div>
      )}
      {rules.length > 0 && (
        <ol className="pool-rules small muted" aria-label={t("panels.rules")}>
          {rules.map((r) => (
            <li key={r}>{r}</li>
          ))}
        </ol>
      )}
    </Sheet>
  );
}

/** rulesOf are the rules behind all findings, each once: rows name them by number, as footnotes do. */
function rulesOf(pool: PanelExpert[]): string[] {
  return [...new Set(pool.flatMap((x) => x.findings.map((f) => f.rule ?? "")))].filter(Boolean);
}

/** Terms is what the panel asks of those who sit on it. */
function Terms({ panel: p }: { panel: PanelView }) {
  const { t, tx, lang } = useSpeech();
  const [all, setAll] = useState(false);
  const apart = p.apart.map((h) => h.name);
  const few = apart.length > 6 && !all ? apart.slice(0, 4) : apart;
  const names = few.join(lang === "zh" ? "、" : ", ");
  return (
    <p className="muted">
      {t("panels.rule", {
        field: tx(p.fieldTitle ?? { zh: "", en: "" }) || p.field || t("panels.field.any"),
        apart: few.length < apart.length ? t("panels.apart.more", { names, n: apart.length }) : names || t("word.none"),
      })}
      {few.length < apart.length && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t("panels.apart.all")}
        </Button>
      )}
      {p.unitMost ? t("panels.rule.unit", { n: p.unitMost }) : ""}
      {p.outsideLeast ? t("panels.rule.outside", { n: p.outsideLeast }) : ""}
      {p.mix.map((m) => t("panels.rule.mix", { what: tx(m.title), n: m.least })).join("")}
      {p.openMost ? t("panels.rule.open", { n: p.openMost }) : ""}
    </p>
  );
}

function useColumnsOf(p: PanelView, rules: string[], dispute: Props["dispute"]): Column<PanelExpert>[] {
  const { t, tx } = useSpeech();
  const columns: Column<PanelExpert>[] = [
    {
      key: "name",
      title: t("panels.expert"),
      main: true,
      width: "28%",
      cell: (x) => (
        <>
          {x.name}
          <br />
          <small className="muted">
            {[x.unit, x.outside && t("panels.outside"), ...x.marks.map((m) => tx(m))].filter(Boolean).join(" · ")}
          </small>
        </>
      ),
    },
    {
      key: "standing",
      title: t("panels.standing"),
      cell: (x) => (x.state ? <Standing status={standingOf(x.state)}>{tx(x.state.title)}</Standing> : <Severity expert={x} />),
    },
    {
      key: "findings",
      title: t("panels.findings"),
      width: "38%",
      cell: (x) => <Findings expert={x} note={(rule) => rules.indexOf(rule) + 1} />,
    },
    {
      key: "load",
      title: t("panels.load"),
      align: "right",
      cell: (x) => <span className="nowrap">{t("panels.load.n", { open: x.open, year: x.year })}</span>,
    },
  ];
  if (dispute && p.pool.some((x) => x.findings.some((f) => f.counts && f.severity !== "warn")))
    columns.push({
      key: "dispute",
      title: t("panels.dispute"),
      cell: (x) => {
        const open = x.findings.filter((f) => f.counts && f.severity !== "warn");
        if (open.length > 0 && open.every((f) => f.asked)) return <Standing status="waiting">{t("panels.ruling")}</Standing>;
        return (
          open.length > 0 && (
            <Button size="small" onClick={() => dispute(x)} aria-label={t("panels.dispute.of", { name: x.name })}>
              {t("panels.dispute")}
            </Button>
          )
        );
      },
    });
  return columns;
}
