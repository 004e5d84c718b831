// A draw, drawn again in the browser from its record alone: nothing is sent to the server, so that whoever checks need not trust it. The
// rules are those of the package panel: digest of the file, commitment of the seed, order by lots, the first who fit together, those who left.

export type Candidate = { id: string; unit?: string; has?: Record<string, string> };
export type Quota = { what: string; is: string; least?: number; most?: number };
export type Criteria = { size: number; unitMost?: number; quotas?: Quota[] };
export type DrawRecord = {
  version: number;
  for: string;
  round?: number;
  seed: string;
  commitment: string;
  fingerprint?: string;
  beacon: string;
  said?: string;
  criteria: Criteria;
  pool: Candidate[];
  excluded?: { person: string; why: { zh: string; en: string } }[];
  holds?: string[];
  drawn: string[];
  order: string[];
  left?: { person: string; why: { zh: string; en: string }; for?: string }[];
  panel: string[];
};

/** Check is one thing that was worked out again. */
export type Check = { what: "digest" | "commitment" | "fingerprint" | "order" | "drawn" | "left" | "panel"; ok: boolean };
export type Replayed = { record: DrawRecord | null; checks: Check[] };

const utf8 = new TextEncoder();

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", data));
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const k = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", k, utf8.encode(text)));
}

/** written is a value as the server writes it: no blanks, and the five signs that it escapes. */
function written(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** replay draws again from a file and says of each thing whether it is so. */
export async function replay(file: string): Promise<Replayed> {
  const at = file.lastIndexOf("\nsha256 ");
  const body = file.slice(0, at + 1);
  const digest = at >= 0 && file.slice(at + 8) === `${await sha256(utf8.encode(body))}\n`;
  let record: DrawRecord;
  try {
    record = JSON.parse(at >= 0 ? body : file) as DrawRecord;
  } catch {
    return { record: null, checks: [{ what: "digest", ok: false }] };
  }
  if ((record.version !== 2 && record.version !== 3) || !Array.isArray(record.pool) || !Array.isArray(record.order))
    return { record: null, checks: [{ what: "digest", ok: false }] };
  const checks: Check[] = [{ what: "digest", ok: digest }];
  try {
    await again(record, checks);
  } catch {
    checks.push({ what: "panel", ok: false }); // a member is not what it should be
  }
  return { record, checks };
}

/** again draws again and adds what it finds. */
async function again(record: DrawRecord, checks: Check[]): Promise<void> {
  const seed = bytesOf(record.seed);
  const head = utf8.encode("kechuang draw seed v1\n");
  const committed = new Uint8Array(head.length + seed.length);
  committed.set(head);
  committed.set(seed, head.length);
  checks.push({ what: "commitment", ok: (await sha256(committed)) === record.commitment });
  if (record.version > 2) checks.push({ what: "fingerprint", ok: (await fingerprintOf(record)) === record.fingerprint });
  const order = await orderOf(record, seed);
  checks.push({ what: "order", ok: same(order, record.order) });
  const room = new Seating(record);
  const drawn = room.first(record.holds ?? [], order);
  checks.push({ what: "drawn", ok: drawn !== null && same(drawn, record.drawn) });
  const { panel, ok } = follow(record, room, [...(record.holds ?? []), ...(drawn ?? [])]);
  checks.push({ what: "left", ok }, { what: "panel", ok: same(panel, record.panel) });
}

function same(a: string[], b: string[]): boolean {
  return Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]);
}

/** fixedOf is all of a draw that could be chosen, in the members' order. */
function fixedOf(r: DrawRecord): string {
  return `"Criteria":${written(r.criteria)},"Pool":${written(r.pool)},"Excluded":${written(r.excluded ?? null)},"Holds":${written(r.holds ?? null)}}`;
}

function fingerprintOf(r: DrawRecord): Promise<string> {
  return sha256(utf8.encode(`kechuang draw pool v3\n{${fixedOf(r)}`));
}

