// What somebody sends from a dialog: busy until the answer is there, and what it was refused for.
import { useState } from "react";
import { type Refusal, RefusedError } from "./refusals";

/** useSending runs what is sent. A refusal is kept for the page to show; any other error goes on to the page's boundary. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  async function send(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setRefusals([]);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      setRefusals(error.refusals);
    } finally {
      setBusy(false);
    }
  }
  return { busy, refusals, send, clear: () => setRefusals([]) };
}
