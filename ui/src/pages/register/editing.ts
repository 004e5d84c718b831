import { useState } from "react";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Form } from "../../api/types";
import { keptDraft, useDraft } from "../../form/draft";
import { check, type Issue, type TypedRow } from "../../form/values";
import { useSpeech } from "../../i18n";

/**
 * useEditing is the work behind an EditSheet: what was typed, kept as a draft under a name, what is wrong with it, and the way of a save that
 * may be refused, or overtaken by somebody else's.
 */
export function useEditing(storeKey: string, start: () => TypedRow) {
  const { tx } = useSpeech();
  const [values, setValues] = useState<TypedRow>(() => keptDraft(storeKey) ?? start());
  const [issues, setIssues] = useState<Issue[]>([]);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const draft = useDraft(storeKey, null);

  /**
   * send checks the form and saves it. Where overtaken knows what to read anew after an error, that is read and the sheet says that it is
   * stale; every other refusal is shown as refused tells it.
   */
  async function send(
    form: Form,
    save: () => Promise<void>,
    overtaken: (error: RefusedError) => (() => Promise<void>) | undefined,
    refused: (error: RefusedError) => Refusal[] = (error) => error.refusals,
  ): Promise<void> {
    const found = check(form, values, (f) => tx(f.title));
    setIssues(found);
    setRefusals([]);
    setStale(false);
    if (found.length > 0) return;
    setBusy(true);
    try {
      await save();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const readAnew = overtaken(error);
      if (readAnew) {
        setStale(true);
        await readAnew();
      } else setRefusals(refused(error));
      window.scrollTo({ top: 0 });
    } finally {
      setBusy(false);
    }
  }

  return {
    values,
    done: draft.done,
    stale,
    send,
    /** what an EditSheet is given of it */
    sheet: {
      values,
      issues,
      refusals,
      busy,
      onChange: (next: TypedRow) => {
        setValues(next);
        draft.changed(next);
      },
      onLeave: () => draft.done(),
    },
  };
}

/** isOvertaken tells that somebody else changed the record in the meantime. */
export const isOvertaken = (error: RefusedError) => error.refusals.some((r) => r.id === "register.overtaken");
