import { beforeAll, describe, expect, it } from "vitest";
import { type Bundle, included, leafHash, nodeHash, readBundle, verifyBundle } from "./verify";

const toBase64 = (b: Uint8Array) => btoa(String.fromCharCode(...b));
const toHex = (b: Uint8Array) => Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");

/** rootOf and proofOf are written straight from RFC 6962, as an oracle for the loop that is tested. */
async function rootOf(leaves: Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return nodeHash(await rootOf(leaves.slice(0, k)), await rootOf(leaves.slice(k)));
}
async function proofOf(m: number, leaves: Uint8Array[]): Promise<Uint8Array[]> {
  if (leaves.length === 1) return [];
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return m < k
    ? [...(await proofOf(m, leaves.slice(0, k))), await rootOf(leaves.slice(k))]
    : [...(await proofOf(m - k, leaves.slice(k))), await rootOf(leaves.slice(0, k))];
}

async function bundleOf(n: number): Promise<Bundle> {
  const records: string[] = [];
  let prev = "-";
  for (let i = 1; i <= n; i++) {
    const record = `kechuang.leaf.v1\ncase 事项一\nseq ${i}\nstep s\naccount a\nat 2026-01-01T00:00:00.000000Z\nprev ${prev}\n\n{"甲":${i}}`;
    records.push(record);
    prev = toHex(await leafHash(record));
  }
  const hashes = await Promise.all(records.map(leafHash));
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const sign = async (text: string) =>
    `${text}\n— test ${toBase64(Uint8Array.from([0, 0, 0, 0, ...new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, new TextEncoder().encode(text)))]))}\n`;
  return {
    format: "kechuang.bundle.v1",
    case: "事项一",
    key: `test+00000000+${toBase64(Uint8Array.from([1, ...raw]))}`,
    checkpoint: await sign(`test\n${n}\n${toBase64(await rootOf(hashes))}\n`),
    head: await sign(`test\nkechuang.bundle.v1 head\n${n}\n事项一\n${n}\n${prev}\n`),
    leaves: await Promise.all(
      records.map(async (record, i) => ({
        index: i,
        digest: toHex(hashes[i] as Uint8Array),
        proof: (await proofOf(i, hashes)).map(toBase64),
        record,
      })),
    ),
  };
}

describe("a bundle in the browser", () => {
  let good: Bundle;
  beforeAll(async () => {
    good = await bundleOf(7);
  });
  const copy = () => structuredClone(good);

  it("holds when nothing was touched", async () => {
    expect(await verifyBundle(copy())).toEqual({ case: "事项一", leaves: 7, size: 7, signed: "yes", problems: [] });
  });
  it("names a record that was changed", async () => {
    const b = copy();
    (b.leaves[2] as { record: string }).record += " ";
    expect((await verifyBundle(b)).problems).toEqual([{ kind: "changed", seq: 3, index: 2 }]);
  });
  it("finds a record that was changed together with its digest", async () => {
    const b = copy();
    const leaf = b.leaves[6] as Bundle["leaves"][number];
    leaf.record += " ";
    leaf.digest = toHex(await leafHash(leaf.record));
    expect((await verifyBundle(b)).problems.map((p) => p.kind)).toEqual(["moved", "dropped"]);
  });
  it("finds records that were dropped or reordered", async () => {
    const dropped = copy();
    dropped.leaves.splice(3, 1);
    expect((await verifyBundle(dropped)).problems.map((p) => p.kind)).toContain("dropped");
    const swapped = copy();
    [swapped.leaves[0], swapped.leaves[1]] = [swapped.leaves[1] as never, swapped.leaves[0] as never];
    expect((await verifyBundle(swapped)).problems.filter((p) => p.kind === "chain")).toHaveLength(3);
  });
  it("finds a checkpoint that was not signed by the key", async () => {
    const b = copy();
    b.checkpoint = b.checkpoint.replace("test\n7", "test\n8");
    expect((await verifyBundle(b)).signed).toBe("no");
  });
  it("proves every index of every size up to 20, and no other", async () => {
    const leaves = await Promise.all(Array.from({ length: 20 }, (_, i) => leafHash(`r${i}`)));
    for (let n = 1; n <= 20; n++) {
      const root = await rootOf(leaves.slice(0, n));
      for (let i = 0; i < n; i++) {
        const proof = await proofOf(i, leaves.slice(0, n));
        expect(await included(i, n, root, leaves[i] as Uint8Array, proof)).toBe(true);
        if (n > 1) expect(await included((i + 1) % n, n, root, leaves[i] as Uint8Array, proof)).toBe(false);
      }
    }
  });
  it("tells a bundle from anything else", () => {
    expect(readBundle("{}")).toBeNull();
    expect(readBundle("not json")).toBeNull();
    expect(readBundle(JSON.stringify(good))).not.toBeNull();
  });
});
