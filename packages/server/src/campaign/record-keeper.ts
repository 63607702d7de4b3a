import type { KeyObject } from 'node:crypto';
import type { Instant } from '@patchsteward/core/vocabulary';
import { makeCheckpoint, RecordTampered } from '../7-documentation/checkpoint.ts';
import { readRemembered, remember } from '../7-documentation/remembered-head.ts';
import { SEQUENCE_BATCH_MAX, sequenceLeaves } from '../7-documentation/store.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { inTransaction } from '../platform/transaction.ts';
import { tryLock } from './locks.ts';
import { type Loop, startLoop } from './loop.ts';

/** What was acknowledged is under a signature within a minute; half of it leaves room for a busy moment. */
const CHECKPOINT_EVERY_MS = 30_000;
/** There is one record. */
const RECORD = 1;
/** Another server may hold the sequence for a moment; each of these waits for it once more. */
const SETTLE_ATTEMPTS_MAX = 200;
const SETTLE_PAUSE_MS = 25;

interface Keeping {
  readonly db: Db;
  readonly key: KeyObject;
  /** Where the last checkpoint is remembered outside of the database. */
  readonly headPath: string;
  readonly clock: () => Instant;
}

/** Signs what the record is, now and then. // invariant L7 */
export function startCheckpoints(keeping: Keeping, log: Log): Loop {
  return startLoop({
    name: 'the checkpoints of the record',
    everyMs: CHECKPOINT_EVERY_MS,
    log,
    look: async () => {
      await checkpoint(keeping);
      return 'done';
    },
  });
}

/**
 * Every entry that is committed by now gets its place and comes under a signature; answers with the checkpoint that is
 * remembered. Where the database was changed behind our back nothing is signed, and the remembered one tells.
 */
export async function settleRecord(keeping: Keeping): Promise<string | null> {
  for (let attempt = 1; attempt <= SETTLE_ATTEMPTS_MAX; attempt += 1) {
    try {
      if (await checkpoint(keeping)) break;
    } catch (error) {
      if (!(error instanceof RecordTampered)) throw error;
      break;
    }
    if (attempt === SETTLE_ATTEMPTS_MAX) {
      throw new Error('another server holds the sequence of the record and does not let go of it');
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS));
  }
  return (await readRemembered(keeping.headPath))?.note ?? null;
}

/** False: another server holds the sequence. */
async function checkpoint({ db, key, headPath, clock }: Keeping): Promise<boolean> {
  const remembered = await readRemembered(headPath);
  const made = await inTransaction(db, async (tx) => {
    if (!(await tryLock(tx, 'sequence', RECORD))) return 'busy';
    while ((await sequenceLeaves(tx)) === SEQUENCE_BATCH_MAX);
    return makeCheckpoint(tx, { key, at: clock(), remembered });
  });
  if (made === 'busy') return false;
  // After the commit: a crash between the two leaves an older checkpoint here, which is one of the record as well.
  if (made !== null && made.size > (remembered?.size ?? 0)) await remember(headPath, made);
  return true;
}
