import type { RefusedEntry } from './package-list.ts';

/** One entry of a bill stands in relation to another; either may have as many as it likes. */
const RELATIONS_MAX = 5_000_000;

/** What the relations of a bill name, against what it lists. */
export interface Relations {
  readonly named: readonly string[];
  readonly listed: ReadonlySet<string | null>;
}

/**
 * Relations are never followed, so that one in a circle leads nowhere. One that names what the bill does not list says
 * that the bill is not whole: that is told, as an entry that could not be used. A text where there are too many of them.
 */
export function absentOf({ named, listed }: Relations): readonly RefusedEntry[] | string {
  if (named.length > RELATIONS_MAX) return `it has more than ${RELATIONS_MAX} relations`;
  const absent = new Set(named.filter((id) => !listed.has(id)));
  const [first] = absent;
  if (first === undefined) return [];
  const others = absent.size === 1 ? '' : `, and ${absent.size - 1} more like it`;
  return [{ entry: first, problem: `its relations name it${others}, and it is not in the bill` }];
}
