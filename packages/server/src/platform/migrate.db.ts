import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { migrate } from './migrate.ts';
import { type NumberedMigration, readMigrations } from './migrations.ts';
import { createBareDatabase, describeWithDatabase, type TestDatabase } from './testing/database.ts';

const log = createLog({ level: 'silent' });
const migration = (name: string, sql: string): NumberedMigration => ({ name, sql, hash: `sha256:${sql}` });
const first = migration('0001_a', 'create schema a; create table a.t (id int)');
const second = migration('0002_b', 'alter table a.t add column n int');
const broken = migration('0003_c', 'create table a.u (id int); select * from nowhere');

describeWithDatabase('migrations', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createBareDatabase();
  });
  afterEach(() => database.close());

  const run = (...migrations: readonly NumberedMigration[]) => migrate(database.address, log, migrations);
  const columns = async () => {
    const { rows } = await database.pool.query(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'a' order by 1`,
    );
    return rows.map((row) => row.name);
  };

  it('run once each, in their order', async () => {
    expect(await run(first)).toEqual(['0001_a']);
    expect(await run(first, second)).toEqual(['0002_b']);
    expect(await run(first, second)).toEqual([]);
    expect(await columns()).toEqual(['t.id', 't.n']);
  });

  it('run once when several servers start together', async () => {
    const done = await Promise.all([run(first, second), run(first, second), run(first, second)]);

    expect(done.flat().sort()).toEqual(['0001_a', '0002_b']);
  });

  it('of ours make the schema from nothing', async () => {
    const ours = await readMigrations();

    expect(await migrate(database.address, log)).toEqual(ours.map(({ name }) => name));
  });

  it('change nothing when one of them fails', async () => {
    await run(first);

    await expect(run(first, second, broken)).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining('0003_c'),
    });

    expect(await columns()).toEqual(['t.id']);
    expect(await run(first, second)).toEqual(['0002_b']);
  });

  it('are refused on the database of a newer program', async () => {
    await run(first, second);

    await expect(run(first)).rejects.toMatchObject({
      code: 'database-newer',
      message: expect.stringContaining('0002_b'),
      whatToDo: expect.stringContaining('newer version'),
    });
  });

  it('are refused when one was edited after it had been applied', async () => {
    await run(first);

    await expect(run(migration('0001_a', `${first.sql} `))).rejects.toMatchObject({
      code: 'migration-edited',
      message: expect.stringContaining('0001_a'),
    });
  });

  it('say so where there is no database', async () => {
    await expect(migrate({ url: 'postgres://127.0.0.1:9/none' }, log)).rejects.toMatchObject({
      code: 'database-unreachable',
      whatToDo: expect.stringContaining('PATCHSTEWARD_DATABASE_URL'),
    });
  });

  it('say so where the database does not exist', async () => {
    const address = { ...database.address, database: 'none' };

    await expect(migrate(address, log)).rejects.toMatchObject({ code: 'database-unreachable' });
  });
});
