import type { AssetDouble } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';

/** By what assets may be one machine. */
export interface DoubleFacts {
  readonly id: string;
  readonly name: string;
  readonly origin: 'agent' | 'import' | 'api';
  readonly firstSeen: Instant;
  /** When its host reported last; null: never. */
  readonly seenAt: Instant | null;
  readonly listedAt: Instant | null;
  readonly machineId: string | null;
  /** By which lists know it. */
  readonly externalIds: readonly string[];
  /** From when on nobody knows any more how it is. */
  readonly staleFrom: Instant;
}

type Cause = AssetDouble['cause'];

/** Assets that share what one machine has. Those that share more than one thing are told once, by the strongest. */
export function doublesOf(assets: readonly DoubleFacts[], now: Instant): AssetDouble[] {
  const told = new Set<string>();
  const doubles: AssetDouble[] = [];
  for (const [cause, sharedBy] of Object.entries(SHARED) as [Cause, (typeof SHARED)[Cause]][]) {
    for (const [shared, alike] of groupsBy(assets, sharedBy)) {
      const together = alike.map(({ id }) => id).join(' ');
      if (alike.length < 2 || told.has(together)) continue;
      told.add(together);
      doubles.push(doubleOf(cause, shared, alike, now));
    }
  }
  return doubles;
}

/** The strongest first. // machine-id(5): unique, unless a disk was copied */
const SHARED: Readonly<Record<Cause, (asset: DoubleFacts) => readonly string[]>> = {
  'machine-id': ({ machineId }) => (machineId === null ? [] : [machineId]),
  'external-id': ({ externalIds }) => externalIds,
  name: ({ name }) => [name.toLowerCase()],
};

function groupsBy(
  assets: readonly DoubleFacts[],
  sharedBy: (asset: DoubleFacts) => readonly string[],
): Map<string, DoubleFacts[]> {
  const groups = new Map<string, DoubleFacts[]>();
  for (const asset of assets) {
    for (const shared of new Set(sharedBy(asset))) {
      const known = groups.get(shared);
      if (known === undefined) groups.set(shared, [asset]);
      else known.push(asset);
    }
  }
  return groups;
}

function doubleOf(cause: Cause, shared: string, alike: readonly DoubleFacts[], now: Instant): AssetDouble {
  const reporting = alike.filter(({ seenAt, staleFrom }) => seenAt !== null && staleFrom >= now);
  const areApart = reporting.length > 1;
  const inOrder = [...alike].sort(byWorth);
  return {
    cause,
    shared,
    sentence: sentenceOf(cause, areApart),
    assets: inOrder.map(({ id, name, origin, seenAt, listedAt }) => {
      const heard = Math.max(seenAt ?? 0, listedAt ?? 0);
      return { id, name, origin, lastHeard: heard === 0 ? null : new Date(heard).toISOString() };
    }),
    keep: areApart ? null : (inOrder[0]?.id ?? null),
  };
}

/** Whoever reports is kept before whoever does not, then whoever is known for longer. */
function byWorth(one: DoubleFacts, other: DoubleFacts): number {
  return (other.seenAt ?? 0) - (one.seenAt ?? 0) || one.firstSeen - other.firstSeen || (one.id < other.id ? -1 : 1);
}

function sentenceOf(cause: Cause, areApart: boolean): string {
  if (cause === 'machine-id' && areApart) {
    return 'Several hosts with one machine id report: copies of one disk. Give each an id of its own; they are not one machine.';
  }
  if (areApart) return 'Several hosts of this name report: two machines. Rename one, or leave them.';
  switch (cause) {
    case 'machine-id':
      return 'One machine id, and one of them reports: the machine was enrolled anew. Merge them.';
    case 'external-id':
      return 'Lists give them one external id: probably one machine. Merge them, or correct a list.';
    case 'name':
      return 'They have one name: perhaps one machine. Merge them, or rename one.';
  }
}
