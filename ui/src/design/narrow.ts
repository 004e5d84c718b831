import { useSyncExternalStore } from "react";

const phone = "(max-width: 700px)";

function listen(changed: () => void): () => void {
  const asked = window.matchMedia(phone);
  asked.addEventListener("change", changed);
  return () => asked.removeEventListener("change", changed);
}

/** atOnce is how many rows a list asks for: a phone's screen holds few, and its foot is far away. */
export const atOnce = (): number => (window.matchMedia(phone).matches ? 15 : 50);

/** useNarrow tells whether the page is read on a phone, for what a style sheet cannot say. */
export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => window.matchMedia(phone).matches);
}
