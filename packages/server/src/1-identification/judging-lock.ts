import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Between claims that change and judgments that are made by them. // PostgreSQL §13.3.5 */
const CLAIMS_LOCK = 0x7073_0040;

/**
 * Whoever judges holds the claims as they are until its judgments are committed. A merge that marks what is to be judged
 * again sees them then, and no judgment rests on what was overtaken while it was made. Taken before any row is locked.
 */
export async function shareClaims(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${CLAIMS_LOCK}::bigint)`.execute(tx);
}

/** False: claims are changing at this moment. */
export async function tryShareClaims(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock_shared(${CLAIMS_LOCK}::bigint) as held
  `.execute(tx);
  return rows[0]?.held === true;
}

/** Waits for those who judge, before it marks what they must judge again; who comes later sees what this one commits. */
export async function holdClaims(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CLAIMS_LOCK}::bigint)`.execute(tx);
}
