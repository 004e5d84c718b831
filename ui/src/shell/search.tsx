// The search on top of every officer's page: conditions are completed, the best hits are shown while one types, Enter opens all of them.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { AutoComplete, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { q } from "../api/queries";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { HitLine, placeOf } from "../pages/find/hits";

/** useSettled gives a text once it has stood still for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 150);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const all = "all:";
const words = "words:";

export function Search() {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const went = useRef(false);
  const wanted = text.trim();
  const settled = useSettled(wanted);
  const found = useQuery({ ...q.search({ q: settled, limit: 8 }), enabled: settled !== "" });
  const completions = useQuery({ ...q.searchWords(settled), enabled: settled !== "" });
  const go = (to: string) => {
    went.current = true;
    setText("");
    (document.activeElement as HTMLElement | null)?.blur();
    if (to === all) void navigate({ to: "/search", search: { q: wanted } });
    else void navigate({ to });
  };
  const options = wanted
    ? [
        { value: all, label: t("find.all", { q: wanted }) },
        ...(completions.data ?? []).slice(0, 4).map((w) => ({
          value: words + w.text,
          label: (
            <span className="hit">
              <Icon name="filter" size={12} />
              <span className="hit-body">{w.value ? tx(w.title) : `${tx(w.title)}:`}</span>
              <span className="small muted hit-note">{t("find.condition")}</span>
            </span>
          ),
        })),
        ...(found.data?.hits ?? []).map((h) => ({ value: placeOf(h), label: <HitLine hit={h} /> })),
      ]
    : [];
  return (
    <AutoComplete
      className="search"
      classNames={{ popup: { root: "search-options" } }}
      value={text}
      onChange={(v) => setText(v.startsWith("/") || v === all || v.startsWith(words) ? text : v)}
      options={options}
      onSelect={(value) => {
        if (value.startsWith(words)) {
          went.current = true;
          setText(value.slice(words.length));
          return;
        }
        go(value);
      }}
      defaultActiveFirstOption
    >
      <Input
        id="shell-search"
        // Who types faster than the list of choices opens goes to all results, as its first choice would.
        onPressEnter={() => {
          went.current = false;
          setTimeout(() => {
            if (!went.current && wanted) go(all);
          });
        }}
        aria-label={t("shell.search")}
        placeholder={t("shell.search")}
        prefix={<Icon name="search" />}
        suffix={<kbd className="kbd">/</kbd>}
      />
    </AutoComplete>
  );
}
