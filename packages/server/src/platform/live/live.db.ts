import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCorridor } from '../../campaign/corridor.ts';
import type { Corridor } from '../corridor.ts';
import { newId } from '../ids.ts';
import { createLog } from '../log.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../testing/database.ts';
import { listenForChanges } from './listen.ts';

const BY = { actor: 'system', at: 1_800_000_000_000 } as const;

describeWithDatabase('hearing of changes', () => {
  let database: TestDatabase;
  let corridor: Corridor;
  let heard: string[];
  let listener: { readonly close: () => Promise<void> };
  beforeEach(async () => {
    database = await createTestDatabase();
    corridor = createCorridor(database.db, { newId, randomBytes }, () => undefined);
    heard = [];
    listener = listen();
    // Nobody hears what was said before the line was open.
    await vi.waitUntil(async () => (await listeners()) === 1);
  });
  afterEach(async () => {
    await listener.close();
    await database.close();
  });

  const listen = () =>
    listenForChanges({
      address: database.address,
      log: createLog({ level: 'silent' }),
      onChange: (words) => heard.push(...words),
    });

  async function listeners(): Promise<number> {
    const { rows } = await database.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query like 'listen %' and state = 'idle'`,
    );
    return rows.length;
  }

  const change = (subject: string, fails = false) =>
    corridor.change(BY, async () => {
      if (fails) throw new Error('it was not to be');
      return Promise.resolve({
        value: undefined,
        leaves: [{ kind: 'asset.changed', subject, payload: {} }],
        touched: ['findings'],
      });
    });

  it('comes with the commit, on every server of the database', async () => {
    const other: string[] = [];
    const second = listenForChanges({
      address: database.address,
      log: createLog({ level: 'silent' }),
      onChange: (words) => other.push(...words),
    });
    await vi.waitUntil(async () => (await listeners()) === 2);

    await change('a-1');
    await vi.waitUntil(() => heard.length > 0 && other.length > 0);

    expect(heard).toEqual(['asset:a-1', 'assets', 'findings', 'overview']);
    expect(other).toEqual(heard);
    await second.close();
  });

  it('does not come of what was rolled back, nor of what changed nothing', async () => {
    await expect(change('a-1', true)).rejects.toThrow('not to be');
    await corridor.change(BY, () => Promise.resolve({ value: undefined }));
    await change('a-2');
    await vi.waitUntil(() => heard.length > 0);

    expect(heard).toContain('asset:a-2');
    expect(heard).not.toContain('asset:a-1');
  });

  it('takes anything for changed after its line was cut', async () => {
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query like 'listen %'`,
    );
    await vi.waitUntil(() => heard.includes('*'), { timeout: 15_000 });

    await change('a-3');
    await vi.waitUntil(() => heard.includes('asset:a-3'));
  });
});
