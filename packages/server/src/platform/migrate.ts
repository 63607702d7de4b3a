import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { POSTGRES_MAJOR_MIN } from './cluster/binaries.ts';
import type { DatabaseAddress } from './connections.ts';
import { type Db, openDatabase } from './database.ts';
import { databaseFailureOf } from './database-failure.ts';
import type { Log } from './log.ts';
import { type NumberedMigration, readMigrations } from './migrations.ts';
import { StartRefusal } from './start-refusal.ts';
import { messageOf } from './system-error.ts';

/** Keeps the bookkeeping out of the rooms' schemas. */
const BOOKKEEPING_SCHEMA = 'platform';
/** 0 means no limit: a migration of a large table takes as long as it takes. */
const UNLIMITED_MS = 0;

/**
 * Brings the schema to this program's. Several servers may do it at once: a lock lets one through, the others then
 * find nothing to do. Forward only; a database that a newer program has migrated is left alone.
 */
export async function migrate(
  address: DatabaseAddress,
  log: Log,
  migrations?: readonly NumberedMigration[],
): Promise<readonly string[]> {
  const wanted = migrations ?? (await readMigrations());
  const { db, close } = openDatabase(address, log, {
    connectionsMax: 2,
    statementMsMax: UNLIMITED_MS,
    lockMsMax: UNLIMITED_MS,
  });
  try {
    await refuseOldServer(db);
    await refuseForeignHistory(db, wanted);
    return await migrateToLatest(db, wanted, log);
  } catch (error) {
    if (error instanceof StartRefusal) throw error;
    throw unreachable(error);
  } finally {
    await close();
  }
}

async function migrateToLatest(db: Db, wanted: readonly NumberedMigration[], log: Log): Promise<readonly string[]> {
  const migrator = new Migrator({
    db,
    migrationTableSchema: BOOKKEEPING_SCHEMA,
    provider: {
      getMigrations: () => Promise.resolve(Object.fromEntries(wanted.map((one) => [one.name, stepOf(one)]))),
    },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    if (databaseFailureOf(error) !== undefined) throw unreachable(error);
    const failed = results?.find((one) => one.status === 'Error')?.migrationName ?? 'the history';
    throw new StartRefusal(
      'migration-failed',
      `The database could not be migrated (${failed}): ${messageOf(error)}. Nothing was changed.`,
      'Report this with the text above; the former version of the program still runs on this database.',
      { cause: error },
    );
  }
  const done = (results ?? []).map((one) => one.migrationName);
  if (done.length > 0) log.info({ migrations: done }, 'database migrated');
  return done;
}

function stepOf(migration: NumberedMigration) {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      await sql`create table if not exists platform.migration_hash (name text primary key, hash text not null)`.execute(
        db,
      );
      await sql.raw(migration.sql).execute(db);
      await sql`insert into platform.migration_hash (name, hash) values (${migration.name}, ${migration.hash})`.execute(
        db,
      );
    },
  };
}

async function refuseOldServer(db: Db): Promise<void> {
  const { rows } = await sql<{ number: number; version: string }>`
    select current_setting('server_version_num')::integer as number, current_setting('server_version') as version
  `.execute(db);
  const server = rows[0];
  if (server === undefined || server.number < POSTGRES_MAJOR_MIN * 10_000) {
    throw new StartRefusal(
      'database-too-old',
      `The database is PostgreSQL ${server?.version ?? 'of an unknown version'}; ${POSTGRES_MAJOR_MIN} or newer is needed.`,
      'Upgrade the database server, or leave PATCHSTEWARD_DATABASE_URL unset to use a private one.',
    );
  }
}

/** What was applied must be what this program carries, byte for byte. */
async function refuseForeignHistory(db: Db, wanted: readonly NumberedMigration[]): Promise<void> {
  const known = await sql<{ known: boolean }>`
    select to_regclass('platform.migration_hash') is not null as known
  `.execute(db);
  if (known.rows[0]?.known !== true) return;
  const applied = await sql<{ name: string; hash: string }>`
    select name, hash from platform.migration_hash order by name
  `.execute(db);
  const carried = new Map(wanted.map((one) => [one.name, one.hash]));
  for (const { name, hash } of applied.rows) refuseUnlessCarried(name, hash, carried.get(name));
}

function refuseUnlessCarried(name: string, applied: string, carried: string | undefined): void {
  if (carried === undefined) {
    throw new StartRefusal(
      'database-newer',
      `The database was migrated by a newer version of the program (it has ${name}).`,
      'Start that newer version, or restore a backup from before the upgrade.',
    );
  }
  if (carried !== applied) {
    throw new StartRefusal(
      'migration-edited',
      `The migration ${name} was changed after it had been applied to this database.`,
      'Install the program again from its release; in development, use a fresh database or write a new migration.',
    );
  }
}

function unreachable(error: unknown): StartRefusal {
  return new StartRefusal(
    databaseFailureOf(error) === 'disk-full' ? 'disk-full' : 'database-unreachable',
    `The database does not answer: ${messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error)}`,
    'Check that the database runs, that address and password in PATCHSTEWARD_DATABASE_URL are right, and that its disk has room.',
    { cause: error },
  );
}
