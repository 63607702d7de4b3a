import { type BelievedSeverity, believedSeverity, newestPoint, type Rating } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { REJUDGE_WISH } from './judging.ts';
import { type BelievedRow, readTouched, type SaidOf, storeBelieved, touchOtherwiseBelieved } from './rating-store.ts';
import { markSetsWith } from './severity-store.ts';

/** Vulnerabilities taken up at once: some megabytes of what is said of them. */
const BELIEVED_AT_ONCE_MAX = 5_000;

/** Under '' what counts where no vendor of the distribution speaks. */
export type BelievedBy = Readonly<Record<string, BelievedSeverity>>;

/** The order of whom to believe, as it stands beside what was made by it. */
function voicesText({ severity }: Pick<Policy, 'severity'>): string {
  return severity.voices.join(' ');
}

/** Another policy believes others: what counts is decided anew, before anybody asks. Says of how many vulnerabilities. */
export async function believeAnew(
  corridor: Corridor,
  policy: Pick<Policy, 'severity'>,
  clock: () => Instant,
): Promise<number> {
  let believed = 0;
  for (;;) {
    const some = await corridor.change({ actor: 'system', at: clock() }, async (tx) => {
      const touched = await touchOtherwiseBelieved(tx, voicesText(policy), BELIEVED_AT_ONCE_MAX);
      await believeTouched(tx, policy);
      return { value: touched, wishes: touched === 0 ? [] : [REJUDGE_WISH] };
    });
    believed += some;
    if (some === 0) return believed;
  }
}

/** Decides anew what counts of all that was touched (`rating_touched`), and marks what was assessed by it. // decided 19c */
export async function believeTouched(tx: Tx, policy: Pick<Policy, 'severity'>): Promise<void> {
  let after = '';
  for (;;) {
    const said = await readTouched(tx, after, BELIEVED_AT_ONCE_MAX);
    const last = said.at(-1);
    if (last === undefined) return;
    const changed = await storeBelieved(
      tx,
      said.map((one) => believedRow(one, policy)),
    );
    if (changed.length > 0) await markSetsWith(tx, changed);
    after = last.vulnerability;
  }
}

function believedRow({ vulnerability, ratings, points }: SaidOf, policy: Pick<Policy, 'severity'>): BelievedRow {
  return {
    ...{ vulnerability, voices: voicesText(policy) },
    believed: believedBy(ratings, policy),
    ssvc: newestPoint(points),
  };
}

/** Every distribution whose vendor speaks has an answer of its own. */
export function believedBy(ratings: readonly Rating[], policy: Pick<Policy, 'severity'>): BelievedBy {
  const vendors = ratings.map(({ distribution }) => distribution).filter((distribution) => distribution !== null);
  return Object.fromEntries(
    [null, ...new Set(vendors)].map((distribution) => [
      distribution ?? '',
      believedSeverity(ratings, distribution, policy),
    ]),
  );
}
