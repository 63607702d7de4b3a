import { setTimeout as pause } from 'node:timers/promises';
import {
  type Claim,
  type ClaimIndex,
  contestingClaims,
  firstReleaseOf,
  indexClaims,
  isFinding,
  type Judgment,
  judge,
  orderOfScope,
  speakingClaims,
  tellingClaims,
} from '@patchsteward/core/1-identification';
import { type VersionOrder, versionKey } from '@patchsteward/core/versions';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Changed, Corridor, GrantedWish, Wish, WishHandler } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { isFleetBehind, isJudgingOpen } from './fleet-lag-store.ts';
import { shareClaims, tryShareClaims } from './judging-lock.ts';
import {
  countSets,
  type FindingRow,
  lockJudgedSet,
  lockNewOfSet,
  lockSetToJudge,
  lockSomeToCount,
  lockSomeToJudge,
  readClaims,
  type SourceVersionRow,
  sourceVersionOf,
  storeJudged,
} from './judging-store.ts';

/** Source versions of one transaction: a kernel has thousands of claims, and all of them are in memory at once. */
const JUDGED_AT_ONCE_MAX = 200;
/** Sets of one transaction; each has a thousand source versions. */
const COUNTED_AT_ONCE_MAX = 100;
/** What an upgrade of a host brings anew. A host that is new to us brings more, and does not wait for its judgment. */
const JUDGED_ON_ARRIVAL_MAX = 50;

const ASSESS_STALE_WISH: Wish = { kind: 'assess', key: 'stale', payload: null };
/** Has the lists over the fleet counted anew. */
export const FLEET_WISH: Wish = { kind: 'fleet', key: 'fleet', payload: null };
/** What must follow wherever judgments changed. */
const FOLLOWING: readonly Wish[] = [ASSESS_STALE_WISH, FLEET_WISH];

/** Between two looks whether those who judge at this moment are done; a step of theirs takes about as long. */
const OTHERS_LOOK_MS = 100;

/** An import wishes this; the import itself grants it at once, and a server that died in between is made up for. */
export const REJUDGE_WISH: Wish = { kind: 'rejudge', key: 'feeds', payload: null };

/** `set:<id>`: what an asset reported; anything else: whatever waits for judgment. */
export const grantRejudge: WishHandler = async ({ key, at }: GrantedWish, tx: Tx): Promise<Changed<void>> => {
  const set = /^set:(\d+)$/.exec(key)?.[1];
  if (set === undefined) {
    const step = await judgeSome(tx, at);
    if (step.kind === 'more') return { value: undefined, wishes: [REJUDGE_WISH] };
    // An import has counted already what it judged; one that died before it did has not.
    return { value: undefined, wishes: (await isFleetBehind(tx)) ? FOLLOWING : [ASSESS_STALE_WISH] };
  }
  await judgeSet(tx, Number(set), at);
  return { value: undefined, wishes: FOLLOWING };
};

/** Judges and counts until nothing waits, and says how many source versions it judged. */
export async function judgeAll(corridor: Corridor, clock: () => Instant): Promise<number> {
  let judged = 0;
  for (;;) {
    const at = clock();
    const step = await corridor.change({ actor: 'system', at }, async (tx) => ({ value: await judgeSome(tx, at) }));
    judged += step.judged;
    if (step.kind === 'done') return judged;
  }
}

/** How many source versions somebody judged, and whether nothing waits any more. */
export interface JudgedTogether {
  readonly judged: number;
  readonly isWhole: boolean;
}

/** Judges what waits, and waits for those who judge some of it at this moment, in the background or on another server. */
export async function judgeTogether(
  { db, corridor, clock }: { readonly db: Db; readonly corridor: Corridor; readonly clock: () => Instant },
  waitMsMax: number,
): Promise<JudgedTogether> {
  let judged = 0;
  for (let waitedMs = 0; ; waitedMs += OTHERS_LOOK_MS) {
    judged += await judgeAll(corridor, clock);
    if (!(await isJudgingOpen(db))) return { judged, isWhole: true };
    if (waitedMs >= waitMsMax) return { judged, isWhole: false };
    await pause(OTHERS_LOOK_MS);
  }
}

interface Arrival {
  /** False: the set is left to whoever grants `set:<id>`. */
  readonly isJudged: boolean;
  /** What must follow beside the assessment of the asset. */
  readonly wishes: readonly Wish[];
}

/**
 * Judges what is new in a set while its report is being accepted: who reads that it was accepted sees it judged. Left for
 * later where it brings too much, somebody judges a part of it at this moment, or claims are changing.
 */
