import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { judgeAll } from './judging.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

describeWithDatabase('judging', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001', 'CVE-2026-0002'], fixed: '2.0-1' };

  async function findings() {
    const rows = await world.db
      .selectFrom('identification.finding as finding')
      .innerJoin('identification.source_version as version', 'version.id', 'finding.source_version_id')
      .select(['version.source', 'version.version', 'finding.vulnerability', 'finding.affected', 'finding.fixed'])
      .orderBy('version.source')
      .orderBy('version.version')
      .orderBy('finding.vulnerability')
      .execute();
    return rows.map(
      (row) => `${row.source} ${row.version} ${row.vulnerability} ${row.affected ? 'below' : 'beside'} ${row.fixed}`,
    );
  }

  async function sets() {
    return world.db
      .selectFrom('identification.package_set')
      .select(['findings', 'known_exploited', 'judged_at', 'count_needed'])
      .orderBy('id')
      .execute();
  }

  it('judges what an asset reports by the claims that are there', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    const packages = [
      installed('curl', '1.0-1'),
      installed('libcurl4', '1.0-1', { source: 'curl' }),
      installed('bash', '5'),
    ];
    await reportHost(world, 'web-1', { packages });

    await world.grantWishes();

    expect(await findings()).toEqual(['curl 1.0-1 CVE-2026-0001 below 2.0-1', 'curl 1.0-1 CVE-2026-0002 below 2.0-1']);
    expect(await sets()).toEqual([{ findings: 4, known_exploited: 0, judged_at: world.clock(), count_needed: false }]);
  });

  it('judges what was there before the claims, and counts how many source versions', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), installed('bash', '5')] });
    await world.grantWishes();
    expect(await sets()).toMatchObject([{ findings: 0, judged_at: null }]);

    const imported = await world.importFeed('debian-osv', osvFile(CURL));

    expect(imported.rejudged).toBe(1);
    expect(await sets()).toMatchObject([{ findings: 2, judged_at: world.clock(), count_needed: false }]);
  });

  it('says "judged" of a set without a finding once a feed covers its release', async () => {
    await reportHost(world, 'web-1', { packages: [installed('bash', '5')] });

    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await sets()).toMatchObject([{ findings: 0, judged_at: world.clock() }]);
  });

  it('says nothing of a release that no feed covers', async () => {
    const release = { id: 'debian', versionId: '13', codename: 'trixie', prettyName: 'Debian 13' };
    await reportHost(world, 'web-1', { release, packages: [installed('curl', '1.0-1')] });

    await world.importFeed('debian-osv', osvFile(CURL));
    await world.grantWishes();

    expect(await sets()).toMatchObject([{ findings: 0, judged_at: null, count_needed: false }]);
  });

  it('does not judge what a third party built by the ranges of the distribution', async () => {
    const origin = 'download.example.org/apt stable/main';
    await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1', { origins: [origin] })],
      publishers: [{ origin, publisher: 'Example' }],
    });

    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await findings()).toEqual([]);
  });

  it('keeps, beside what counts, what a later advisory names again with a higher version', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1')] });
    const again = { ...CURL, id: 'DSA-2-1', fixed: '3.0-1', published: '2026-11-20T00:00:00Z' };

    await world.importFeed('debian-osv', osvFile(CURL, again));

    expect(await findings()).toEqual([
      'curl 2.0-1 CVE-2026-0001 beside 2.0-1',
      'curl 2.0-1 CVE-2026-0002 beside 2.0-1',
    ]);
    expect(await sets()).toMatchObject([{ findings: 0 }]);
  });

  it('judges again only what the changed claims speak of, and only on their release', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), installed('bash', '5')] });
    await world.importFeed('debian-osv', osvFile(CURL, { id: 'DSA-2-1', package: 'bash', fixed: '6' }));
    const [before] = await world.db
      .selectFrom('identification.finding')
      .select('judged_at')
      .where('fixed', '=', '6')
      .execute();
    world.at('2026-11-21T00:00:00Z');

    const changed = { ...CURL, fixed: '4.0-1', modified: '2026-11-21T00:00:00Z' };
    const elsewhere = { id: 'DSA-3-1', package: 'bash', release: '13' };
    const imported = await world.importFeed('debian-osv', osvFile(changed, elsewhere));

    expect(imported.rejudged).toBe(1);
    expect(await findings()).toContain('curl 1.0-1 CVE-2026-0001 below 4.0-1');
    const [after] = await world.db
      .selectFrom('identification.finding')
      .select('judged_at')
      .where('fixed', '=', '6')
      .execute();
    expect(after).toEqual(before);
  });

  it('judging again what came out the same writes nothing', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.importFeed('debian-osv', osvFile(CURL));
    const before = await world.db.selectFrom('identification.finding').selectAll().execute();
    await world.db.updateTable('identification.source_version').set({ judge_needed: true }).execute();
    world.at('2026-11-22T00:00:00Z');

    expect(await judgeAll(world.corridor, world.clock)).toBe(1);
    expect(await world.db.selectFrom('identification.finding').selectAll().execute()).toEqual(before);
    expect(await sets()).toMatchObject([{ count_needed: false }]);
  });

  it('two servers at once judge each source version once', async () => {
    const packages = Array.from({ length: 600 }, (_, at) => installed(`package-${at}`, '1.0-1'));
    await reportHost(world, 'web-1', { packages });
    await world.importFeed('debian-osv', osvFile({ ...CURL, package: 'package-7' }));
    await world.db.updateTable('identification.source_version').set({ judge_needed: true }).execute();

    const judged = await Promise.all([judgeAll(world.corridor, world.clock), judgeAll(world.corridor, world.clock)]);

    expect(judged[0] + judged[1]).toBe(600);
    expect(await sets()).toMatchObject([{ findings: 2, count_needed: false }]);
  });

  it('counts again what becomes known to be exploited, and no longer is where Security agrees', async () => {
    await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1'), installed('libcurl4', '1.0-1', { source: 'curl' })],
    });
    await world.importFeed('debian-osv', osvFile(CURL));

    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0002' }, { id: 'CVE-2026-0099' }));
    expect(await sets()).toMatchObject([{ findings: 4, known_exploited: 1 }]);

    await world.importFeed('kev', kevFile('2026-11-20T00:00:00Z', { id: 'CVE-2026-0099' }));
    expect(await sets()).toMatchObject([{ findings: 4, known_exploited: 1 }]);
    await world.app.inject({
      ...{ method: 'POST', url: '/api/v1/severities/follow' },
      payload: { vulnerabilities: ['CVE-2026-0002'], why: 'CISA took it off its list' },
    });
    expect(await sets()).toMatchObject([{ findings: 4, known_exploited: 0 }]);
  });

  it('what an import left undone when its server died is made up for', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.db.deleteFrom('identification.finding').execute();
    await world.db.updateTable('identification.source_version').set({ judge_needed: true }).execute();

    await world.grantWishes();

    expect(await findings()).toHaveLength(2);
  });
});
