import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AtWork } from '../platform/at-work.ts';
import type { WishHandler } from '../platform/corridor.ts';
import { createLog } from '../platform/log.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { type Campaign, startCampaign } from './campaign.ts';
import { createScratchTable, readLeaves, readScratch, testMint } from './testing/parts.ts';

describeWithDatabase('the campaign', () => {
  let database: TestDatabase;
  const running: Campaign[] = [];
  beforeEach(async () => {
    database = await createTestDatabase({ connectionsMax: 12 });
    await createScratchTable(database.db);
  });
  afterEach(async () => {
    for (const campaign of running.splice(0)) await campaign.stop();
    await database.close();
  });

  async function start(
    handlers: Readonly<Record<string, WishHandler>>,
    timers: Campaigns['timers'] = [],
    atWork = new AtWork(),
  ) {
    const { db } = database;
    const log = createLog({ level: 'silent' });
    const campaign = await startCampaign({
      db,
      mint: testMint,
      clock: Date.now,
      log,
      handlers: () => handlers,
      atWork,
      timers,
    });
    running.push(campaign);
    return campaign;
  }
  type Campaigns = Parameters<typeof startCampaign>[0];

  const note: WishHandler = async ({ key }, tx) => {
    await sql`insert into scratch values (${key}) on conflict do nothing`.execute(tx);
    return { value: undefined };
  };

  test('what a change wished for is granted by itself, and its leaf gets its index', async () => {
    const { corridor } = await start({ note });

    await corridor.change({ actor: 'system', at: Date.now() }, () =>
      Promise.resolve({
        value: undefined,
        leaves: [{ kind: 'thing.changed', subject: 'a', payload: {} }],
        wishes: [{ kind: 'note', key: 'a', payload: null }],
      }),
    );

    await until(async () => (await readScratch(database.db)).includes('a'));
    await until(async () => (await readLeaves(database.db))[0]?.index === 0);
  });

  test('is at rest once everything that followed is done: wishes, what they began beside it, and timers that are due', async () => {
    const gate = Promise.withResolvers<void>();
    const atWork = new AtWork();
    const { corridor, isAtRest } = await start(
      {
        first: () => Promise.resolve({ value: undefined, begin: () => void gate.promise.then(atWork.begin()) }),
        note,
      },
      [],
      atWork,
    );
    await until(isAtRest);

    await corridor.change({ actor: 'system', at: Date.now() }, () =>
      Promise.resolve({ value: undefined, wishes: [{ kind: 'first', key: 'a', payload: null }] }),
    );
    expect(await isAtRest()).toBe(false);
    gate.resolve();
    await until(isAtRest);

    const soon = [{ kind: 'note', subject: 'b', due: Date.now() }];
    await corridor.change({ actor: 'system', at: Date.now() }, () =>
      Promise.resolve({ value: undefined, timers: soon }),
    );
    await until(isAtRest);
    expect(await readScratch(database.db)).toContain('b');
  });

  test('what another server wished for is found by looking', async () => {
    await start({ note });
    await database.db
      .insertInto('campaign.outbox')
      .values({
        kind: 'note',
        key: 'from-elsewhere',
        payload: sql`'null'::jsonb`,
        created_at: sql`now()`,
        not_before: sql`now()`,
      })
      .execute();

    await until(async () => (await readScratch(database.db)).includes('from-elsewhere'));
  });

  test('a timer that must be there comes again as often as its handler says so', async () => {
    const times: number[] = [];
    const fetch: WishHandler = ({ key, at }) => {
      times.push(at);
      const timers = times.length < 3 ? [{ kind: 'fetch', subject: key, due: at + 1 }] : [];
      return Promise.resolve({ value: undefined, timers });
    };

    await start({ fetch }, [{ kind: 'fetch', subject: 'feed', due: Date.now() }]);

    await until(() => times.length === 3);
  });

  test('stopping lets the running handler finish and begins no other', async () => {
    const mayEnd = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const slow: WishHandler = async (wish, tx) => {
      began.resolve();
      await mayEnd.promise;
      return note(wish, tx);
    };
    const campaign = await start({ slow });
    await campaign.corridor.change({ actor: 'system', at: Date.now() }, () =>
      Promise.resolve({ value: undefined, wishes: [{ kind: 'slow', key: 'a', payload: null }] }),
    );
    await began.promise;

    const stopped = campaign.stop();
    mayEnd.resolve();
    await stopped;

    expect(await readScratch(database.db)).toEqual(['a']);
    expect(await database.db.selectFrom('campaign.outbox').select('id').execute()).toEqual([]);
  });

  test('two servers on one database grant each wish once', async () => {
    const granted: string[] = [];
    const handler: WishHandler = ({ key }) => {
      granted.push(key);
      return Promise.resolve({ value: undefined });
    };
    const servers = [await start({ handler }), await start({ handler })];
    const keys = Array.from({ length: 40 }, (_, key) => String(key));

    const wishFor = async (key: string): Promise<void> => {
      const server = servers[Number(key) % servers.length];
      await server?.corridor.change({ actor: 'system', at: Date.now() }, () =>
        Promise.resolve({ value: undefined, wishes: [{ kind: 'handler', key, payload: null }] }),
      );
    };

    await Promise.all(keys.map(wishFor));

    await until(async () => (await database.db.selectFrom('campaign.outbox').select('id').execute()).length === 0);
    expect(granted.toSorted((one, other) => Number(one) - Number(other))).toEqual(keys);
  });
});

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
}
