import { useSyncExternalStore } from "react";

const phone = "(max-width: 700px)";

function listen(changed: () => void): () => void {
  const asked = window.matchMedia(phone);
  asked.addEventListener("change", changed);
  return () => asked.removeEventListener("change", changed);
}

/** useNarrow tells whether the page is read on a phone, for what a style sheet cannot say. */
export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => window.matchMedia(phone).matches);
}
