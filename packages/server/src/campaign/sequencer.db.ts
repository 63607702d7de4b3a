import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../platform/log.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { createCorridor } from './corridor.ts';
import { sequence, startSequencer } from './sequencer.ts';
import { readLeaves, testMint } from './testing/parts.ts';

const BY = { actor: 'system', at: Date.parse('2026-11-22T10:00:00Z') } as const;

describeWithDatabase('the sequence of the record', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase({ connectionsMax: 12 });
  });
  afterEach(() => database.close());

  function write(subject: string, fail = false): Promise<void> {
    const corridor = createCorridor(database.db, testMint, () => undefined);
    return corridor.change(BY, async (tx) => {
      await sql`select pg_sleep(random() * 0.004)`.execute(tx);
      if (fail) throw new Error('rolled back');
      return { value: undefined, leaves: [{ kind: 'thing.changed', subject, payload: {} }] };
    });
  }

  test('leaves get their index in the order in which they were written', async () => {
    for (const subject of ['a', 'b', 'c']) await write(subject);

    await sequence(database.db);

    expect((await readLeaves(database.db)).map((leaf) => [leaf.subject, leaf.index])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });

  test('many writers, some of which fail, and several sequencers at once: no gap and no double', async () => {
    const sequencers = Array.from({ length: 3 }, () => startSequencer(database.db, createLog({ level: 'silent' })));
    const rushing = { over: false };
    const rush = Promise.all(
      sequencers.map(async (sequencer) => {
        while (!rushing.over) {
          sequencer.wake();
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      }),
    );

    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let turn = 0; turn < 40; turn += 1) {
        const fails = (writer + turn) % 5 === 0;
        await write(`${writer}-${turn}`, fails).catch((error: unknown) => {
          if (!fails) throw error;
        });
      }
    });
    await Promise.all(writers);
    rushing.over = true;
    await rush;
    await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
    while ((await sequence(database.db)) === 'more');

    const leaves = await readLeaves(database.db);
    expect(leaves).toHaveLength(8 * 32);
    expect(leaves.map((leaf) => leaf.index).sort((one, other) => Number(one) - Number(other))).toEqual(
      leaves.map((_, index) => index),
    );
  });

  test('who finds another at it leaves the work to that one', async () => {
    await write('a');
    await database.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${0x7073_0001}::integer, 1)`.execute(tx);

      expect(await sequence(database.db)).toBe('done');
      expect((await readLeaves(database.db))[0]?.index).toBeNull();
    });

    await sequence(database.db);
    expect((await readLeaves(database.db))[0]?.index).toBe(0);
  });

  test('a crash before the commit gives nothing away: the next run gives the same index', async () => {
    await write('a');
    await write('b');
    await sequence(database.db);
    await write('c');
    await database.db
      .transaction()
      .execute(async (tx) => {
        await sql`update documentation.leaf set index = 2 where index is null`.execute(tx);
        throw new Error('the server dies');
      })
      .catch(() => undefined);

    await sequence(database.db);

    expect((await readLeaves(database.db)).map((leaf) => leaf.index)).toEqual([0, 1, 2]);
  });
});
