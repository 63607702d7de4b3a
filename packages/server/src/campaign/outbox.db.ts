import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WishHandler } from '../platform/corridor.ts';
import { createLog } from '../platform/log.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { createCorridor } from './corridor.ts';
import { grantDue, type OutboxOptions } from './outbox.ts';
import { createScratchTable, readLeaves, readScratch, testMint } from './testing/parts.ts';

const START = Date.parse('2026-11-22T10:00:00Z');

describeWithDatabase('the outbox', () => {
  let database: TestDatabase;
  let now: number;

  beforeAll(async () => {
    database = await createTestDatabase({ connectionsMax: 12 });
    await createScratchTable(database.db);
  });
  beforeEach(async () => {
    await database.db.deleteFrom('campaign.outbox').execute();
    await sql`delete from scratch`.execute(database.db);
    now = START;
  });
  afterAll(() => database.close());

  function worker(handlers: Readonly<Record<string, WishHandler>>): OutboxOptions {
    const { db } = database;
    return {
      db,
      mint: testMint,
      clock: () => now,
      log: createLog({ level: 'silent' }),
      handlers,
      announce: () => undefined,
    };
  }

  function wish(key: string, payload: number, kind = 'assess'): Promise<void> {
    const corridor = createCorridor(database.db, testMint, () => undefined);
    return corridor.change({ actor: 'system', at: now }, () =>
      Promise.resolve({ value: undefined, wishes: [{ kind, key, payload }] }),
    );
  }

  function rows() {
    return database.db
      .selectFrom('campaign.outbox')
      .select(['key', 'payload', 'attempts', 'last_error', 'not_before', 'generation'])
      .orderBy('key')
      .execute();
  }

  test('wishes for one thing are one, with the last payload', async () => {
    await wish('a', 1);
    await wish('a', 2);
    await wish('b', 3);
    const granted: [string, unknown][] = [];

    const handler: WishHandler = ({ key, payload }) => {
      granted.push([key, payload]);
      return done();
    };

    await grantDue(worker({ assess: handler }));

    expect(new Map(granted)).toEqual(
      new Map([
        ['a', 2],
        ['b', 3],
      ]),
    );
    expect(await rows()).toEqual([]);
  });

  test('what a handler does, its leaves, its further wishes and the end of its wish are one commit', async () => {
    await wish('a', 1);
    const handler: WishHandler = async ({ key }, tx) => {
      await sql`insert into scratch values (${key})`.execute(tx);
      const leaves = [{ kind: 'thing.judged', subject: key, payload: {} }];
      return { value: undefined, leaves, wishes: [{ kind: 'later', key, payload: null }] };
    };

    await grantDue(worker({ assess: handler }));

    expect(await readScratch(database.db)).toEqual(['a']);
    expect((await readLeaves(database.db)).map((leaf) => leaf.kind)).toEqual(['thing.judged']);
    expect((await rows()).map((row) => row.payload)).toEqual([null]);
  });

  test('a wish made while its handler runs waits for nobody, and is granted once more', async () => {
    await wish('a', 1);
    const seen: unknown[] = [];
    const running = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const handler: WishHandler = async ({ payload }) => {
      seen.push(payload);
      running.resolve();
      await mayEnd.promise;
      return { value: undefined };
    };
    const first = grantDue(worker({ assess: handler }));
    await running.promise;

    await wish('a', 2);
    mayEnd.resolve();
    await first;
    expect((await rows()).map((row) => row.payload)).toEqual([2]);
    await grantDue(worker({ assess: handler }));

    expect(seen).toEqual([1, 2]);
    expect(await rows()).toEqual([]);
  });

  test('a wish made at the very moment its row goes is kept, on either side of that moment', async () => {
    const seen: number[] = [];
    const handler: WishHandler = ({ payload }) => {
      seen.push(Number(payload));
      return done();
    };
    for (let round = 1; round <= 60; round += 1) {
      await Promise.all([
        wish('a', round),
        grantDue(worker({ assess: handler })),
        grantDue(worker({ assess: handler })),
      ]);
    }
    while ((await grantDue(worker({ assess: handler }))) === 'more');

    expect(seen.at(-1)).toBe(60);
    expect(await rows()).toEqual([]);
  });

  test('several servers at once grant each wish once', async () => {
    for (let key = 0; key < 60; key += 1) await wish(`${key}`.padStart(2, '0'), key);
    let runs = 0;
    const handler: WishHandler = async ({ key }, tx) => {
      runs += 1;
      await sql`insert into scratch values (${key})`.execute(tx);
      await sql`select pg_sleep(0.002)`.execute(tx);
      return { value: undefined };
    };

    await Promise.all(Array.from({ length: 4 }, () => grantDue(worker({ assess: handler }))));

    expect(runs).toBe(60);
    expect(await readScratch(database.db)).toHaveLength(60);
  });

  test('a handler that fails is tried again, later each time, and leaves nothing of its work', async () => {
    await wish('a', 1);
    let fails = true;
    const handler: WishHandler = async ({ key }, tx) => {
      await sql`insert into scratch values (${key})`.execute(tx);
      if (fails) throw new Error('the feed is away');
      return { value: undefined };
    };

    for (const pauseMs of [1_000, 2_000, 4_000]) {
      await grantDue(worker({ assess: handler }));
      expect((await rows())[0]).toMatchObject({ last_error: 'the feed is away', not_before: now + pauseMs });
      expect(await readScratch(database.db)).toEqual([]);
      now += pauseMs - 1;
      expect(await grantDue(worker({ assess: handler }))).toBe('done');
      now += 1;
    }
    fails = false;
    await grantDue(worker({ assess: handler }));

    expect(await readScratch(database.db)).toEqual(['a']);
    expect(await rows()).toEqual([]);
  });

  test('the pause between tries never grows beyond ten minutes', async () => {
    await wish('a', 1);
    await sql`update campaign.outbox set attempts = 40`.execute(database.db);

    await grantDue(worker({ assess: () => Promise.reject(new Error('still away')) }));

    expect((await rows())[0]).toMatchObject({ attempts: 41, not_before: now + 600_000 });
  });

  test('a wish repeated after failures begins anew', async () => {
    await wish('a', 1);
    await grantDue(worker({ assess: () => Promise.reject(new Error('away')) }));

    await wish('a', 2);

    expect((await rows())[0]).toMatchObject({ attempts: 0, last_error: null, not_before: now, payload: 2 });
  });

  test('one wish that fails does not hold up the others', async () => {
    await wish('bad', 1);
    await wish('good', 2);
    const handler: WishHandler = ({ key }) => (key === 'bad' ? Promise.reject(new Error('bad')) : done());

    await grantDue(worker({ assess: handler }));

    expect((await rows()).map((row) => row.key)).toEqual(['bad']);
  });

  test('a kind that this server does not know waits for one that does', async () => {
    await wish('a', 1, 'of-a-newer-server');

    await grantDue(worker({ assess: done }));

    expect((await rows()).map((row) => [row.key, row.attempts])).toEqual([['a', 0]]);
  });

  test('a crash of the server in the middle of a handler loses nothing: another server grants the wish', async () => {
    await wish('a', 1);
    const crashing: WishHandler = async ({ key }, tx) => {
      await sql`insert into scratch values (${key})`.execute(tx);
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
      return { value: undefined };
    };
    await expect(grantDue(worker({ assess: crashing }))).rejects.toThrow();

    await grantDue(
      worker({
        assess: async ({ key }, tx) => {
          await sql`insert into scratch values (${`again ${key}`})`.execute(tx);
          return { value: undefined };
        },
      }),
    );

    expect(await readScratch(database.db)).toEqual(['again a']);
    expect(await rows()).toEqual([]);
  });
});

function done(): Promise<{ value: undefined }> {
  return Promise.resolve({ value: undefined });
}
