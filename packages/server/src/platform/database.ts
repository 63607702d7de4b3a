import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type pg from 'pg';
import { type ConnectionOptions, type DatabaseAddress, guardedPool, keptPlansPool, openPool } from './connections.ts';
import type { Log } from './log.ts';
import type { Tables } from './tables.ts';

/** Queries outside of a transaction: each sees what was committed when it began. */
export type Db = Kysely<Tables>;
/** Queries of one transaction. */
export type Tx = Transaction<Tables>;
/** For reads that may run in either. */
export type Reader = Db | Tx;

export interface Database {
  readonly db: Db;
  /**
   * The same for pages that look up what they show by its keys: the database keeps the plans of what is asked again and again,
   * which takes it longer than to answer. Not for what is found by words, whose best plan hangs on how frequent they are.
   */
  readonly keptPlans: Db;
  /** For what the query builder has no word for: COPY, LISTEN. */
  readonly pool: pg.Pool;
  readonly address: DatabaseAddress;
  readonly close: () => Promise<void>;
}

export function openDatabase(address: DatabaseAddress, log: Log, options: ConnectionOptions = {}): Database {
  const pool = openPool(address, log, options);
  const guarded = guardedPool(pool);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guarded }) });
  const keptPlans = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: keptPlansPool(guarded) }) });
  return {
    ...{ db, keptPlans },
    pool,
    address,
    close: async () => {
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}
