import { type LangText, useSpeech } from "../i18n";

/** Refusal is how the server says no: a sentence, the field, the document behind it, and the way out. */
export type Refusal = { kind: string; id: string; field?: string; text: LangText; rule?: string; way?: LangText };

/** Refused is a request that the server answered with reasons; status 0 means that no answer came at all. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly refusals: Refusal[],
    title: string,
    readonly request?: string,
  ) {
    super(title);
    this.name = "RefusedError";
  }

  get lost(): boolean {
    return this.status === 0;
  }

  /** overtaken is a case that moved on since it was read. A number that is taken is a conflict too, but no reason to look again. */
  get overtaken(): boolean {
    return (
      this.status === 409 &&
      (this.refusals.length === 0 || this.refusals.some((r) => r.kind === "closed" || r.id === "casework.stale"))
    );
  }
}

export function useRefusalText(r: Refusal): { text: string; way: string } {
  const { tx } = useSpeech();
  return { text: tx(r.text), way: tx(r.way) };
}
