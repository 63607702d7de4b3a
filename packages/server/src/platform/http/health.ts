import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { Handlers } from './bind.ts';
import { Refusal } from './refusal.ts';

export interface HealthServices {
  readonly db: Db;
  /** Names of the migrations this program carries. */
  readonly migrations: readonly string[];
}

export type HealthRouteId = 'health.live' | 'health.ready';

/** For supervisors: live while the process answers, ready while it can serve. */
export function healthRoutes({ db, migrations }: HealthServices): Handlers<HealthRouteId> {
  return {
    'health.live': () => Promise.resolve({ status: 'up', checks: {} }),
    'health.ready': async () => {
      // A database that is gone answers for itself: 503 with database-gone.
      const applied = await sql<{ name: string }>`select name from platform.migration_hash order by name`.execute(db);
      const names = applied.rows.map((row) => row.name);
      if (names.join() !== migrations.join()) {
        throw new Refusal(
          'shutting-down',
          'The database was migrated by another version of the program; this one must be replaced.',
        );
      }
      return { status: 'up', checks: { database: 'up', schema: names.at(-1) ?? 'empty' } };
    },
  };
}
