import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Advisory locks of ours, in a space of their own (the first of the two numbers). // PostgreSQL §13.3.5 */
const SPACE = { sequence: 0x7073_0001, wish: 0x7073_0002 } as const;
/** The second number is four bytes wide; two wishes that fall on one number wait for each other, no more. */
const NUMBER_MAX = 0x7fff_ffff;

/** Held to the end of the transaction, and given back by the database itself when its holder dies. */
export async function tryLock(tx: Tx, space: keyof typeof SPACE, number: number): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(${SPACE[space]}::integer, ${number % NUMBER_MAX}::integer) as held
  `.execute(tx);
  return rows[0]?.held === true;
}
