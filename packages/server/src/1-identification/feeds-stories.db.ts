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
  /** All that is told: to people, to campaigns, to whoever watches, to the record beside the imports; and first sights. */
  async function told() {
    const { rows } = await world.database.pool.query<Record<string, string>>(`
      select (select count(*) from approval.notice) as notices, (select count(*) from campaign.event) as events,
        (select count(*) from identification.urgency_change) as moves,
        (select count(*) from identification.held_urgency) as waiting,
        (select count(*) from documentation.leaf where kind <> 'feed.imported') as leaves,
        (select string_agg(distinct told_at::text, ' ') from identification.finding) as "firstSights"
    `);
    return rows[0];
  }
  async function prioritiesOf() {
    const rows = await world.database.pool.query<{ priority: number }>(
      "select (verdict -> 'value' ->> 'priority')::float as priority from evaluation.assessment order by asset_id",
    );
    return rows.rows.map(({ priority }) => priority);
  }
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
      'an advisory that is withdrawn and returns',
      [
        ['debian-osv', osvFile({ ...FIRST, modified: later(24), withdrawn: later(24) })],
        ['debian-osv', osvFile({ ...FIRST, modified: later(25) })],
      ],
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
      const [before, toldBefore] = [await standing(), await told()];
      world.at(world.clock() + HOUR_MS);

      for (const [feed, file] of files) await world.importFeed(feed, file);
      await world.grantWishes();

      expect(await standing()).toEqual(before);
      expect(await told()).toEqual(toldBefore);
    });
  });

  it('what reached nobody is not even assessed again', async () => {
    const before = await assessedAt();
    world.at(world.clock() + HOUR_MS);

    await world.importFeed('debian-osv', osvFile({ ...FIRST, id: 'DSA-2-1', package: 'openssl' }));
    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2020-0001' }, { id: 'CVE-2020-0002' }));
    await world.importFeed(
      'epss',
      epssFile('v2025', '2026-11-20', ['CVE-2026-0001', 0.021, 0.61], ['CVE-2026-0002', 0.1, 0.8]),
    );
    await world.grantWishes();

    expect(before).toHaveLength(3);
    expect(await assessedAt()).toEqual(before);
  });

  it('another model of scores is told once, and what it leaves where it was is not even assessed again', async () => {
    const before = await assessedAt();
    world.at(world.clock() + HOUR_MS);
    // Everything scores ten times as high, and stands where it stood.
    const other = epssFile('v2026', '2026-11-20', ['CVE-2026-0001', 0.2, 0.62], ['CVE-2026-0002', 0.99, 0.995]);

    expect(await world.importFeed('epss', other)).toMatchObject({
      updated: 2,
      rebased: { from: 'v2025', to: 'v2026' },
    });
    await world.grantWishes();

    expect(await assessedAt()).toEqual(before);
    const next = epssFile('v2026', '2026-11-21', ['CVE-2026-0001', 0.2, 0.62], ['CVE-2026-0002', 0.99, 0.995]);
    expect(await world.importFeed('epss', next)).not.toHaveProperty('rebased');
  });

  it('an attack that becomes likely goes before others, in the lane and with the due time that it had', async () => {
    const [before, toldBefore, priorities] = [await standing(), await told(), await prioritiesOf()];
    world.at(world.clock() + HOUR_MS);

    await world.importFeed(
      'epss',
      epssFile('v2025', '2026-11-20', ['CVE-2026-0001', 0.9, 0.995], ['CVE-2026-0002', 0.7, 0.99]),
    );
    await world.grantWishes();

    expect(await standing()).toEqual(before);
    expect(await told()).toEqual(toldBefore);
    const after = await prioritiesOf();
    expect(after).toEqual(priorities.map((priority) => priority * 9));
  });

  it('an advisory that is withdrawn takes its finding with it, from all hosts at once', async () => {
    const { firstSights: _, ...before } = (await told()) ?? {};
    await world.importFeed('debian-osv', osvFile({ ...FIRST, modified: later(24), withdrawn: later(24) }));
    await world.grantWishes();

    expect((await standing()).map(({ findings }) => findings)).toEqual([0, 0, 0]);
    expect(await told()).toMatchObject(before);
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
    expect(await told()).toMatchObject({ notices: 0, events: 0, moves: 0, waiting: 0 });
  });

  it('what is exploited from today on moves, on every host that has it, and nowhere else', async () => {
    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2020-0001' }, { id: 'CVE-2026-0001' }));
    await world.grantWishes();

    expect(await standing()).toMatchObject([{ knownExploited: 1 }, { knownExploited: 1 }, { knownExploited: 1 }]);
    // One move of one vulnerability, on however many hosts.
    expect(await told()).toMatchObject({ moves: 1, waiting: 0 });
  });

  it('a catalog that shrinks and grows day by day tells one move and one thing that waits, not one each day', async () => {
    const [short, long] = [[{ id: 'CVE-2020-0001' }], [{ id: 'CVE-2020-0001' }, { id: 'CVE-2026-0001' }]];
    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', ...long));
    await world.grantWishes();
    const before = await standing();

    for (const [hour, entries] of [short, long, short, long, short].entries()) {
      await world.importFeed('kev', kevFile(`2026-11-20T1${hour + 1}:00:00Z`, ...entries));
    }
    await world.grantWishes();

    expect(await standing()).toEqual(before);
    expect(await told()).toMatchObject({ notices: 0, events: 0, waiting: 1, moves: 2 });
  });
});
