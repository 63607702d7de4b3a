import pg from 'pg';
import type { TestDatabase } from '../../platform/testing/database.ts';

export interface Writes {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

const COUNTERS = `
  select schemaname || '.' || relname as name, n_tup_ins as inserted, n_tup_upd as updated, n_tup_del as deleted
  from pg_stat_user_tables
`;

/** What the server wrote while `act` ran, per table, as PostgreSQL itself counted it. Tables without writes are left out. */
export async function writesOf(database: TestDatabase, act: () => Promise<void>): Promise<Record<string, Writes>> {
  const before = await counters(database);
  await act();
  const after = await counters(database);
  const written: Record<string, Writes> = {};
  for (const [name, count] of after) {
    const was = before.get(name) ?? { inserted: 0, updated: 0, deleted: 0 };
    const writes = {
      inserted: count.inserted - was.inserted,
      updated: count.updated - was.updated,
      deleted: count.deleted - was.deleted,
    };
    if (Object.values(writes).some((rows) => rows !== 0)) written[name] = writes;
  }
  return written;
}

/**
 * Backends report their counts now and then; those of the server are asked to report now. All of its connections are
 * held at once, so that none is away at other work while it should report.
 */
async function counters(database: TestDatabase): Promise<Map<string, Writes>> {
  const held = await Promise.all(Array.from({ length: database.pool.options.max }, () => database.pool.connect()));
  for (const connection of held) {
    await connection.query('select pg_stat_force_next_flush()');
    connection.release();
  }
  const client = new pg.Client(database.address);
  await client.connect();
  try {
    const { rows } = await client.query<Writes & { name: string }>(COUNTERS);
    return new Map(
      rows.map(({ name, inserted, updated, deleted }) => [
        name,
        { inserted: Number(inserted), updated: Number(updated), deleted: Number(deleted) },
      ]),
    );
  } finally {
    await client.end();
  }
}