/** orderOf sorts the eligible by their lots: HMAC(HMAC(seed, everything that could be chosen), person). */
async function orderOf(r: DrawRecord, seed: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const from =
    r.version === 2
      ? `kechuang draw v2\n{"Beacon":${written(r.beacon)},${fixedOf(r)}`
      : `kechuang draw v3\n${r.fingerprint}\n${r.beacon}\n${r.said ?? ""}`;
  const key = await hmac(seed, from);
  const out = new Set([...(r.excluded ?? []).map((x) => x.person), ...(r.holds ?? [])]);
  const lots = await Promise.all(
    r.pool.filter((c) => !out.has(c.id)).map(async (c) => ({ id: c.id, lot: hex((await hmac(key, c.id)).buffer) })),
  );
  return lots.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map((x) => x.id);
}

/** follow goes through those who left: the first in the order of lots who was not on the panel and completes it comes instead. */
function follow(r: DrawRecord, room: Seating, from: string[]): { panel: string[]; ok: boolean } {
  let panel = from;
  const gone = new Set<string>();
  let ok = true;
  for (const l of r.left ?? []) {
    const rest = panel.filter((p) => p !== l.person);
    const free = r.order.filter((id) => !gone.has(id) && !panel.includes(id));
    const come = rest.length < r.criteria.size ? room.first(rest, free) : null;
    gone.add(l.person);
    ok &&= panel.includes(l.person) && (come?.[0] ?? "") === (l.for ?? "");
    panel = [...rest, ...(come ?? [])];
  }
  return { panel, ok };
}

/** Seating fills seats in order, going back where a choice leaves a quota that cannot be met. */
class Seating {
  private byId: Map<string, Candidate>;
  private quotas: Quota[];
  private units = new Map<string, number>();
  private has: number[] = [];
  private left: number[][] = [];
  private taken: string[] = [];
  private from: string[] = [];

  constructor(private readonly r: DrawRecord) {
    this.byId = new Map(r.pool.map((c) => [c.id, c]));
    this.quotas = r.criteria.quotas ?? [];
  }

  first(holds: string[], from: string[]): string[] | null {
    this.units = new Map();
    this.has = this.quotas.map(() => 0);
    this.taken = [];
    this.from = from;
    for (const id of holds) this.sit(id, 1);
    this.left = this.quotas.map((_, k) => {
      const left = Array<number>(from.length + 1).fill(0);
      for (let i = from.length - 1; i >= 0; i--) left[i] = (left[i + 1] ?? 0) + (this.fits(from[i] ?? "", k) ? 1 : 0);
      return left;
    });
    return this.fill(0, this.r.criteria.size - holds.length) ? [...this.taken] : null;
  }

  private fits(id: string, quota: number): boolean {
    const x = this.quotas[quota];
    return x !== undefined && (this.byId.get(id)?.has?.[x.what] ?? "") === x.is;
  }

  private sit(id: string, n: number): void {
    const unit = this.byId.get(id)?.unit ?? "";
    this.units.set(unit, (this.units.get(unit) ?? 0) + n);
    for (let k = 0; k < this.has.length; k++) if (this.fits(id, k)) this.has[k] = (this.has[k] ?? 0) + n;
  }

  private fill(start: number, seats: number): boolean {
    if (seats === 0) return this.quotas.every((x, k) => (this.has[k] ?? 0) >= (x.least ?? 0));
    for (let at = start; this.from.length - at >= seats && this.hope(at, seats); at++) {
      const id = this.from[at] ?? "";
      if (!this.may(id)) continue;
      this.sit(id, 1);
      this.taken.push(id);
      if (this.fill(at + 1, seats - 1)) return true;
      this.taken.pop();
      this.sit(id, -1);
    }
    return false;
  }

  private may(id: string): boolean {
    const most = this.r.criteria.unitMost ?? 0;
    const unit = this.byId.get(id)?.unit ?? "";
    if (most > 0 && unit !== "" && (this.units.get(unit) ?? 0) >= most) return false;
    return !this.quotas.some((x, k) => (x.most ?? 0) > 0 && (this.has[k] ?? 0) >= (x.most ?? 0) && this.fits(id, k));
  }

  private hope(at: number, seats: number): boolean {
    const need = new Map<string, number>();
    return this.quotas.every((x, k) => {
      const short = Math.max((x.least ?? 0) - (this.has[k] ?? 0), 0);
      need.set(x.what, (need.get(x.what) ?? 0) + short);
      return short <= (this.left[k]?.[at] ?? 0) && (need.get(x.what) ?? 0) <= seats;
    });
  }
}
