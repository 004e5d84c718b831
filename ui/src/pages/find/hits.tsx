// What was found: where each thing leads, and the words that were looked for, marked.
import { Link } from "@tanstack/react-router";
import type { Hit, Mark } from "../../api/types";
import { Icon, type IconName } from "../../design/icons";
import { useSpeech } from "../../i18n";
import "../../design/find.css";

/** Marked shows a text with stretches marked; they count in units of UTF-16, as strings do here. */
export function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const m of marks) {
    if (m.start < at) continue;
    parts.push(text.slice(at, m.start), <mark key={m.start}>{text.slice(m.start, m.end)}</mark>);
    at = m.end;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}

const icons: Record<Hit["what"], IconName> = { case: "case", record: "register", party: "person", policy: "book" };

/** placeOf is the page of what was found. */
export function placeOf(hit: Hit): string {
  switch (hit.what) {
    case "case":
      return `/cases/${hit.id}`;
    case "record":
      return `/register/records/${hit.id}`;
    case "policy":
      return `/policy/${hit.id}`;
    default:
      return `/register/${hit.id}`;
  }
}

export function HitLine({ hit }: { hit: Hit }) {
  const { tx } = useSpeech();
  return (
    <span className="hit">
      <Icon name={icons[hit.what]} size={12} />
      <span className="hit-body">
        <span className="hit-title">
          <Marked text={hit.title} marks={hit.marks} />
        </span>
        {hit.text && (
          <span className="small muted hit-text">
            <Marked text={hit.text} marks={hit.textMarks} />
          </span>
        )}
      </span>
      <span className="small muted hit-note">{[tx(hit.kindTitle), hit.note].filter(Boolean).join(" · ")}</span>
    </span>
  );
}

export function Hits({ hits }: { hits: Hit[] }) {
  return (
    <ul className="hits">
      {hits.map((h) => (
        <li key={`${h.what} ${h.id}`}>
          <Link to={placeOf(h)}>
            <HitLine hit={h} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
