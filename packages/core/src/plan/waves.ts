import type { LanePolicy } from '../policy/index.ts';
import { CRITICALITIES, type Exposure } from '../vocabulary/index.ts';
import type { PlanAsset } from './facts.ts';
import { pairsOf, pairText } from './pairs.ts';

/** An asset in the order in which production is patched. */
export interface Candidate {
  readonly asset: PlanAsset;
  /** It has no window before it is due: it must not keep the others waiting. */
  readonly isLate: boolean;
}

export interface Wave {
  readonly members: readonly Candidate[];
  readonly cleanBefore: number;
}

interface Limits {
  readonly shareMax: number;
  readonly expectedFailures: number;
  /** Hosts of the test ring that were clean. */
  readonly cleanHosts: number;
}

export function limitsOf({ waveShareMax, expectedFailures }: LanePolicy, cleanHosts: number): Limits {
  return { shareMax: waveShareMax, expectedFailures, cleanHosts };
}

/**
 * Most critical first, each wave as large as the clean hosts before it bear out: after n of them the next failure rate is
 * below 3/n in 95 of 100 cases, so B expected failures allow B·n/3 hosts. // SOP checklist c15, rollout-and-trust §2.4
 */
export function wavesOf(candidates: readonly Candidate[], limits: Limits): Wave[] {
  const fleet = new Fleet(candidates, limits.shareMax);
  const waves: Wave[] = [];
  let remaining = inOrder(candidates);
  let clean = Math.max(1, limits.cleanHosts);
  // Ends: the first of those who remain is always taken.
  while (remaining.length > 0) {
    const byEvidence = Math.floor((limits.expectedFailures * clean) / 3);
    const members = takeWave(remaining, Math.max(1, Math.min(byEvidence, fleet.sizeMax)), fleet);
    waves.push({ members, cleanBefore: clean });
    const taken = new Set(members);
    remaining = remaining.filter((candidate) => !taken.has(candidate));
    clean += members.length;
  }
  return waves;
}

/** Nobody of a lower rank goes before somebody of a higher one who was held back. */
function takeWave(remaining: readonly Candidate[], sizeMax: number, fleet: Fleet): Candidate[] {
  const room = fleet.roomFor(remaining);
  const members: Candidate[] = [];
  let heldBack: number | null = null;
  for (const candidate of remaining) {
    const rank = rankOf(candidate);
    if (members.length >= sizeMax || (heldBack !== null && rank !== heldBack)) break;
    if (room.take(candidate.asset)) members.push(candidate);
    else heldBack = rank;
  }
  return members;
}

/** What the whole plan holds of each class and redundancy group. */
class Fleet {
  readonly sizeMax: number;
  readonly #groupMax: ReadonlyMap<string, number>;

  constructor(candidates: readonly Candidate[], shareMax: number) {
    const share = (count: number) => Math.max(1, Math.floor(count * shareMax));
    this.sizeMax = share(candidates.length);
    const groups = countBy(candidates.flatMap(({ asset }) => [...asset.redundancyGroups]));
    this.#groupMax = new Map([...groups].map(([group, count]) => [group, share(count)]));
  }

  roomFor(remaining: readonly Candidate[]): Room {
    const classes = countBy(remaining.map(({ asset }) => classOf(asset)));
    // One of a class stays for a later wave, while there is more than one: a fault of the class does not take it whole.
    return new Room(new Map([...classes].map(([name, count]) => [name, Math.max(1, count - 1)])), this.#groupMax);
  }
}

/** How many more of each class and group one wave takes. */
class Room {
  readonly #classes: Map<string, number>;
  readonly #groups: Map<string, number>;

  constructor(classes: ReadonlyMap<string, number>, groups: ReadonlyMap<string, number>) {
    this.#classes = new Map(classes);
    this.#groups = new Map(groups);
  }

  take(asset: PlanAsset): boolean {
    const own = classOf(asset);
    const places = [
      this.#classes.get(own) ?? 0,
      ...asset.redundancyGroups.map((group) => this.#groups.get(group) ?? 0),
    ];
    if (places.some((left) => left < 1)) return false;
    this.#classes.set(own, (this.#classes.get(own) ?? 0) - 1);
    for (const group of asset.redundancyGroups) this.#groups.set(group, (this.#groups.get(group) ?? 0) - 1);
    return true;
  }
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/**
 * Hosts that are alike fail alike. A transaction is a set: the order in which a host names its packages makes no other
 * class, nor does an empty role beside none. // rollout-and-trust §2.4
 */
function classOf(asset: PlanAsset): string {
  return JSON.stringify([asset.scope, asset.role ?? '', ...pairsOf(asset).map(pairText).sort()]);
}

/** Late ones last, then by criticality: the smaller the earlier. */
function rankOf({ asset, isLate }: Candidate): number {
  return (isLate ? CRITICALITIES.length : 0) + (CRITICALITIES.length - 1 - CRITICALITIES.indexOf(asset.criticality));
}

/** Unknown is taken as public. // BOD 26-04 */
const EXPOSURE_RANK: Readonly<Record<Exposure, number>> = { public: 0, unknown: 0, internal: 1, isolated: 2 };

/** Of a class one after the other among the like, so that a wave meets as many classes as it can. */
function inOrder(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, number>();
  return candidates
    .toSorted((a, b) => (a.asset.assetId < b.asset.assetId ? -1 : 1))
    .map((candidate) => {
      const key = `${rankOf(candidate)} ${classOf(candidate.asset)}`;
      const turn = seen.get(key) ?? 0;
      seen.set(key, turn + 1);
      return { candidate, keys: [rankOf(candidate), EXPOSURE_RANK[candidate.asset.exposure], turn] };
    })
    .toSorted((a, b) => byKeys(a.keys, b.keys))
    .map(({ candidate }) => candidate);
}

function byKeys(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
