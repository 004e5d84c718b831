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
}

export function useRefusalText(r: Refusal): { text: string; way: string } {
  const { tx } = useSpeech();
  return { text: tx(r.text), way: tx(r.way) };
}
