// One table for every list: real rows and headings, j/k and Enter, columns that people choose, cards on a phone.
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Checkbox, Popover } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";

export type Column<T> = {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  align?: "right";
  width?: number | string;
  main?: boolean; // what the row is called: its header cell and, on a phone, its card's title
  spare?: boolean; // not shown until somebody chooses it
};

type Props<T> = {
  name: string; // caption for assistive technology, and where chosen columns are remembered
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
  href?: (row: T) => string;
  choose?: boolean;
  foot?: ReactNode;
  lines?: boolean; // on a phone a row is one line: its name and what stands at the right
};

export function useColumns<T>(name: string, columns: Column<T>[]) {
  const store = `kc.columns.${name}`;
  const [hidden, setHidden] = useState<string[]>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(store) ?? "null");
      if (Array.isArray(kept)) return kept.map(String);
    } catch {
      // What was kept is damaged: start anew.
    }
    return columns.filter((c) => c.spare).map((c) => c.key);
  });
  const choose = (keys: string[]) => {
    const next = columns.map((c) => c.key).filter((k) => !keys.includes(k));
    setHidden(next);
    localStorage.setItem(store, JSON.stringify(next));
  };
  return { shown: columns.filter((c) => !hidden.includes(c.key)), choose };
}

export function ColumnChooser<T>({
  columns,
  shown,
  choose,
}: {
  columns: Column<T>[];
  shown: Column<T>[];
  choose: (keys: string[]) => void;
}) {
  const { t } = useSpeech();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="column-list"
          value={shown.map((c) => c.key)}
          onChange={(keys) => choose(keys.map(String))}
          options={columns.map((c) => ({ value: c.key, label: c.title, disabled: c.main }))}
        />
      }
    >
      <Button icon={<Icon name="columns" />}>{t("act.columns")}</Button>
    </Popover>
  );
}

export function Table<T>({ name, rows, columns, rowKey, href, foot, lines }: Props<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    if (!href) return;
    const onKey = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.metaKey || e.ctrlKey || e.altKey || isTyping(e.target)) return;
      if (e.key !== "j" && e.key !== "k") return;
      const links = Array.from(body.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? []);
      const at = links.indexOf(document.activeElement as HTMLElement);
      const next = links[Math.min(links.length - 1, Math.max(0, at + (e.key === "j" ? 1 : -1)))];
      if (next) {
        e.preventDefault();
        next.focus();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [href]);

  return (
    <div className="table-wrap">
      <table className={lines ? "table table-lines" : "table"}>
        <caption className="visually-hidden">{name}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.key} scope="col" className={c.align} style={{ width: c.width }}>
                {c.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => {
            const to = href?.(row);
            return (
              <tr
                key={rowKey(row)}
                className={to ? "goes" : undefined}
                onClick={(e) => {
                  // The whole row may be clicked; the link inside is what the keyboard and assistive technology use.
                  if (to && !(e.target as HTMLElement).closest("a,button,input,label") && !window.getSelection()?.toString())
                    void navigate({ to });
                }}
              >
                {columns.map((c) =>
                  c.main ? (
                    <th key={c.key} scope="row" data-label={c.title}>
                      {to ? (
                        <Link to={to} data-row>
                          {c.cell(row)}
                        </Link>
                      ) : (
                        c.cell(row)
                      )}
                    </th>
                  ) : (
                    <td key={c.key} className={c.align} data-label={c.title}>
                      {c.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** isTyping tells whether a key belongs to a field that somebody types in. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input,textarea,select,[contenteditable=true],[role=dialog]") !== null;
}

/** TableBones is a table's skeleton, of its rows' height. */
export function TableBones({ rows = 6, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div className="table-wrap" aria-hidden="true">
      <table className="table">
        <tbody>
          {Array.from({ length: rows }, (_, i) => (
            <tr key={i}>
              {Array.from({ length: columns }, (_, j) => (
                <td key={j}>
                  <span className="bone" style={{ width: j === 0 ? "70%" : "50%" }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
