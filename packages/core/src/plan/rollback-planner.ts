import type { Policy } from '../policy/index.ts';
import { type Criticality, DAY_MS, type Instant, type Lane, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { PlanParts } from './facts.ts';
import type { Interval } from './interval.ts';
import type { PlanLeaf } from './leaf.ts';
import { summarize } from './summary.ts';

/** A host that shall go back, with the work order that brought it there. */
export interface RollbackAsset {
  readonly leaf: PlanLeaf;
  readonly redundancyGroups: readonly string[];
}

export interface RollbackFacts {
  readonly campaign: string;
  readonly lane: Lane;
  readonly criticality: Criticality;
  readonly requester: string;
  readonly now: Instant;
  readonly policy: Policy;
  readonly assets: readonly RollbackAsset[];
}

export interface CompiledRollback {
  readonly kind: 'compiled';
  readonly body: PlanParts;
  readonly leaves: readonly PlanLeaf[];
  /** Hosts that have no way back. */
  readonly leftOut: readonly Reason[];
}

/** People are awake and have signed: a way back that is not begun within a day is planned anew. */
const START_MS = DAY_MS;
/** Who missed so many turns is not there. */
const TURNS_MAX = 6;

/**
 * The way back of these hosts, as their work orders prepared it. It waits for no window: what is broken is down already.
 * Members of one redundancy group go one after the other all the same. // decided 30
 */
export function compileRollback(
  facts: RollbackFacts,
): CompiledRollback | { readonly kind: 'refused'; readonly reasons: readonly Reason[] } {
  const assets = facts.assets.toSorted((a, b) => (a.leaf.assetId < b.leaf.assetId ? -1 : 1));
  const waves = wavesApart(assets.filter(({ leaf }) => leaf.rollback.kind === 'downgrade'));
  const leaves = waves
    .flatMap((wave, index) => wave.map(({ leaf }) => leafBack(leaf, index + 1, turnsOf(index, waves.length, facts))))
    .toSorted((a, b) => (a.assetId < b.assetId ? -1 : 1));
  const leftOut = assets
    .filter(({ leaf }) => leaf.rollback.kind === 'none')
    .map(({ leaf }) => reasonOf('no-way-back', leaf.assetId));
  if (leaves.length === 0) {
    return { kind: 'refused', reasons: leftOut.length > 0 ? leftOut : [reasonOf('nothing-to-plan', facts.campaign)] };
  }
  const summary = summarize(leaves);
  const { campaign, lane, criticality, requester } = facts;
  return {
    kind: 'compiled',
    body: {
      campaign,
      kind: 'rollback',
      lane,
      requester,
      leafCount: leaves.length,
      criticality,
      notAfter: summary.lastEnd + DAY_MS,
      summary,
    },
    leaves,
    leftOut,
  };
}

/** As few waves as there are, none with two members of one group. */
function wavesApart(assets: readonly RollbackAsset[]): RollbackAsset[][] {
  const waves: { readonly members: RollbackAsset[]; readonly groups: Set<string> }[] = [];
  for (const asset of assets) {
    let wave = waves.find(({ groups }) => asset.redundancyGroups.every((group) => !groups.has(group)));
    if (wave === undefined) {
      wave = { members: [], groups: new Set() };
      waves.push(wave);
    }
    wave.members.push(asset);
    for (const group of asset.redundancyGroups) wave.groups.add(group);
  }
  return waves.map(({ members }) => members);
}

/** Alone, all the time there is; else in turns, each so long that the one before is done. The turns come again. */
function turnsOf(index: number, waves: number, { now, lane, policy }: RollbackFacts): Interval[] {
  if (waves === 1) return [{ from: now, until: now + START_MS }];
  const { guardMs, strictSpanMs, expectedDurationMs } = policy.schedule;
  const turnMs = strictSpanMs + expectedDurationMs + policy.lanes[lane].startReserveMs + guardMs;
  const rounds = Math.min(TURNS_MAX, Math.max(1, Math.floor(START_MS / (turnMs * waves))));
  return Array.from({ length: rounds }, (_, round) => {
    const from = now + (index + round * waves) * turnMs;
    return { from, until: from + strictSpanMs };
  });
}

function leafBack(leaf: PlanLeaf, wave: number, intervals: readonly Interval[]): PlanLeaf {
  const changes = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
  return {
    ...leaf,
    wave,
    changes,
    intervals,
    rollback: { kind: 'none', why: 'this is the way back' },
    rollbackGraceMs: 0,
  };
}
