// One catalogue, two languages, Chinese first. A key that is not in the catalogue does not compile, and a message without one of the
// two languages does not either: catalogue.test.ts checks what types cannot (empty texts, placeholders, a stray language, unused keys).
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { type Key, messages } from "./messages";

export type Lang = "zh" | "en";
export type LangText = { zh: string; en?: string };
export type Vars = Record<string, string | number>;
export type { Key } from "./messages";

/** fill replaces {name}, and {n|one|many} by a word in the right number (Chinese needs none). */
export function fill(text: string, vars: Vars = {}): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = vars[name];
    if (value === undefined) return whole;
    if (one !== undefined) return Number(value) === 1 ? one : (many ?? "");
    return String(value);
  });
}

export function say(lang: Lang, key: Key, vars?: Vars): string {
  return fill(messages[key][lang === "en" ? 1 : 0], vars);
}

/** textIn picks a server text in the language; Chinese where there is no other. */
export function textIn(lang: Lang, text: LangText | undefined | null): string {
  return (lang === "en" && text?.en) || text?.zh || "";
}

type Speech = {
  lang: Lang;
  setLang: (l: Lang) => void;
  t: (key: Key, vars?: Vars) => string;
  tx: (text: LangText | undefined | null) => string;
};

const SpeechContext = createContext<Speech | null>(null);
const remembered = "kc.lang";

export function SpeechProvider({ children, initial }: { children: ReactNode; initial?: Lang }) {
  const [lang, setLang] = useState<Lang>(() => initial ?? (localStorage.getItem(remembered) === "en" ? "en" : "zh"));
  useEffect(() => {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  }, [lang]);
  const speech = useMemo<Speech>(
    () => ({
      lang,
      setLang: (l) => {
        localStorage.setItem(remembered, l);
        setLang(l);
      },
      t: (key, vars) => say(lang, key, vars),
      tx: (text) => textIn(lang, text),
    }),
    [lang],
  );
  return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error("useSpeech outside of SpeechProvider");
  return speech;
}
