// What stays on this device between two visits, by account: the question, the last answer and the plans that were tried.
import type { PortfolioMemo, PortfolioQuestion } from "../../api/types";
import type { Asked, Limited, Run } from "./question";

/** Answered is an answer with the very question that it answers, and when. */
export type Answered = { question: PortfolioQuestion; limits: Limited; memo: PortfolioMemo; at: string };
export type Kept = { asked: Asked; answered: Answered | null; runs: Run[]; base: number | undefined; deep: boolean };

export const nothing: Kept = {
  asked: { candidates: [], budget: 0, quotas: [], pins: {}, weight: 0 },
  answered: null,
  runs: [],
  base: undefined,
  deep: false,
};

const place = (who: string) => `kc.portfolio.${who}`;

export function remembered(who: string): Kept {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(place(who)) ?? "null");
    if (!raw || typeof raw !== "object" || !("asked" in raw)) return nothing;
    return { ...nothing, ...(raw as Kept) };
  } catch {
    return nothing;
  }
}

export function keep(who: string, kept: Kept): void {
  try {
    localStorage.setItem(place(who), JSON.stringify(kept));
  } catch {
    forget(who); // no room on this device: the page still works, it only forgets
  }
}

export function forget(who: string): void {
  localStorage.removeItem(place(who));
}
