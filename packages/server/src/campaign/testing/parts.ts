import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { Mint } from '../corridor.ts';

export const testMint: Mint = { newId: () => newId(), randomBytes: (count) => randomBytes(count) };

export interface RecordedLeaf {
  readonly index: number | null;
  readonly kind: string;
  readonly subject: string;
}

export async function readLeaves(db: Db): Promise<RecordedLeaf[]> {
  return db.selectFrom('documentation.leaf').select(['index', 'kind', 'subject']).orderBy('serial').execute();
}

/** A table that a test's own work writes to, to see what a transaction left behind. */
export async function createScratchTable(db: Db): Promise<void> {
  await sql`create table scratch (value text primary key)`.execute(db);
}

export async function readScratch(db: Db): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`select value from scratch order by value`.execute(db);
  return rows.map((row) => row.value);
}
