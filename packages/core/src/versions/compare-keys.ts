/** The order of memcmp: the first unlike byte decides, and a prefix comes first. */
export function compareKeys(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const both = Math.min(a.length, b.length);
  for (let at = 0; at < both; at++) {
    const unlike = (a[at] ?? 0) - (b[at] ?? 0);
    if (unlike !== 0) return unlike < 0 ? -1 : 1;
  }
  if (a.length === b.length) return 0;
  return a.length < b.length ? -1 : 1;
}
