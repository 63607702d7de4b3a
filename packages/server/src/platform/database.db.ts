import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json, timestamp } from './column-types.ts';
import { openDatabase } from './database.ts';
import { brokenUniqueConstraint, databaseFailureOf } from './database-failure.ts';
import { createLog } from './log.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from './testing/database.ts';
import { inTransaction, TRANSACTION_ATTEMPTS_MAX } from './transaction.ts';

const log = createLog({ level: 'silent' });

describeWithDatabase('the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await sql`create table public.thing (id int primary key, n int not null default 0)`.execute(database.db);
    await sql`insert into public.thing (id) values (1), (2)`.execute(database.db);
  });
  afterAll(() => database.close());

  const failureOf = (query: Promise<unknown>) =>
    query.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('gives instants, counts, days and JSON as values of ours', async () => {
    const { rows } = await sql`select
      '2026-11-22 15:40:00.123+00'::timestamptz as instant,
      count(*) as count,
      array[1::bigint, null] as counts,
      array['2026-11-22 15:40:00+00'::timestamptz] as instants,
      '2026-11-22'::date as day,
      1.10::numeric as exact,
      '{"a": [1]}'::jsonb as json,
      '\\x00ff'::bytea as bytes
    `.execute(database.db);

    expect(rows).toEqual([
      {
        instant: Date.UTC(2026, 10, 22, 15, 40, 0, 123),
        count: 1,
        counts: [1, null],
        instants: [Date.UTC(2026, 10, 22, 15, 40)],
        day: '2026-11-22',
        exact: '1.10',
        json: { a: [1] },
        bytes: Buffer.from([0, 255]),
      },
    ]);
  });

  describe('of what is asked again and again', () => {
    let only: ReturnType<typeof openDatabase>;
    beforeAll(async () => {
      only = openDatabase(database.address, log, { connectionsMax: 1 });
      await sql`create table public.wide (id int primary key)`.execute(database.db);
      await sql`insert into public.wide values (7)`.execute(database.db);
    });
    afterAll(() => only.close());

    const wide = async () =>
      (await sql<object>`select * from public.wide where id = ${7}`.execute(only.keptPlans)).rows;
    const kept = async (part: string) => {
      const asked = sql<{ statement: string }>`select statement from pg_prepared_statements`;
      return (await asked.execute(only.db)).rows.filter(({ statement }) => statement.includes(part));
    };

    it('keeps the plan, and answers the same', async () => {
      for (let time = 0; time < 8; time += 1) expect(await wide()).toEqual([{ id: 7 }]);

      expect(await kept('public.wide')).toHaveLength(1);
    });

    it('answers when the plan cannot be kept: a column more, a connection that forgot it', async () => {
      for (let time = 0; time < 8; time += 1) await wide();
      await sql`alter table public.wide add column name text`.execute(database.db);
      expect(await wide()).toEqual([{ id: 7, name: null }]);

      const count = async () =>
        (await sql<{ n: number }>`select count(*) as n from public.wide`.execute(only.keptPlans)).rows;
      for (let time = 0; time < 8; time += 1) await count();
      await sql`deallocate all`.execute(only.db);
      expect(await count()).toEqual([{ n: 1 }]);
    });

    it('keeps none within a transaction, where a statement that fails cannot be asked again', async () => {
      await only.keptPlans.transaction().execute(async (tx) => {
        for (let time = 0; time < 8; time += 1) await sql`select id as within from public.wide`.execute(tx);
      });

      expect(await kept('as within')).toEqual([]);
    });

    it('asks what is wrong once more at most, and says so', async () => {
      const wrong = () => failureOf(sql`select 1; select 2; selec`.execute(only.keptPlans));
      for (let time = 0; time < 8; time += 1) expect(await wrong()).toMatchObject({ code: '42601' });
    });
  });

  it.each([0, -1, Date.UTC(2026, 10, 22), 253_402_300_799_999])(
    'takes the instant %i and gives it back',
    async (instant) => {
      const { rows } = await sql<{ at: number }>`select ${timestamp(instant)} as at`.execute(database.db);

      expect(rows[0]?.at).toBe(instant);
    },
  );

  it.each([[[]], [[1, [2]]], ['text'], [null], [{ quote: `'"\\` }]])(
    'takes the JSON %j and gives it back',
    async (value) => {
      const { rows } = await sql<{ value: unknown }>`select ${json(value)} as value`.execute(database.db);

      expect(rows[0]?.value).toEqual(value);
    },
  );

  it('gives lists of any texts back', async () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('NULL', 'null', 'a,b', '{}', '"', '\\', ' ', 'é'),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word), async (words) => {
        const { rows } = await sql<{ words: unknown }>`select ${words}::text[] as words`.execute(database.db);

        expect(rows[0]?.words).toEqual(words);
      }),
    );
  });

  it('repeats a transaction that another one made impossible', async () => {
    let attempts = 0;
    let meet: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      let here = 0;
      meet = () => {
        here += 1;
        if (here === 2) resolve();
      };
    });
    const swap = (first: number, second: number) =>
      inTransaction(database.db, async (tx) => {
        attempts += 1;
        await sql`update public.thing set n = n + 1 where id = ${first}`.execute(tx);
        meet();
        await both;
        await sql`update public.thing set n = n + 1 where id = ${second}`.execute(tx);
      });

    await Promise.all([swap(1, 2), swap(2, 1)]);

    const { rows } = await sql`select n from public.thing order by id`.execute(database.db);
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    expect(attempts).toBe(3);
  });

  it('gives up on one that never succeeds, and never repeats another kind of failure', async () => {
    let attempts = 0;
    const failing = (state: string) =>
      failureOf(
        inTransaction(database.db, async (tx) => {
          attempts += 1;
          await sql.raw(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`).execute(tx);
        }),
      );

    expect(await failing('40001')).toMatchObject({ code: '40001' });
    expect(attempts).toBe(TRANSACTION_ATTEMPTS_MAX);
    attempts = 0;
    expect(await failing('23514')).toMatchObject({ code: '23514' });
    expect(attempts).toBe(1);
  });

  describe('names a failure', () => {
    it.each([
      ['53100', 'disk-full'],
      ['57P01', 'database-gone'],
      ['57P03', 'database-gone'],
      ['53300', 'database-gone'],
      ['08006', 'database-gone'],
      ['23505', undefined],
      ['57014', undefined],
    ])('%s as %s', async (state, expected) => {
      const error = await failureOf(
        sql.raw(`do $$ begin raise exception 'x' using errcode = '${state}'; end $$`).execute(database.db),
      );

      expect(databaseFailureOf(error)).toBe(expected);
    });

    it('of a connection that is cut', async () => {
      const cut = failureOf(sql`select pg_sleep(20)`.execute(database.db));
      await sql`select pg_sleep(0.1)`.execute(database.db);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db);

      expect(databaseFailureOf(await cut)).toBe('database-gone');
      // Other connections of the pool were cut as well; each is found out once and replaced.
      await sql`select pg_sleep(0.1)`.execute(database.db).catch(() => undefined);
      expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
    });

    it.each([
      ['no socket', { host: '/nowhere', port: 5432, user: 'x', database: 'x' }],
      ['no listener', { url: 'postgres://127.0.0.1:9/x' }],
    ])('of an address with %s', async (_case, address) => {
      const gone = openDatabase(address, log);

      expect(databaseFailureOf(await failureOf(sql`select 1`.execute(gone.db)))).toBe('database-gone');
      await gone.close();
    });

    it('of a full pool that nobody empties', async () => {
      const small = openDatabase(database.address, log, { connectionsMax: 1, connectMsMax: 200 });
      const held = sql`select pg_sleep(1)`.execute(small.db);

      expect(databaseFailureOf(await failureOf(sql`select 1`.execute(small.db)))).toBe('database-gone');
      await held;
      await small.close();
    });

    it('of a full disk outside of the database too', () => {
      expect(databaseFailureOf(Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toBe('disk-full');
      expect(databaseFailureOf(new TypeError('a bug'))).toBeUndefined();
    });

    it('of a name that is taken, by its constraint', async () => {
      const error = await failureOf(sql`insert into public.thing (id) values (1)`.execute(database.db));

      expect(brokenUniqueConstraint(error)).toBe('thing_pkey');
    });
  });

  it('ends a statement, a wait and an idle transaction after their time', async () => {
    const quick = openDatabase(database.address, log, { statementMsMax: 100, lockMsMax: 50 });
    const slow = await failureOf(sql`select pg_sleep(5)`.execute(quick.db));
    const waiting = await inTransaction(database.db, async (tx) => {
      await sql`update public.thing set n = 0 where id = 1`.execute(tx);
      return failureOf(sql`update public.thing set n = 1 where id = 1`.execute(quick.db));
    });
    await quick.close();

    expect(slow).toMatchObject({ code: '57014' });
    expect(waiting).toMatchObject({ code: '55P03' });
  });
});
