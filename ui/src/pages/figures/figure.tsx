import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { q } from "../../api/queries";
import type { Figure } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Digest } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { figureExact, figureText } from "../../words/figure";
import { Besides } from "./beside";
import { AimLine, Growth, Latest } from "./card";
import { Days, daysOf, useFigureSearch } from "./days";
import { Facts } from "./facts";
import { FrozenValues } from "./frozen";
import { Parts } from "./parts";
import { Trend } from "./trend";

export function FigurePage() {
  const { t } = useSpeech();
  const { name } = useParams({ strict: false }) as { name: string };
  const [search] = useFigureSearch();
  const figure = useQuery(q.figure(name, daysOf(search)));
  return (
    <Load page query={figure} bones={<Bones lines={12} height={24} />}>
      {(f) => <Whole figure={f} back={t("fig.title")} />}
    </Load>
  );
}

function Whole({ figure, back }: { figure: Figure; back: string }) {
  const { t, tx } = useSpeech();
  return (
    <>
      <PageHead title={tx(figure.title)} lead={tx(figure.means)} back={{ to: "/figures", label: back }}>
        <Days />
        <Export name={figure.name} />
      </PageHead>
      <div className="stack">
        <Standing figure={figure} />
        {figure.alerting.length > 0 && (
          <Sheet title={t("fig.sec.alerts")} id="alerts">
            <div className="stack-s">
              {figure.alerting.map((a, i) => (
                <Note key={i} status={a.kind === "definition" ? "running" : "returned"}>
                  {tx(a.text)} <Change unit={figure.unit} was={a.was} now={a.now} />
                </Note>
              ))}
            </div>
          </Sheet>
        )}
        <Sheet title={figure.aim ? `${t("fig.sec.trend")} · ${t("fig.sec.aim")}` : t("fig.sec.trend")} id="trend">
          <Trend figure={figure} />
        </Sheet>
        {figure.dims.length > 0 && (
          <Sheet title={t("fig.sec.parts")} id="parts">
            <Parts figure={figure} />
          </Sheet>
        )}
        {figure.beside.length > 0 && (
          <Sheet title={t("beside.title")} id="beside">
            <Besides figure={figure} />
          </Sheet>
        )}
        <Sheet title={t("fig.sec.frozen")} pad={false} id="frozen">
          <FrozenValues figure={figure} />
        </Sheet>
        <Sheet title={t("fig.sec.facts")} pad={false} id="facts">
          <Facts figure={figure} />
        </Sheet>
        <Sheet title={t("fig.sec.definition")} id="definition">
          <Definition figure={figure} />
        </Sheet>
      </div>
    </>
  );
}

/** Export takes the figure away with everything behind it. */
function Export({ name }: { name: string }) {
  const { t } = useSpeech();
  const [search] = useFigureSearch();
  const days = new URLSearchParams(daysOf(search) as Record<string, string>).toString();
  const file = (kind: string, label: string) => ({
    key: kind,
    label: <a href={`/api/figures/${name}/export.${kind}${days ? `?${days}` : ""}`}>{label}</a>,
  });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          file("xlsx", t("fig.export.xlsx")),
          file("csv.zip", t("fig.export.csv")),
          file("prov.json", t("fig.export.prov")),
        ],
      }}
    >
      <Button>{t("fig.export")}</Button>
    </Dropdown>
  );
}

function Change({ unit, was, now }: { unit: string; was?: number | null; now?: number | null }) {
  const { lang } = useSpeech();
  if (was === undefined && now === undefined) return null;
  return (
    <span className="nowrap">
      {figureExact(unit, was, lang)} → {figureExact(unit, now, lang)}
    </span>
  );
}

function Standing({ figure }: { figure: Figure }) {
  const { t, tx, lang } = useSpeech();
  const v = figure.latest ?? figure.value;
  return (
    <section className="sheet sheet-pad stack-s" aria-label={t("fig.value")}>
      <p className="fig-value fig-value-l">{figureText(figure.unit, v.value, lang)}</p>
      <p className="small muted">
        {t(`fig.period.${figure.period as "year" | "cumulative" | "in_force"}`)} · {t("fig.day")} {v.day}
        {v.known ? ` · ${t("fig.known.on", { day: v.known })}` : ""} · {t("fig.facts.n", { n: v.facts })} ·{" "}
        {t("fig.exact", { value: figureExact(figure.unit, v.value, lang) })}
      </p>
      <Latest card={figure} />
      {v.value === null && v.why && <Note status="waiting">{tx(v.why)}</Note>}
      {figure.unit !== "%" && (
        <p>
          <Growth ppm={figure.growth} />{" "}
          {figure.lastYear && (
            <span className="small muted">
              {t("fig.lastYear", {
                value: figureText(figure.unit, figure.lastYear.value, lang),
                version: figure.lastYear.version,
              })}
            </span>
          )}
        </p>
      )}
      {(v.parts ?? []).length > 0 && (
        <dl className="numbers">
          {(v.parts ?? []).map((p, i) => (
            <div key={i}>
              <dt>
                <Link to="/figures/$name" params={{ name: p.figure }}>
                  {tx(figure.counts[i] ?? figure.counts[0])} {p.day}
                </Link>
              </dt>
              <dd>{p.value === null ? "–" : p.value.toLocaleString("en-US")}</dd>
            </div>
          ))}
        </dl>
      )}
      <AimLine card={figure} />
    </section>
  );
}

function Definition({ figure }: { figure: Figure }) {
  const { t, tx } = useSpeech();
  const last = figure.rules.at(-1);
  const rows: [string, React.ReactNode][] = [
    [t("fig.def.means"), tx(figure.means)],
    [t("fig.def.counts"), figure.counts.map((c) => tx(c)).join("、")],
    [t("fig.def.scope"), figure.scope && tx(figure.scope)],
    [t("fig.def.evidence"), figure.evidence && tx(figure.evidence)],
    [t("fig.def.code"), figure.code],
    [t("fig.def.basis"), figure.cite],
    [t("fig.def.late"), last?.facts?.length ? t(last.late === "next" ? "fig.def.late.next" : "fig.def.late.restate") : ""],
    [
      t("fig.def.version"),
      figure.rules.map((r) => (
        <p key={r.version}>
          {r.version} <span className="muted">{r.from ? t("fig.def.from", { day: r.from }) : t("fig.def.always")}</span>
        </p>
      )),
    ],
    [
      t("fig.def.overlap"),
      figure.overlaps.length > 0 &&
        figure.overlaps.map((o) => (
          <p key={o.figure}>
            <Link to="/figures/$name" params={{ name: o.figure }}>
              {tx(o.title)}
            </Link>{" "}
            <span className="muted">{tx(o.why)}</span>
          </p>
        )),
    ],
    [
      t("fig.def.mechanisms"),
      figure.mechanisms.length > 0 &&
        figure.mechanisms.map((m) => (
          <p key={m.name}>
            <Link to="/policy/$name" params={{ name: m.name }}>
              {tx(m.title)}
            </Link>
          </p>
        )),
    ],
    [t("fig.digest"), figure.reported[0] && <Digest value={figure.reported[0].definition} />],
  ];
  return (
    <dl className="facts">
      {rows.map(([label, value]) =>
        value ? (
          <div key={label} className="fig-row">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
