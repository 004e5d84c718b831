/** formatSize writes a file's size as people read it: 532 B, 12.4 kB, 3.1 MB. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const unit = bytes < 1_000_000 ? ["kB", 1000] : bytes < 1_000_000_000 ? ["MB", 1_000_000] : ["GB", 1_000_000_000];
  return `${(bytes / Number(unit[1])).toFixed(1).replace(/\.0$/, "")} ${unit[0]}`;
}
