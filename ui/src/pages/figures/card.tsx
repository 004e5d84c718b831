import { Link } from "@tanstack/react-router";
import type { FigureDays } from "../../api/queries";
import type { FigureCard } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Spark } from "../../kit/chart";
import { figureExact, figureNumber, figureText, growthText } from "../../words/figure";
import { daysOf } from "./days";

/** Growth says up or down with an arrow, a sign and a word; no colour judges it, for more is not always better. */
export function Growth({ ppm }: { ppm: number | null | undefined }) {
  const { t } = useSpeech();
  if (ppm === null || ppm === undefined)
    return (
      <span className="small muted" title={t("fig.growth.none")}>
        –
      </span>
    );
  return (
    <span className="small nowrap">
      <span className="muted">{t("fig.growth")}</span> <span aria-hidden="true">{ppm > 0 ? "▲" : ppm < 0 ? "▼" : "—"}</span>{" "}
      {growthText(ppm)}
    </span>
  );
}

/** AimLine is how a figure stands to its target, in words and as a bar with the pace marked. */
export function AimLine({ card }: { card: FigureCard }) {
  const { t, lang } = useSpeech();
  const aim = card.aim;
  if (!aim) return null;
  const [value, target] = [aim.value ?? 0, aim.target.value];
  const part = (n: number) => `${Math.max(0, Math.min(100, (n / target) * 100)).toFixed(1)}%`;
  return (
    <div className="fig-aim">
      <div className="fig-bar" aria-hidden="true">
        <span style={{ width: part(value) }} />
        <i style={{ left: part(aim.pace) }} />
      </div>
      <p className="small">
        <span className="muted">{t("fig.aim", { target: figureText(card.unit, target, lang), day: aim.target.at })}</span>{" "}
        <AimState card={card} />
      </p>
    </div>
  );
}

export function AimState({ card }: { card: FigureCard }) {
  const { t } = useSpeech();
  const words = useAimWords(card);
  if (!card.aim || !words) return null;
  const tone = card.aim.met || (card.aim.gap ?? 0) >= 0 ? "done" : card.aim.past ? "returned" : "waiting";
  return (
    <span className={`badge s-${tone}`}>
      <Icon name={tone === "done" ? "check" : tone === "waiting" ? "clock" : "warn"} size={12} />
      {words === "met" ? t("fig.met") : words}
    </span>
  );
}

/** useAimWords is the standing in words, for a badge and for a sentence. */
export function useAimWords(card: FigureCard): string {
  const { t, lang } = useSpeech();
  const aim = card.aim;
  if (!aim) return "";
  if (aim.met) return t("fig.met");
  if (aim.past) return t("fig.missed");
  const gap = figureText(card.unit, Math.abs(aim.gap ?? 0), lang);
  return (aim.gap ?? 0) >= 0 ? t("fig.ahead", { gap }) : t("fig.behind", { gap });
}

/** Latest says that the year has nothing yet, and of which year the value is that stands instead. */
export function Latest({ card }: { card: FigureCard }) {
  const { t } = useSpeech();
  if (!card.latest) return null;
  return (
    <p className="small muted">
      <Icon name="info" size={12} /> {t("fig.latest", { year: card.value.day.slice(0, 4), last: card.latest.day.slice(0, 4) })}
    </p>
  );
}

export function FigureTile({ card, days }: { card: FigureCard; days: FigureDays }) {
  const { t, tx, lang } = useSpeech();
  const shown = card.latest ?? card.value;
  const spark = card.spark.map((m) => figureNumber(card.unit, m.value));
  return (
    <section className="sheet fig-tile" aria-label={tx(card.title)}>
      <div className="spread">
        <Link
          to="/figures/$name"
          params={{ name: card.name }}
          search={(card.latest ? { day: card.latest.day } : daysOf(days)) as never}
          className="fig-name"
        >
          {tx(card.title)}
        </Link>
        <span className="small muted">
          {card.latest
            ? t("fig.latest.short", { last: card.latest.day.slice(0, 4) })
            : t(`fig.period.${card.period as "year" | "cumulative" | "in_force"}`)}
        </span>
      </div>
      <div className="spread">
        <span className="fig-value" title={figureExact(card.unit, shown.value, lang)}>
          {figureText(card.unit, shown.value, lang)}
        </span>
        <Spark values={spark} label={t("fig.spark", { n: spark.length })} />
      </div>
      <Latest card={card} />
      {!card.latest && card.value.value === null && card.value.why && <p className="small muted">{tx(card.value.why)}</p>}
      <div className="spread">
        {card.unit === "%" || card.growth === null || card.growth === undefined ? <span /> : <Growth ppm={card.growth} />}
        {card.alerts > 0 && (
          <span className="badge s-returned">
            <Icon name="warn" size={12} />
            {t("fig.alerts", { n: card.alerts })}
          </span>
        )}
      </div>
      <AimLine card={card} />
    </section>
  );
}
