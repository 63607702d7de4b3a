import { DAY_MS, HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { epssFile, kevFile, type OsvFacts, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const FIRST: OsvFacts = { id: 'DSA-1-1', package: 'curl', fixed: '2.0-1', upstream: ['CVE-2026-0001'] };
const later = (hours: number): string => new Date(Date.parse('2026-11-19T10:30:00Z') + hours * HOUR_MS).toISOString();

/** What publishers do all the time moves nothing that it should not: no assessment, no lane, no notice. */
describeWithDatabase('feeds as they come', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    for (const name of ['web-1', 'web-2', 'db-1']) {
      await reportHost(world, name, { packages: [installed('curl', '1.0-1'), installed('zlib', '5.0-1')] });
    }
    await world.importFeed('debian-osv', osvFile(FIRST));
    await world.importFeed('kev', kevFile('2026-11-19T10:00:00Z', { id: 'CVE-2020-0001' }));
    await world.importFeed(
      'epss',
      epssFile('v2025', '2026-11-19', ['CVE-2026-0001', 0.02, 0.6], ['CVE-2026-0002', 0.7, 0.99]),
    );
    await world.grantWishes();
  });
  afterEach(() => world.close());

  /** What people act on: of each asset its lane, its due time and its findings. */
  async function standing() {
    const { items } = (await world.get('assets')).body as {
      items: { name: string; findings: number; knownExploited: number; nextDue: object | null }[];
    };
    return items.map(({ name, findings, knownExploited, nextDue }) => ({ name, findings, knownExploited, nextDue }));
  }
  async function notices() {
    const sent = await world.database.pool.query<{ count: string }>('select count(*) from approval.notice');
    const events = await world.database.pool.query<{ count: string }>('select count(*) from campaign.event');
    return { notices: Number(sent.rows[0]?.count), events: Number(events.rows[0]?.count) };
  }
  const CALM = { notices: 0, events: 0 };
  async function assessedAt() {
    const rows = await world.db
      .selectFrom('evaluation.assessment')
      .select(['asset_id', 'assessed_at'])
      .orderBy('asset_id')
      .execute();
    return rows.map(({ assessed_at: at }) => at);
  }

  describe.each<readonly [string, readonly (readonly [feed: string, file: string])[]]>([
    [
      'the same records in another order',
      [['debian-osv', osvFile({ ...FIRST, id: 'DSA-0-1', package: 'gone' }, FIRST)]],
    ],
    [
      'an older revision after the newer one',
      [['debian-osv', osvFile({ ...FIRST, fixed: '9.9-1', modified: later(-48) })]],
    ],
    [
      'a newer revision that says the same, then the older one again',
      [
        ['debian-osv', osvFile({ ...FIRST, modified: later(24) })],
        ['debian-osv', osvFile({ ...FIRST, fixed: '9.9-1', modified: later(12) })],
      ],
    ],
    [
      'the status of a vulnerability beside the advisory that said it',
      [['debian-osv', osvFile({ ...FIRST, id: 'DEBIAN-CVE-2026-0001', modified: later(24) })]],
    ],
    [
      'a status that is taken back again, beside the advisory',
      [
        ['debian-osv', osvFile({ ...FIRST, id: 'DEBIAN-CVE-2026-0001', modified: later(24) })],
        ['debian-osv', osvFile({ ...FIRST, id: 'DEBIAN-CVE-2026-0001', modified: later(25), withdrawn: later(25) })],
      ],
    ],
    [
      'a feed that dates everything anew',
      [['debian-osv', osvFile({ ...FIRST, published: later(24), modified: later(24) })]],
    ],
    [
      'a second advisory for the same fix',
      [['debian-osv', osvFile({ ...FIRST, id: 'DSA-1-2', published: later(20), modified: later(20) })]],
    ],
    ['an advisory of another package', [['debian-osv', osvFile({ ...FIRST, id: 'DSA-2-1', package: 'openssl' })]]],
    [
      'an advisory that is withdrawn before it reached anybody',
      [
        ['debian-osv', osvFile({ ...FIRST, id: 'DSA-3-1', package: 'openssl' })],
        [
          'debian-osv',
          osvFile({ ...FIRST, id: 'DSA-3-1', package: 'openssl', modified: later(2), withdrawn: later(2) }),
        ],
      ],
    ],
    [
      'another model of scores',
      [['epss', epssFile('v2026', '2026-11-20', ['CVE-2026-0001', 0.03, 0.61], ['CVE-2026-0002', 0.1, 0.8])]],
    ],
    [
      'a catalog with entries of others',
      [['kev', kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2020-0001' }, { id: 'CVE-2020-0002' })]],
    ],
  ])('%s', (_, files) => {
    it('moves nothing', async () => {
      const before = await standing();
      world.at(world.clock() + HOUR_MS);

      for (const [feed, file] of files) await world.importFeed(feed, file);
      await world.grantWishes();

      expect(await standing()).toEqual(before);
      expect(await notices()).toEqual(CALM);
    });
  });

  it('what reached nobody is not even assessed again', async () => {
    const before = await assessedAt();
    world.at(world.clock() + HOUR_MS);

    await world.importFeed('debian-osv', osvFile({ ...FIRST, id: 'DSA-2-1', package: 'openssl' }));
    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2020-0001' }, { id: 'CVE-2020-0002' }));
    await world.importFeed(
      'epss',
      epssFile('v2026', '2026-11-20', ['CVE-2026-0001', 0.9, 0.99], ['CVE-2026-0002', 0.1, 0.8]),
    );
    await world.grantWishes();

    expect(before).toHaveLength(3);
    expect(await assessedAt()).toEqual(before);
  });

  it('an advisory that is withdrawn takes its finding with it, from all hosts at once', async () => {
    await world.importFeed('debian-osv', osvFile({ ...FIRST, modified: later(24), withdrawn: later(24) }));
    await world.grantWishes();

    expect((await standing()).map(({ findings }) => findings)).toEqual([0, 0, 0]);
    expect(await notices()).toEqual(CALM);
  });

  it('two names that turn out to be one vulnerability are one finding on each host, not two', async () => {
    const unnamed: OsvFacts = { id: 'DSA-4-1', package: 'zlib', fixed: '6.0-1', upstream: [] };
    await world.importFeed('debian-osv', osvFile(unnamed));
    expect((await standing()).map(({ findings }) => findings)).toEqual([2, 2, 2]);
    const before = (await standing()).map(({ nextDue }) => nextDue);
    world.at(world.clock() + DAY_MS / 24);

    await world.importFeed('debian-osv', osvFile({ ...unnamed, upstream: ['CVE-2026-0009'], modified: later(24) }));
    await world.importFeed('debian-osv', osvFile({ ...unnamed, id: 'DEBIAN-CVE-2026-0009', modified: later(25) }));
    await world.grantWishes();

    const after = await standing();
    expect(after.map(({ findings }) => findings)).toEqual([2, 2, 2]);
    expect(after.map(({ nextDue }) => nextDue)).toEqual(before);
    expect(await notices()).toEqual(CALM);
  });

  it('what is exploited from today on moves, on every host that has it, and nowhere else', async () => {
    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2020-0001' }, { id: 'CVE-2026-0001' }));
    await world.grantWishes();

    expect(await standing()).toMatchObject([{ knownExploited: 1 }, { knownExploited: 1 }, { knownExploited: 1 }]);
  });
});
