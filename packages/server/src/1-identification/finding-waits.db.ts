import type { AssetFindings, FindingBody } from '@patchsteward/contract';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertGroup } from '../6-deployment/group-store.ts';
import { timestamp } from '../platform/column-types.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { osvFile } from './testing/feed-files.ts';
import { type HostReport, installed, offered, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const FIRST = '2026-11-21T12:00:00.000Z';

describeWithDatabase('what findings wait for', () => {
  let world: World;
  let assetId: string;
  beforeEach(async () => {
    world = await openWorld();
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-1-1', package: 'curl', fixed: '2.0-1' }));
  });
  afterEach(() => world.close());

  const plain = installed('curl', '1.0-1');
  const held = installed('curl', '1.0-1', { hold: true });
  const updates = [offered('curl', '1.0-1', '2.0-1')];

  async function report(at: string, said: HostReport): Promise<void> {
    world.at(at);
    assetId = await reportHost(world, 'web-1', said, assetId === '' ? {} : { assetId });
    // When we first saw an offer is of the clock of the database.
    await world.db
      .updateTable('identification.offer')
      .set({ first_seen: timestamp(Date.parse(FIRST)) })
      .execute();
  }

  async function waits(): Promise<FindingBody['waits']> {
    const { body } = await world.get(`assets/${assetId}/findings`);
    return (body as AssetFindings).items[0]?.waits ?? [];
  }

  beforeEach(() => {
    assetId = '';
  });

  it('say since when a package is on hold, without a break', async () => {
    await report('2026-11-21T12:00:00Z', { packages: [held], updates });
    await report('2026-11-22T12:00:00Z', { packages: [plain], updates });
    await report('2026-11-23T12:00:00Z', { packages: [held], updates });
    await report('2026-11-24T12:00:00Z', { packages: [held, installed('nano', '1')], updates });

    expect(await waits()).toEqual([
      { kind: 'held', subject: 'curl', from: '2026-11-23T12:00:00.000Z', until: null, stopsClock: false },
    ]);
  });

  it.each<[string, Partial<HostReport>, object[]]>([
    ['that nobody offers the fix', { updates: [] }, [{ kind: 'fix-not-offered', subject: '2.0-1', until: null }]],
    [
      'its phase',
      { updates: [offered('curl', '1.0-1', '2.0-1', { phased: true })] },
      [{ kind: 'phased', from: FIRST }],
    ],
    ['nothing, where nobody could be asked', { unanswered: 'broken lists' }, []],
    ['nothing, in no group', { updates }, []],
  ])('say %s', async (_, said, expected) => {
    await report('2026-11-21T12:00:00Z', { packages: [plain], ...said });

    expect(await waits()).toMatchObject(expected);
    expect(await waits()).toHaveLength(expected.length);
  });

  it('say when the next window of the group opens', async () => {
    await inTransaction(world.db, (tx) =>
      insertGroup(tx, {
        ...{ name: 'web', zone: 'Etc/UTC', version: 1 },
        windows: [{ kind: 'weekly', weekday: 'tue', start: '20:00', durationMs: 2 * HOUR_MS }],
      }),
    );
    await report('2026-11-21T12:00:00Z', { packages: [plain], updates });
    await world.db
      .updateTable('identification.asset')
      .set({ maintenance_group: 'web' })
      .where('id', '=', assetId)
      .execute();

    const [wait] = await waits();
    expect(wait).toMatchObject({ kind: 'window', subject: 'web', from: FIRST, stopsClock: false });
    expect(wait?.until).toBe('2026-11-24T20:00:00.000Z');

    world.at(wait?.until ?? '');
    expect(await waits()).toEqual([]);
  });
});
