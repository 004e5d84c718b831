import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Mode } from "./tokens";

const ModeContext = createContext<{ mode: Mode; setMode: (m: Mode) => void }>({ mode: "light", setMode: () => {} });
const remembered = "kc.mode";

function firstMode(): Mode {
  const kept = localStorage.getItem(remembered);
  if (kept === "dark" || kept === "light") return kept;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** ModeProvider keeps light or dark: the reader's own choice, or else the device's. */
export function ModeProvider({ children }: { children: ReactNode }) {
  const [mode, set] = useState<Mode>(firstMode);
  useEffect(() => {
    document.documentElement.dataset.mode = mode;
  }, [mode]);
  const setMode = (m: Mode) => {
    localStorage.setItem(remembered, m);
    set(m);
  };
  return <ModeContext.Provider value={{ mode, setMode }}>{children}</ModeContext.Provider>;
}

export const useMode = () => useContext(ModeContext);
