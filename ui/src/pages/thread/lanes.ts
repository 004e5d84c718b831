// Where each row of the time line stands: a lane for every thread that goes on below, as in a log of versions. Rows are in order of time.

export type Row = {
  id: string;
  lane: number;
  from: { id: string; lane: number; title?: string }[]; // what it comes from, in earlier rows
  through: number[]; // lanes that pass this row on their way down
  starts: boolean; // its own lane goes on below
};

type Edge = { from: string; to: string; title?: string };

/** lanes places rows; an edge leads from the earlier of its ends to the later one, whoever names it. */
export function lanes(ids: string[], edges: Edge[]): { rows: Row[]; width: number } {
  const place = new Map(ids.map((id, i) => [id, i]));
  const parents = new Map<string, { id: string; title?: string }[]>();
  const last = new Map<string, number>(); // the last row that comes from this one
  for (const e of edges) {
    const [a, b] = [place.get(e.from), place.get(e.to)];
    if (a === undefined || b === undefined || a === b) continue;
    const [up, down] = a < b ? [e.from, e.to] : [e.to, e.from];
    const known = parents.get(down) ?? [];
    if (known.every((p) => p.id !== up)) parents.set(down, [...known, { id: up, title: e.title }]);
    last.set(up, Math.max(last.get(up) ?? 0, Math.max(a, b)));
  }
  const open: (string | null)[] = []; // whose lane it is
  const lane = new Map<string, number>();
  const rows = ids.map((id, i): Row => {
    const from = (parents.get(id) ?? []).map((p) => ({ ...p, lane: lane.get(p.id) ?? 0 }));
    from.sort((a, b) => (place.get(b.id) ?? 0) - (place.get(a.id) ?? 0));
    for (const [k, owner] of open.entries()) if (owner && (last.get(owner) ?? 0) <= i) open[k] = null;
    const own = from.find((p) => open[p.lane] === null)?.lane;
    const free = open.indexOf(null);
    const at = own ?? (free >= 0 ? free : open.length);
    const starts = (last.get(id) ?? 0) > i;
    const through = open.flatMap((owner, k) => (owner && k !== at ? [k] : []));
    open[at] = starts ? id : null;
    lane.set(id, at);
    return { id, lane: at, from, through, starts };
  });
  return { rows, width: Math.max(1, open.length) };
}
