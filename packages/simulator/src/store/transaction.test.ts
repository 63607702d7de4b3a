import { describe, expect, it } from 'vitest';
import { diceOf } from '../time/dice.ts';
import { Process } from '../time/process.ts';
import { Scheduler } from '../time/scheduler.ts';
import { Database } from './database.ts';
import { DeadlockError, Transaction, VersionTakenError } from './transaction.ts';

function world() {
  const scheduler = new Scheduler(0);
  const database = new Database(
    () => scheduler.now,
    diceOf(1),
    { isFine: true, crashShare: 0 },
    () => undefined,
  );
  return { scheduler, database, open: () => new Transaction(database, new Process(scheduler)) };
}

const ROW = { assetId: 'a', redundancyGroups: ['web'] };

describe('a transaction', () => {
  it('is seen by others once it is committed, and by itself at once', () => {
    const { database, open } = world();
    const [one, other] = [open(), open()];
    one.put(database.tables.assets, 'a', ROW);

    expect(one.get(database.tables.assets, 'a')).toEqual(ROW);
    expect(other.get(database.tables.assets, 'a')).toBeUndefined();
    one.commit();
    expect(other.get(database.tables.assets, 'a')).toEqual(ROW);
  });

  it('leaves nothing when its server dies', () => {
    const { scheduler, database } = world();
    const process = new Process(scheduler);
    const tx = new Transaction(database, process);
    tx.put(database.tables.assets, 'a', ROW);
    process.kill();
    tx.commit();

    expect(database.tables.assets.size).toBe(0);
  });

  it('waits for a row until the other one ends', async () => {
    const { scheduler, open } = world();
    const said: string[] = [];
    const [first, second] = [open(), open()];
    scheduler.begin(async () => {
      await first.lock('row');
      await first.statement();
      said.push('first ends');
      first.commit();
    });
    scheduler.begin(async () => {
      await second.lock('row');
      said.push('second has it');
    });
    await scheduler.run(1_000, () => false);

    expect(said).toEqual(['first ends', 'second has it']);
  });

  it('is shared by readers and refused to a writer among them', async () => {
    const { scheduler, open } = world();
    const [one, other, writer] = [open(), open(), open()];
    const held: string[] = [];
    scheduler.begin(async () => {
      await one.lock('row', 'shared');
      await other.lock('row', 'shared');
      held.push('both');
      expect(writer.tryLock('row')).toBe(false);
      one.commit();
      other.commit();
      expect(writer.tryLock('row')).toBe(true);
    });
    await scheduler.run(1_000, () => false);

    expect(held).toEqual(['both']);
  });

  it('is let go where two wait for each other', async () => {
    const { scheduler, open } = world();
    const [one, other] = [open(), open()];
    const errors: unknown[] = [];
    scheduler.begin(async () => {
      await one.lock('a');
      await one.statement();
      await one.lock('b').catch((error: unknown) => errors.push(error));
    });
    scheduler.begin(async () => {
      await other.lock('b');
      await other.statement();
      await other.lock('a').catch((error: unknown) => errors.push(error));
    });
    await scheduler.run(1_000, () => errors.length > 0);

    expect(errors).toEqual([expect.any(DeadlockError)]);
  });

  it('does not write a version of a story that another one wrote', () => {
    const { database, open } = world();
    const [one, other] = [open(), open()];
    const event = { event: { kind: 'job.offered' }, at: 1 } as const;
    for (const tx of [one, other]) {
      tx.appended.push({ stream: { name: 'job:1', version: 0, campaign: 'c' }, recorded: [event] });
    }
    one.commit();

    expect(() => other.commit()).toThrow(VersionTakenError);
    expect(database.tables.events.get('job:1')).toEqual([event]);
  });
});
