import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Changed, Corridor, GrantedWish, TimerChange } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { countAll } from './fleet-count.ts';
import { isFleetBehind, readSeen } from './fleet-lag-store.ts';
import { type LastCount, lockLastCount, storeCount, waitLonger } from './fleet-store.ts';
import type { AnswersByAsset } from './fleet-urgency.ts';

/** Counting takes at most this share of the time: twenty thousand hosts that all report changes do not keep it busy. */
const COUNTING_SHARE_MAX = 0.1;

/** What shows the counts. */
const COUNTED = ['findings', 'updates', 'exposure', 'severities', 'overview'] as const;

/** What counting goes by. */
export interface Counting {
  readonly clock: () => Instant;
  readonly policy: Policy;
  /** What people answered to risks, on all assets; given by whoever knows step 2. */
  readonly readSaid: (reader: Reader) => Promise<AnswersByAsset>;
}

/** What was put off is counted by whoever counts first. */
const NOT_PUT_OFF: TimerChange = { kind: 'fleet', subject: 'fleet', due: null };

/**
 * Grants `fleet`: counts what is found and offered over the fleet, or puts it off where it was counted just now. Where
 * a count, such as that of an import, has seen everything since the wish, there is nothing to do.
 */
export async function grantFleet({ at }: GrantedWish, tx: Tx, counting: Counting): Promise<Changed<void>> {
  const last = await lockLastCount(tx);
  if (last !== null && !(await isFleetBehind(tx))) return { value: undefined };
  const due = last === null ? at : dueAfter(last);
  if (due > at) return { value: undefined, timers: [{ kind: 'fleet', subject: 'fleet', due }] };
  await count(tx, at, counting);
  return { value: undefined, touched: COUNTED, timers: [NOT_PUT_OFF] };
}

/** The row of the last count is locked: nobody puts off, and nobody else counts, until this is committed. */
async function count(tx: Tx, at: Instant, { clock, policy, readSaid }: Counting): Promise<void> {
  const started = clock();
  const seen = await readSeen(tx);
  await countAll(tx, { policy, said: await readSaid(tx), now: at });
  await storeCount(tx, { countedAt: at, durationMs: clock() - started, seen });
}

function dueAfter({ countedAt, durationMs }: LastCount): Instant {
  return countedAt + Math.round(durationMs / COUNTING_SHARE_MAX);
}

/** Of a hundred thousand hosts a count takes half a minute on a busy machine, and the next one waits for it. */
const COUNT_WAIT_MS_MAX = 180_000;

/** For an import, whose caller reads the lists next: it is never put off, and waits for who counts at this moment. */
export async function countFleet(corridor: Corridor, counting: Counting): Promise<void> {
  const at = counting.clock();
  await corridor.change({ actor: 'system', at }, async (tx) => {
    await waitLonger(tx, COUNT_WAIT_MS_MAX);
    await lockLastCount(tx);
    await count(tx, at, counting);
    return { value: undefined, touched: COUNTED, timers: [NOT_PUT_OFF] };
  });
}
