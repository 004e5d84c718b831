import type { IconName } from "../../design/icons";
import type { Status } from "../../design/tokens";
import { useSpeech } from "../../i18n";
import { Standing } from "../../kit/standing";

export type Risk = "high" | "middle" | "low" | "unknown";
export const risks: Risk[] = ["high", "middle", "low", "unknown"];

// A risk is shown in the colours that standing has: what is red elsewhere is red here. Its icons are its own.
const looks: Record<Risk, [Status, IconName]> = {
  high: ["returned", "warn"],
  middle: ["waiting", "info"],
  low: ["done", "check"],
  unknown: ["stopped", "help"],
};

/** RiskBadge says how high a risk is. */
export function RiskBadge({ risk }: { risk: string | undefined }) {
  const { t } = useSpeech();
  const level = asRisk(risk);
  const [status, icon] = looks[level];
  return (
    <Standing status={status} icon={icon}>
      {t(`chain.risk.${level}`)}
    </Standing>
  );
}

export function asRisk(risk: string | undefined): Risk {
  return risks.find((r) => r === risk) ?? "unknown";
}

/** percent writes ppm as a percentage with one decimal. */
export function percent(ppm: number): string {
  return `${(ppm / 10_000).toFixed(ppm % 10_000 === 0 ? 0 : 1)}%`;
}

const alpha2: Record<string, string> = {
  ARE: "AE",
  ARG: "AR",
  AUS: "AU",
  AUT: "AT",
  BEL: "BE",
  BLR: "BY",
  BRA: "BR",
  CAN: "CA",
  CHE: "CH",
  CHL: "CL",
  CHN: "CN",
  COD: "CD",
  CZE: "CZ",
  DEU: "DE",
  DNK: "DK",
  EGY: "EG",
  ESP: "ES",
  EST: "EE",
  FIN: "FI",
  FRA: "FR",
  GBR: "GB",
  GRC: "GR",
  HKG: "HK",
  HUN: "HU",
  IDN: "ID",
  IND: "IN",
  IRL: "IE",
  IRN: "IR",
  ISR: "IL",
  ITA: "IT",
  JPN: "JP",
  KAZ: "KZ",
  KOR: "KR",
  LTU: "LT",
  LUX: "LU",
  LVA: "LV",
  MAL: "MY",
  MAR: "MA",
  MEX: "MX",
  MMR: "MM",
  MNG: "MN",
  MYS: "MY",
  NLD: "NL",
  NOR: "NO",
  NZL: "NZ",
  PAK: "PK",
  PER: "PE",
  PHL: "PH",
  POL: "PL",
  PRT: "PT",
  QAT: "QA",
  ROU: "RO",
  RUS: "RU",
  SAU: "SA",
  SGP: "SG",
  SVK: "SK",
  SVN: "SI",
  SWE: "SE",
  THA: "TH",
  TUR: "TR",
  TWN: "TW",
  UKR: "UA",
  USA: "US",
  VNM: "VN",
  ZAF: "ZA",
};

/** country names a code of three letters in the language; what is no known code stays as it is. */
export function country(code: string, lang: "zh" | "en"): string {
  const two = alpha2[code];
  if (!two) return code || "…";
  return new Intl.DisplayNames([lang === "zh" ? "zh-CN" : "en"], { type: "region" }).of(two) ?? code;
}

const relations = ["goes_into", "kind_of", "part_of", "substitutes", "researched"] as const;

/** relationOf is the relation of an edge as it is said. */
export function relationOf(is: string): (typeof relations)[number] {
  return relations.find((r) => r === is) ?? "goes_into";
}
