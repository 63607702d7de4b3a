import { SEQUENCE_BATCH_MAX, sequenceLeaves } from '../7-documentation/store.ts';
import type { Db } from '../platform/database.ts';
import { tellChange } from '../platform/live/tell.ts';
import type { Log } from '../platform/log.ts';
import { inTransaction } from '../platform/transaction.ts';
import { tryLock } from './locks.ts';
import { type Loop, startLoop } from './loop.ts';

const LOOK_MS = 1_000;
/** There is one record. */
const RECORD = 1;

/**
 * Gives committed leaves their index, in one sequence without gaps. One server at a time does it; the others need not
 * wait, for whoever holds the lock takes their leaves too, and who comes too late finds them at the next look.
 */
export function startSequencer(db: Db, log: Log): Loop {
  return startLoop({ name: 'the sequencer', everyMs: LOOK_MS, log, look: () => sequence(db) });
}

export async function sequence(db: Db): Promise<'more' | 'done'> {
  return inTransaction(db, async (tx) => {
    if (!(await tryLock(tx, 'sequence', RECORD))) return 'done';
    // A statement of its own, after the lock: its snapshot shows what the last holder committed.
    const sequenced = await sequenceLeaves(tx);
    // Only now the entries have their place in the record, which shows them by it.
    if (sequenced > 0) await tellChange(tx, new Set(['record']));
    return sequenced === SEQUENCE_BATCH_MAX ? 'more' : 'done';
  });
}
