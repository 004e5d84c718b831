// Nothing typed is ever lost. What is typed goes to this device at once and to the server a moment later; it stays on the device until
// the server says that it has it, so a closed tab, a lost connection or a session that ended costs nothing.
import { useCallback, useEffect, useRef, useState } from "react";
import type { TypedRow } from "./values";

export type Saving = { state: "idle" | "saving" | "saved" | "kept"; at?: Date };

const pause = 800;

function storeKey(key: string): string {
  return `kc.draft.${key}`;
}

/** keptDraft is what this device has and the server has not yet said to have. */
export function keptDraft(key: string): TypedRow | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storeKey(key)) ?? "null");
    return typeof kept === "object" && kept !== null ? (kept as TypedRow) : null;
  } catch {
    return null;
  }
}

export function useDraft(key: string, save: ((values: TypedRow) => Promise<void>) | null) {
  const [saving, setSaving] = useState<Saving>({ state: "idle" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<TypedRow | null>(null);
  const saver = useRef(save);
  saver.current = save;

  const push = useCallback(async () => {
    const values = latest.current;
    if (!values || !saver.current) return;
    setSaving({ state: "saving" });
    try {
      await saver.current(values);
      if (latest.current === values) {
        latest.current = null;
        localStorage.removeItem(storeKey(key));
      }
      setSaving({ state: "saved", at: new Date() });
    } catch {
      setSaving({ state: "kept" });
      timer.current = setTimeout(() => void push(), 5_000);
    }
  }, [key]);

  const changed = useCallback(
    (values: TypedRow) => {
      latest.current = values;
      try {
        localStorage.setItem(storeKey(key), JSON.stringify(values));
      } catch {
        // The device has no room: the server's draft still follows.
      }
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void push(), pause);
    },
    [key, push],
  );

  const done = useCallback(() => {
    latest.current = null;
    clearTimeout(timer.current);
    localStorage.removeItem(storeKey(key));
  }, [key]);

  useEffect(() => {
    const flush = () => latest.current && void push();
    window.addEventListener("online", flush);
    return () => {
      window.removeEventListener("online", flush);
      clearTimeout(timer.current);
      flush();
    };
  }, [push]);

  return { saving, changed, done };
}
