// Tabs of a page: a row that scrolls on a phone, arrow keys between them, one panel at a time.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

export type Tab = { key: string; label: string; children: ReactNode };

/** Tabs shows one of its panels; where `active` is not given it keeps which itself. */
export function Tabs({
  name,
  items,
  active,
  onChange,
}: {
  name: string; // what the row is called to who cannot see it
  items: Tab[];
  active?: string | undefined;
  onChange?: (key: string) => void;
}) {
  const [kept, setKept] = useState(items[0]?.key);
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const wanted = onChange ? active : kept;
  const at = Math.max(
    0,
    items.findIndex((x) => x.key === wanted),
  );
  const open = items[at];
  // What was opened stays, hidden: nothing typed on a tab is lost by a look at another.
  const seen = useRef(new Set<string>());
  if (open) seen.current.add(open.key);
  useEffect(() => {
    const [tab, list] = [row.current?.children[at] as HTMLElement | undefined, row.current];
    if (tab && list) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.clientWidth) / 2;
  }, [at]);
  if (!open) return null;
  const choose = (key: string) => (onChange ? onChange(key) : setKept(key));
  const move = (e: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: items.length - 1 }[e.key];
    const next = to === undefined ? undefined : items[(to + items.length) % items.length];
    if (!next) return;
    e.preventDefault();
    choose(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div>
      <div role="tablist" aria-label={name} className="tabs no-print" ref={row} onKeyDown={move}>
        {items.map((x) => (
          <button
            key={x.key}
            type="button"
            role="tab"
            id={`${id}-${x.key}`}
            aria-selected={x === open}
            aria-controls={`${id}-${x.key}-panel`}
            tabIndex={x === open ? 0 : -1}
            onClick={() => choose(x.key)}
          >
            {x.label}
          </button>
        ))}
      </div>
      {items
        .filter((x) => seen.current.has(x.key))
        .map((x) => (
          <div
            key={x.key}
            role="tabpanel"
            id={`${id}-${x.key}-panel`}
            aria-labelledby={`${id}-${x.key}`}
            hidden={x !== open}
            className="tab-panel"
          >
            {x.children}
          </div>
        ))}
    </div>
  );
}
