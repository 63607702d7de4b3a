import {
  type BelievedSeverity,
  believedSeverity,
  type Counting,
  countingAfter,
  isRaised,
  newestPoint,
  type Rating,
} from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '@patchsteward/trust';
import type { Corridor } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { type MovedBy, storeHeld, storeUrgencyChanges, type UrgencyChange } from './held-store.ts';
import { REJUDGE_WISH } from './judging.ts';
import {
  type BelievedRow,
  lockCounting,
  readTouched,
  type SaidOf,
  storeBelieved,
  touchOtherwiseBelieved,
} from './rating-store.ts';
import { markSetsWith } from './severity-store.ts';

/** Vulnerabilities taken up at once: some megabytes of what is said of them. */
const BELIEVED_AT_ONCE_MAX = 5_000;

/** Whom to believe, and from where on a rating is urgent. */
type Believing = Pick<Policy, 'severity' | 'critical'>;

/** Under '' what counts where no vendor of the distribution speaks. */
export type BelievedBy = Readonly<Record<string, BelievedSeverity>>;

/** The order of whom to believe, as it stands beside what was made by it. */
function voicesText({ severity }: Pick<Policy, 'severity'>): string {
  return severity.voices.join(' ');
}

/** Another policy believes others: what counts is decided anew, before anybody asks. Says of how many vulnerabilities. */
export async function believeAnew(corridor: Corridor, policy: Believing, clock: () => Instant): Promise<number> {
  let believed = 0;
  for (;;) {
    const at = clock();
    const some = await corridor.change({ actor: 'system', at }, async (tx) => {
      const touched = await touchOtherwiseBelieved(tx, voicesText(policy), BELIEVED_AT_ONCE_MAX);
      // Whoever wrote the policy has agreed to what follows from it.
      await believeAll(tx, policy, { feed: null, at }, () => Promise.resolve(new Map()));
      return { value: touched, wishes: touched === 0 ? [] : [REJUDGE_WISH] };
    });
    believed += some;
    if (some === 0) return believed;
  }
}

/**
 * Decides anew what counts of all that was touched (`rating_touched`), and marks what was assessed by it. What some
 * source version is affected by becomes more urgent at once, and less by a person alone. // decided 19c, SOP P2.1
 */
export async function believeTouched(tx: Tx, policy: Believing, by: MovedBy): Promise<void> {
  await believeAll(tx, policy, by, lockCounting);
}

async function believeAll(
  tx: Tx,
  policy: Believing,
  by: MovedBy,
  countingOf: (tx: Tx, vulnerabilities: readonly string[]) => Promise<ReadonlyMap<string, Counting>>,
): Promise<void> {
  let after = '';
  for (;;) {
    const said = await readTouched(tx, after, BELIEVED_AT_ONCE_MAX);
    const last = said.at(-1);
    if (last === undefined) return;
    const about = said.map(({ vulnerability }) => vulnerability);
    const before = await countingOf(tx, about);
    const moved = said.map((one) => movedRow(one, before.get(one.vulnerability), policy));
    const held = moved.flatMap(({ row, waits }) =>
      waits === null ? [] : [{ vulnerability: row.vulnerability, what: 'rating' as const, says: waits }],
    );
    const rated = await storeBelieved(
      tx,
      moved.map(({ row }) => row),
    );
    const waiting = await storeHeld(tx, 'rating', { about, held }, by);
    await storeUrgencyChanges(tx, 'rating', changesOf(moved, new Set(waiting)), by);
    const changed = [...new Set([...rated, ...waiting])];
    if (changed.length > 0) await markSetsWith(tx, changed);
    after = last.vulnerability;
  }
}

interface MovedRow {
  readonly row: BelievedRow;
  /** null: it was urgent for nobody before. */
  readonly before: Counting | null;
  /** What sources say, where that is less than what counts. */
  readonly waits: Counting | null;
  readonly raised: boolean;
}

function movedRow(
  { vulnerability, ratings, points }: SaidOf,
  before: Counting | undefined,
  policy: Believing,
): MovedRow {
  const now: Counting = { believed: believedBy(ratings, policy), ssvc: newestPoint(points) };
  const plain = { vulnerability, voices: voicesText(policy) };
  if (before === undefined) return { row: { ...plain, ...now }, before: null, waits: null, raised: false };
  const counts = countingAfter(before, now, policy);
  const isHeld = canonicalJson(now) !== canonicalJson(counts);
  return { row: { ...plain, ...counts }, before, waits: isHeld ? now : null, raised: isRaised(before, counts, policy) };
}

function changesOf(moved: readonly MovedRow[], waiting: ReadonlySet<string>): UrgencyChange[] {
  return moved.flatMap(({ row: { vulnerability, believed, ssvc }, before, raised, waits }): UrgencyChange[] => {
    if (before === null) return [];
    const counts = { believed, ssvc };
    return [
      ...(raised ? [{ vulnerability, kind: 'raised' as const, before, after: counts }] : []),
      ...(waits !== null && waiting.has(vulnerability)
        ? [{ vulnerability, kind: 'held' as const, before: counts, after: waits }]
        : []),
    ];
  });
}

/** Every distribution whose vendor speaks has an answer of its own. */
function believedBy(ratings: readonly Rating[], policy: Pick<Policy, 'severity'>): BelievedBy {
  const vendors = ratings.map(({ distribution }) => distribution).filter((distribution) => distribution !== null);
  return Object.fromEntries(
    [null, ...new Set(vendors)].map((distribution) => [
      distribution ?? '',
      believedSeverity(ratings, distribution, policy),
    ]),
  );
}
