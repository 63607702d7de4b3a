import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { createCorridor } from './corridor.ts';
import { fireTimers, keepTimer } from './store.ts';
import { testMint } from './testing/parts.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

describeWithDatabase('timers', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ connectionsMax: 12 });
  });
  beforeEach(async () => {
    await database.db.deleteFrom('campaign.outbox').execute();
    await database.db.deleteFrom('campaign.timer').execute();
  });
  afterAll(() => database.close());

  async function set(subject: string, due: number): Promise<void> {
    const corridor = createCorridor(database.db, testMint, () => undefined);
    await corridor.change({ actor: 'system', at: NOW }, () =>
      Promise.resolve({ value: undefined, timers: [{ kind: 'fetch', subject, due }] }),
    );
  }

  const timers = () => database.db.selectFrom('campaign.timer').select(['subject', 'due']).orderBy('subject').execute();
  const wishes = () =>
    database.db.selectFrom('campaign.outbox').select(['kind', 'key', 'payload', 'generation']).orderBy('key').execute();

  test('a due timer becomes a wish, one that is not due stays', async () => {
    await set('due', NOW);
    await set('later', NOW + 1);

    expect(await fireTimers(database.db, NOW)).toBe(1);

    expect(await wishes()).toEqual([{ kind: 'fetch', key: 'due', payload: null, generation: 1 }]);
    expect((await timers()).map((timer) => timer.subject)).toEqual(['later']);
  });

  test('several servers that look at once fire each timer once', async () => {
    for (let turn = 0; turn < 40; turn += 1) await set(`${turn}`.padStart(2, '0'), NOW);

    const fired = await Promise.all(Array.from({ length: 6 }, () => fireTimers(database.db, NOW)));

    expect(fired.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect((await wishes()).map((wish) => wish.generation)).toEqual(Array<number>(40).fill(1));
    expect(await timers()).toEqual([]);
  });

  test('a timer that fires while its last wish is still waiting renews that wish', async () => {
    await set('feed', NOW);
    await fireTimers(database.db, NOW);
    await set('feed', NOW + 1);

    await fireTimers(database.db, NOW + 1);

    expect(await wishes()).toEqual([{ kind: 'fetch', key: 'feed', payload: null, generation: 2 }]);
  });

  test('a timer that must be there is set once: not again while it runs, nor while its wish waits', async () => {
    await keepTimer(database.db, 'fetch', 'feed', NOW);
    await keepTimer(database.db, 'fetch', 'feed', NOW + 9_000);
    expect(await timers()).toEqual([{ subject: 'feed', due: NOW }]);

    await fireTimers(database.db, NOW);
    await keepTimer(database.db, 'fetch', 'feed', NOW + 9_000);

    expect(await timers()).toEqual([]);
    expect(await wishes()).toHaveLength(1);
  });
});
