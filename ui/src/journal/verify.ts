// Checks a case's proof bundle in the browser, as `kechuang verify` does: digests, the chain from record to record, each record's place
// in the signed tree, and — where the browser knows Ed25519 — the signatures. Nothing is sent anywhere.

export type Bundle = { format: string; case: string; key: string; checkpoint: string; head: string; leaves: Leaf[] };
type Leaf = { index: number; digest: string; proof: string[]; record: string };

export type ProblemKind = "changed" | "moved" | "chain" | "dropped" | "signature" | "checkpoint";
export type Problem = { kind: ProblemKind; seq: number; index: number };
export type Report = { case: string; leaves: number; size: number; signed: "yes" | "no" | "unknown"; problems: Problem[] };

export const bundleFormat = "kechuang.bundle.v1";

export function readBundle(text: string): Bundle | null {
  try {
    const b = JSON.parse(text) as Bundle;
    return b.format === bundleFormat && Array.isArray(b.leaves) ? b : null;
  } catch {
    return null;
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const fromBase64 = (s: string) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
const hex = (b: Uint8Array) => Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

/** leafHash and nodeHash are those of RFC 6962. */
export const leafHash = (record: string) => sha256(Uint8Array.of(0), bytesOf(record));
export const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** included tells whether a hash stands at an index of the tree of that size and root (RFC 9162, 2.1.3.2). */
export async function included(
  index: number,
  size: number,
  root: Uint8Array,
  hash: Uint8Array,
  proof: Uint8Array[],
): Promise<boolean> {
  if (index < 0 || index >= size) return false;
  let [fn, sn, r] = [index, size - 1, hash];
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = await nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else r = await nodeHash(r, p);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && hex(r) === hex(root);
}

/** signedBy checks a signed note against a verifier key "name+hash+base64"; null where the browser cannot. */
async function signedBy(note: string, key: string): Promise<boolean | null> {
  const cut = note.lastIndexOf("\n\n");
  const encoded = key.split("+").slice(2).join("+");
  if (cut < 0 || !encoded) return false;
  const raw = fromBase64(encoded);
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey("raw", raw.slice(1), "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
  for (const line of note.slice(cut + 2).split("\n")) {
    const signature = /^— \S+ (\S+)$/.exec(line)?.[1];
    if (
      signature &&
      (await crypto.subtle.verify("Ed25519", imported, fromBase64(signature).slice(4), bytesOf(note.slice(0, cut + 1))))
    )
      return true;
  }
  return false;
}

function field(record: string, name: string): string {
  return new RegExp(`^${name} (.*)$`, "m").exec(record)?.[1] ?? "";
}

export async function verifyBundle(b: Bundle): Promise<Report> {
  const report: Report = { case: b.case, leaves: b.leaves.length, size: 0, signed: "unknown", problems: [] };
  const [, size = "", root = ""] = b.checkpoint.split("\n");
  report.size = Number(size);
  const rootHash = await Promise.resolve(root)
    .then(fromBase64)
    .catch(() => null);
  if (!rootHash || !Number.isSafeInteger(report.size)) {
    report.problems.push({ kind: "checkpoint", seq: 0, index: -1 });
    return report;
  }
  const signatures = [await signedBy(b.checkpoint, b.key), await signedBy(b.head, b.key)];
  if (signatures.includes(false)) {
    report.signed = "no";
    report.problems.push({ kind: "signature", seq: 0, index: -1 });
  } else report.signed = signatures.includes(null) ? "unknown" : "yes";

  let last = "-";
  for (const [i, leaf] of b.leaves.entries()) {
    const seq = i + 1;
    const hash = await leafHash(leaf.record);
    const at = { seq, index: leaf.index };
    if (hex(hash) !== leaf.digest) report.problems.push({ kind: "changed", ...at });
    else if (!(await included(leaf.index, report.size, rootHash, hash, leaf.proof.map(fromBase64))))
      report.problems.push({ kind: "moved", ...at });
    if (Number(field(leaf.record, "seq")) !== seq || field(leaf.record, "prev") !== last || field(leaf.record, "case") !== b.case)
      report.problems.push({ kind: "chain", ...at });
    last = leaf.digest;
  }
  const head = b.head.split("\n");
  if (Number(head[4]) !== b.leaves.length || head[5] !== last)
    report.problems.push({ kind: "dropped", seq: b.leaves.length + 1, index: -1 });
  return report;
}
