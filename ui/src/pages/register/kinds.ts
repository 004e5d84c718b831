import { type Key, messages } from "../../i18n/messages";

export const kinds = [
  "enterprise",
  "university",
  "institute",
  "hospital",
  "pilot_base",
  "agency",
  "fund",
  "bank",
  "government",
  "person",
  "other",
] as const;

/** kindKey is the word for a kind of party; one that the interface does not know is "other". */
export function kindKey(kind: string): Key {
  const key = `reg.kind.${kind}`;
  return key in messages ? (key as Key) : "reg.kind.other";
}
