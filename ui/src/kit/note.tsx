import type { ReactNode } from "react";
import { Icon, type IconName } from "../design/icons";
import type { Status } from "../design/tokens";

const icons: Record<Status, IconName> = { waiting: "clock", running: "info", done: "check", returned: "warn", stopped: "stop" };

/** Note is a bar on a page that says one thing; `loud` tells assistive technology at once. */
export function Note({ status, loud, children }: { status: Status; loud?: boolean; children: ReactNode }) {
  return (
    <div className={`note s-${status}`} role={loud ? "alert" : undefined} tabIndex={loud ? -1 : undefined}>
      <Icon name={icons[status]} />
      <div className="note-body">{children}</div>
    </div>
  );
}

/** Empty says what will be here and what to do first. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <p className="strong">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

/** Bones is a skeleton of lines; the widths are fixed so that nothing jumps between two renders. */
export function Bones({ lines = 4, height = 16 }: { lines?: number; height?: number }) {
  const widths = [88, 64, 76, 52, 92, 70];
  return (
    <div className="stack-s" aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} className="bone" style={{ width: `${widths[i % widths.length]}%`, height }} />
      ))}
    </div>
  );
}
