import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import { condensed } from './change-words.ts';

/** Every server of one database listens to it. */
export const CHANNEL = 'patchsteward_changed';

/**
 * Says in the transaction of a change what changed: PostgreSQL passes it on when the transaction commits and forgets it
 * with a rollback. A hundred words of fifty characters stay below the 8,000 bytes of a payload. // PostgreSQL NOTIFY
 */
export async function tellChange(tx: Tx, words: ReadonlySet<string>): Promise<void> {
  if (words.size === 0) return;
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(condensed(words))})`.execute(tx);
}
