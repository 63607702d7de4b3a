/** Pages of long lists that are kept when they are out of sight, so that going back a little shows them at once. */
export const PAGES_KEPT_MAX = 20;

interface KeptPages {
  /** The one that was in sight last is the first. */
  readonly kept: readonly string[];
  readonly dropped: readonly string[];
}

/** Those in sight are always kept, of the others the ones that were in sight last. */
export function keepPages(before: readonly string[], inSight: readonly string[], max = PAGES_KEPT_MAX): KeptPages {
  const all = [...inSight, ...before.filter((page) => !inSight.includes(page))];
  const count = Math.max(max, inSight.length);
  return { kept: all.slice(0, count), dropped: all.slice(count) };
}