export async function judgeOnArrival(
  tx: Tx,
  { assetId, packageSetId, at }: { readonly assetId: string; readonly packageSetId: number; readonly at: Instant },
): Promise<Arrival> {
  if (!(await tryShareClaims(tx))) return LATER;
  const sources = await lockNewOfSet(tx, packageSetId, JUDGED_ON_ARRIVAL_MAX + 1);
  if (sources.length > JUDGED_ON_ARRIVAL_MAX) return LATER;
  const marksOthers = sources.length > 0 && (await judgeSources(tx, sources, at));
  const wishes = marksOthers ? [REJUDGE_WISH] : [];
  const set = await lockJudgedSet(tx, packageSetId, assetId);
  if (set === undefined) return { isJudged: false, wishes };
  await countSets(tx, [packageSetId], at);
  return { isJudged: true, wishes: set.isShared ? [...wishes, ASSESS_STALE_WISH] : wishes };
}

const LATER: Arrival = { isJudged: false, wishes: [] };

interface JudgingStep {
  readonly kind: 'more' | 'done';
  readonly judged: number;
}

/** One transaction's worth: first judgments, then the counts that hang on them. */
async function judgeSome(tx: Tx, at: Instant): Promise<JudgingStep> {
  await shareClaims(tx);
  const sources = await lockSomeToJudge(tx, JUDGED_AT_ONCE_MAX);
  if (sources.length > 0) {
    await judgeSources(tx, sources, at);
    return { kind: 'more', judged: sources.length };
  }
  const sets = await lockSomeToCount(tx, COUNTED_AT_ONCE_MAX);
  if (sets.length === 0) return { kind: 'done', judged: 0 };
  await countSets(tx, sets, at);
  return { kind: 'more', judged: 0 };
}

/** A set has at most as many source versions as a host may have packages, so this ends. */
async function judgeSet(tx: Tx, packageSetId: number, at: Instant): Promise<void> {
  await shareClaims(tx);
  for (;;) {
    const sources = await lockSetToJudge(tx, packageSetId, JUDGED_AT_ONCE_MAX);
    if (sources.length === 0) break;
    await judgeSources(tx, sources, at);
  }
  await countSets(tx, [packageSetId], at);
}

/** Whether other judgments than before mark sets that were counted already. */
async function judgeSources(tx: Tx, sources: readonly SourceVersionRow[], at: Instant): Promise<boolean> {
  const stored = await readClaims(tx, sources);
  const ids = new Map(stored.map(({ id, claim }) => [claim, id]));
  const index = indexClaims(ids.keys());
  const findings = sources.flatMap((source) => findingsOf(source, index, ids));
  return storeJudged(tx, sources, findings, at);
}

/** What core says of one source version, as rows. The ranges of a distribution do not speak of third-party packages. */
function findingsOf(row: SourceVersionRow, claims: ClaimIndex, ids: ReadonlyMap<Claim, number>): FindingRow[] {
  const order = orderOfScope(row.scope);
  if (row.third_party || order === null || !order.isValid(row.version)) return [];
  const version = sourceVersionOf(row);
  return judge(version, speakingClaims({ version, order }, claims), order)
    .filter((judgment) => isFinding(judgment) || contestingClaims(judgment).length > 0)
    .map((judgment) => findingOf(row, judgment, ids, order));
}

function findingOf(
  row: SourceVersionRow,
  judgment: Judgment,
  ids: ReadonlyMap<Claim, number>,
  order: VersionOrder,
): FindingRow {
  const { fixed } = judgment;
  const release = firstReleaseOf(judgment, row.version, order);
  return {
    source_version_id: row.id,
    vulnerability: judgment.vulnerability,
    affected: isFinding(judgment),
    claim_id: idOf(judgment.winner, ids),
    status: judgment.status,
    fixed,
    fixed_key: fixed === null ? null : keyText(versionKey(order, fixed)),
    why: judgment.why,
    losing: judgment.losing.map(({ claim, because }) => [idOf(claim, ids), because]),
    told_by: tellingClaims(judgment, row.version, order).map((claim) => idOf(claim, ids)),
    released_at: release === null ? null : new Date(release.at).toISOString(),
    released_precision: release?.precision ?? null,
  };
}

function keyText(key: Uint8Array | null): string | null {
  return key === null ? null : `\\x${Buffer.from(key).toString('hex')}`;
}

function idOf(claim: Claim, ids: ReadonlyMap<Claim, number>): number {
  const id = ids.get(claim);
  if (id === undefined) throw new TypeError(`a judgment rests on a claim it was not given: ${claim.advisory}`);
  return id;
}
