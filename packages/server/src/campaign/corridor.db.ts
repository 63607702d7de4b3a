import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hashLeaf } from '../7-documentation/leaf.ts';
import type { Actor } from '../platform/corridor.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { type Committed, createCorridor } from './corridor.ts';
import { createScratchTable, readLeaves, readScratch, testMint } from './testing/parts.ts';

const NOW = Date.parse('2026-11-22T10:00:00.250Z');
const BY = { actor: 'local', at: NOW } as const;
const LEAF = { kind: 'thing.changed', subject: 'thing-1', payload: { before: 1, after: [1.5, 'ü', null] } };
const WISH = { kind: 'assess', key: 'thing-1', payload: { id: 'thing-1' } };

describeWithDatabase('the corridor', () => {
  let database: TestDatabase;
  let announced: Committed[];

  beforeEach(async () => {
    database = await createTestDatabase();
    announced = [];
    await createScratchTable(database.db);
  });
  afterEach(() => database.close());

  const corridor = () => createCorridor(database.db, testMint, (committed) => announced.push(committed));

  async function countWishes(): Promise<number> {
    const row = await database.db
      .selectFrom('campaign.outbox')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return row.rows;
  }

  test('a change leaves its rows, its leaf, its wish and its timer, and is announced once', async () => {
    const value = await corridor().change(BY, async (tx) => {
      await sql`insert into scratch values ('one')`.execute(tx);
      expect(announced).toEqual([]);
      return {
        value: 42,
        leaves: [LEAF],
        wishes: [WISH],
        timers: [{ kind: 'look', subject: 'thing-1', due: NOW + 1_000 }],
      };
    });

    expect(value).toBe(42);
    expect(await readScratch(database.db)).toEqual(['one']);
    expect(await readLeaves(database.db)).toEqual([{ index: null, kind: 'thing.changed', subject: 'thing-1' }]);
    expect(await countWishes()).toBe(1);
    expect(await database.db.selectFrom('campaign.timer').selectAll().execute()).toEqual([
      { kind: 'look', subject: 'thing-1', due: NOW + 1_000 },
    ]);
    expect(announced).toEqual([{ leaves: true, wishes: true, timers: true }]);
  });

  test('what a change begins begins after its commit, and never where it fails', async () => {
    const begun: (readonly string[])[] = [];
    // By another connection, which sees only what is committed.
    const begin = () => void readScratch(database.db).then((rows) => begun.push(rows));

    await corridor().change(BY, async (tx) => {
      await sql`insert into scratch values ('one')`.execute(tx);
      return { value: undefined, begin };
    });
    await vi.waitFor(() => expect(begun).toEqual([['one']]));

    const failing = { kind: 'look', subject: 'thing-1', due: Number.NaN };
    const failed = corridor().change(BY, () => Promise.resolve({ value: undefined, timers: [failing], begin }));
    await expect(failed).rejects.toThrow();
    expect(begun).toHaveLength(1);
  });

  test('what is stored of a leaf is what was hashed', async () => {
    await corridor().change(BY, () => Promise.resolve({ value: undefined, leaves: [LEAF] }));

    const row = await database.db.selectFrom('documentation.leaf').selectAll().executeTakeFirstOrThrow();
    const header = { id: row.id, at: row.at, actor: row.actor as Actor };
    const again = hashLeaf(header, { kind: row.kind, subject: row.subject, payload: row.payload }, row.salt);
    expect(row.at).toBe(NOW);
    expect(again).toEqual({ payloadHash: row.payload_hash, leafHash: row.leaf_hash });
  });

  test('a change without leaves and wishes writes its rows alone', async () => {
    await corridor().change(BY, async (tx) => {
      await sql`insert into scratch values ('one')`.execute(tx);
      return { value: undefined };
    });

    expect(await readScratch(database.db)).toEqual(['one']);
    expect(await readLeaves(database.db)).toEqual([]);
    expect(announced).toEqual([{ leaves: false, wishes: false, timers: false }]);
  });

  // Where the transaction dies: in the room's work, at a leaf that has no canonical form, at the commit itself.
  test.each([
    ['in the work, after its first row', { fails: 'work' }],
    ['at the second leaf', { fails: 'leaf' }],
    ['when its connection is cut before the commit', { fails: 'connection' }],
    ['at the commit', { fails: 'commit' }],
  ] as const)('a change that fails %s leaves nothing and announces nothing', async (_, { fails }) => {
    if (fails === 'commit') {
      await sql`
        create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$
      `.execute(database.db);
      await sql`
        create constraint trigger late after insert on campaign.outbox deferrable initially deferred
        for each row execute function refuse()
      `.execute(database.db);
    }
    const unfit = { ...LEAF, payload: { half: '\ud800' } };

    const change = corridor().change(BY, async (tx) => {
      await sql`insert into scratch values ('one')`.execute(tx);
      if (fails === 'work') throw new Error('the room fails');
      if (fails === 'connection') await cutOwnConnection(tx);
      return { value: undefined, leaves: fails === 'leaf' ? [LEAF, unfit] : [LEAF], wishes: [WISH] };
    });

    await expect(change).rejects.toThrow();
    expect(await readScratch(database.db)).toEqual([]);
    expect(await readLeaves(database.db)).toEqual([]);
    expect(await countWishes()).toBe(0);
    expect(announced).toEqual([]);
  });

  test('two changes that lock in opposite order both happen once: the loser of the deadlock is run again', async () => {
    await sql`insert into scratch values ('a'), ('b')`.execute(database.db);
    const bothHold = Promise.withResolvers<void>();
    let holding = 0;
    let runs = 0;
    const change = (first: string, second: string) =>
      corridor().change(BY, async (tx) => {
        runs += 1;
        await sql`select from scratch where value = ${first} for update`.execute(tx);
        holding += 1;
        if (holding === 2) bothHold.resolve();
        await bothHold.promise;
        await sql`select from scratch where value = ${second} for update`.execute(tx);
        return { value: undefined, leaves: [{ ...LEAF, subject: first }] };
      });

    await Promise.all([change('a', 'b'), change('b', 'a')]);

    expect(runs).toBe(3);
    expect((await readLeaves(database.db)).map((leaf) => leaf.subject).sort()).toEqual(['a', 'b']);
  });

  test('a timer that is set again moves, one that is taken back is gone', async () => {
    const set = (subject: string, due: number | null) =>
      corridor().change(BY, () => Promise.resolve({ value: undefined, timers: [{ kind: 'look', subject, due }] }));
    await set('moves', NOW + 1_000);
    await set('goes', NOW + 1_000);

    await set('moves', NOW + 5_000);
    await set('goes', null);

    const timers = await database.db.selectFrom('campaign.timer').select(['subject', 'due']).execute();
    expect(timers).toEqual([{ subject: 'moves', due: NOW + 5_000 }]);
  });
});

async function cutOwnConnection(tx: Parameters<Parameters<ReturnType<typeof createCorridor>['change']>[1]>[0]) {
  await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
}
