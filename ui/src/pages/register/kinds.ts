import type { Party } from "../../api/types";

export const kinds: Party["kind"][] = [
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
];
