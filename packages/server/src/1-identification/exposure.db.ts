import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { timestamp } from '../platform/column-types.ts';
import { newId } from '../platform/ids.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost, SECURITY_ORIGIN } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const NONE = {
  ...{ affected: 0, underInvestigation: 0, idle: 0, fixed: 0, notAffected: 0, notInstalled: 0, notJudged: 0 },
};

describeWithDatabase('exposure to a vulnerability', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '2.0-1' };
  const OLD = [installed('curl', '1.0-1'), installed('libcurl4', '1.0-1', { source: 'curl' })];

  async function ask(id = 'CVE-2026-0001', query = '') {
    return (await world.get(`exposure/${id}${query}`)).body;
  }

  it('names the assets that have it, the critical ones first, with why and what fixes it', async () => {
    const plain = await reportHost(world, 'web-1', { packages: OLD });
    const critical = await reportHost(world, 'web-2', { packages: OLD, updates: [offered('curl', '1.0-1', '2.0-1')] });
    await reportHost(world, 'web-3', { packages: [installed('curl', '2.0-1')] });
    await world.db
      .updateTable('identification.asset')
      .set({ criticality: 'critical' })
      .where('id', '=', critical)
      .execute();
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));
    await world.importFeed('epss', epssFile('v2026', '2026-11-19', ['CVE-2026-0001', 0.5, 0.9]));

    expect(await ask('cve-2026-0001')).toEqual({
      vulnerability: 'CVE-2026-0001',
      vulnerabilities: ['CVE-2026-0001'],
      advisory: null,
      answer: 'affected',
      sentence: '2 assets are affected by CVE-2026-0001.',
      releases: [
        {
          ...{ scope: 'debian:12', name: 'Debian GNU/Linux 12 (bookworm)', answer: 'affected' },
          ...{ assets: 3, affected: 2, notJudged: 0, sentence: 'Affected: 2 assets.' },
          counts: { ...NONE, affected: 2, fixed: 1 },
        },
      ],
      past: null,
      counts: { ...NONE, affected: 2, fixed: 1 },
      intelligence: {
        severity: 'unknown',
        severityFrom: null,
        said: null,
        knownExploited: { added: '2026-11-18', due: '2026-11-21', ransomware: false },
        epss: { score: 0.5, percentile: 0.9, date: '2026-11-19', model: 'v2026' },
      },
      claims: [
        {
          advisory: 'DSA-1-1',
          feed: 'debian-osv',
          scope: 'debian:12',
          package: 'curl',
          status: 'affected',
          fixed: '2.0-1',
          justification: null,
          impact: null,
        },
      ],
      assets: [
        {
          assetId: critical,
          assetName: 'web-2',
          criticality: 'critical',
          exposure: 'unknown',
          source: 'curl',
          sourceVersion: '1.0-1',
          packages: ['curl', 'libcurl4'],
          ...{ status: 'affected', runs: null, vulnerabilities: ['CVE-2026-0001'] },
          advisory: 'DSA-1-1',
          advisoryUrl: 'https://security-tracker.debian.org/tracker/DSA-1-1',
          advisorySource: {
            sha256: `sha256:${createHash('sha256').update(osvFile(CURL)).digest('hex')}`,
            of: 'file',
            checkedBy: 'nothing',
            signedBy: [],
          },
          ...{ feed: 'debian-osv', losing: [], held: [], campaign: null, answered: null, reasons: [] },
          since: new Date(NOON).toISOString(),
          releasedAt: expect.stringMatching(/^2026-/),
          knownSince: new Date(NOON).toISOString(),
          onAssetSince: new Date(NOON).toISOString(),
          fixed: '2.0-1',
          fixOffered: true,
          offers: [{ version: '2.0-1', origins: [SECURITY_ORIGIN], phased: false }],
          next: { step: 'install', sentence: `Install curl 2.0-1 from ${SECURITY_ORIGIN}.` },
          why: expect.stringContaining('2.0-1'),
        },
        expect.objectContaining({
          ...{ assetId: plain, assetName: 'web-1', fixOffered: false },
          next: expect.objectContaining({ step: 'add-origin' }),
          reasons: [expect.objectContaining({ code: 'fix-not-in-configured-origins' })],
        }),
      ],
      assetsTotal: 2,
      assetsNotJudged: 0,
      next: null,
    });
  });

  it('shows on request what is fixed, and what stands in the way of a fix', async () => {
    await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1'), installed('libcurl4', '1.0-1', { source: 'curl', hold: true })],
      updates: [offered('curl', '1.0-1', '2.0-1')],
    });
    await reportHost(world, 'web-2', { packages: OLD, updates: [offered('curl', '1.0-1', '2.0-1', { phased: true })] });
    await reportHost(world, 'web-3', { packages: [installed('curl', '2.0-1')] });
    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await ask('CVE-2026-0001', '?show=all')).toMatchObject({
      assetsTotal: 3,
      assets: [
        { assetName: 'web-1', status: 'affected', held: ['libcurl4'], next: { step: 'lift-hold' } },
        { assetName: 'web-2', next: { step: 'wait-for-phase' }, reasons: [{ code: 'update-phased' }] },
        { assetName: 'web-3', status: 'fixed', fixed: '2.0-1', fixOffered: false, next: { step: 'none' }, reasons: [] },
      ],
    });
  });

  it('does not judge what a third party built', async () => {
    const origin = 'packages.example.org/debian stable/main';
    await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1', { origins: [origin] })],
      publishers: [{ origin, publisher: 'Example' }],
    });
    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await ask()).toMatchObject({
      answer: 'not-judged',
      counts: { notJudged: 1, affected: 0 },
      assets: [{ status: 'not_judged', advisory: null, next: { step: 'ask-publisher' } }],
    });
  });

  it('counts the kernel that runs, and tells of the others beside it', async () => {
    const image = (release: string, version: string) =>
      installed(`linux-image-${release}`, version, { source: 'linux', sourceVersion: version });
    const kernels = [image('6.1.0-1-amd64', '6.1.1-1'), image('6.1.0-2-amd64', '6.1.2-1')];
    const headers = installed('linux-libc-dev', '6.1.1-1', { source: 'linux', sourceVersion: '6.1.1-1' });
    const system = (running: string) => ({
      runningKernel: running,
      installedKernels: kernels.map(({ name, version }) => ({
        ...{ release: name.replace('linux-image-', ''), package: name, version },
      })),
    });
    await reportHost(world, 'old', { packages: [...kernels, headers], system: system('6.1.0-1-amd64') });
    await reportHost(world, 'new', { packages: [...kernels, headers], system: system('6.1.0-2-amd64') });
    await reportHost(world, 'unknown', { packages: [...kernels, headers], system: system('5.10.0-1-amd64') });
    await reportHost(world, 'box', { packages: [headers], system: { ...system('6.1.0-2-amd64'), container: true } });
    await world.importFeed('debian-osv', osvFile({ ...CURL, package: 'linux', fixed: '6.1.2-1' }));

    expect(await ask()).toMatchObject({
      sentence: '2 assets are affected by CVE-2026-0001. In kernel packages that do not run: 2 assets.',
      counts: { affected: 2, idle: 2 },
      assets: [
        {
          assetName: 'old',
          runs: true,
          next: { step: 'reboot' },
          reasons: [{ code: 'fix-installed-not-running' }, { code: 'reboot-pending' }],
        },
        { assetName: 'unknown', runs: true },
      ],
    });
    const all = (await ask('CVE-2026-0001', '?show=all')) as { assets: { assetName: string; runs: boolean }[] };
    expect(all.assets.filter(({ assetName }) => assetName === 'new').map(({ runs }) => runs)).toEqual([false, true]);
  });

  it('finds a vulnerability by another name of it', async () => {
    await reportHost(world, 'web-1', { packages: OLD });
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.db
      .updateTable('identification.advisory')
      .set({ aliases: ['GHSA-jfh8-c2jp-5v3q'] })
      .execute();

    expect(await ask('ghsa-JFH8-c2jp-5v3q')).toMatchObject({
      vulnerability: 'GHSA-jfh8-c2jp-5v3q',
      vulnerabilities: ['GHSA-jfh8-c2jp-5v3q', 'CVE-2026-0001'],
      answer: 'affected',
      assets: [{ assetName: 'web-1' }],
    });
  });

  it('finds who has a package below a version, by the order of its release', async () => {
    await reportHost(world, 'web-1', { packages: OLD });
    await reportHost(world, 'web-2', { packages: [installed('curl', '1.10-1')] });
    await reportHost(world, 'web-3', { packages: [installed('nano', '1.0-1')] });

    for (const asked of ['curl < 1.9-1', 'libcurl4<1.9-1']) {
      expect(await ask(encodeURIComponent(asked))).toMatchObject({
        answer: 'affected',
        sentence: expect.stringMatching(/^1 asset has (?:curl|libcurl4) < 1\.9-1\.$/),
        counts: { affected: 1, notJudged: 0 },
        assets: [{ assetName: 'web-1', fixed: '1.9-1', advisory: null }],
      });
    }
    expect(await ask(encodeURIComponent('curl < 1'))).toMatchObject({ answer: 'not-affected', assets: [] });
  });

  it('names the campaign that carries the update', async () => {
    await reportHost(world, 'web-1', { packages: OLD });
    await world.importFeed('debian-osv', osvFile(CURL));
    const id = newId();
    await sql`
      insert into campaign.campaign (id, title, state, room, requester, opened_at, updated_at, version, fold)
      values (${id}, 'curl on web', 'identified', '1-identification', 'ann', now(), now(), 1, '{}')
    `.execute(world.db);
    await sql`insert into campaign.open_update values ('debian:12', 'curl', ${id})`.execute(world.db);

    expect(await ask()).toMatchObject({
      assets: [{ campaign: { id, title: 'curl on web', state: 'identified' }, next: { step: 'follow-campaign' } }],
    });
  });

  it('gives its assets in pages', async () => {
    for (const name of ['web-1', 'web-2', 'web-3']) await reportHost(world, name, { packages: OLD });
    await world.importFeed('debian-osv', osvFile(CURL));

    const first = (await ask('CVE-2026-0001', '?limit=2')) as { next: string };
    const second = await ask('CVE-2026-0001', `?limit=2&cursor=${first.next}`);

    expect(first).toMatchObject({ assetsTotal: 3, assets: [{ assetName: 'web-1' }, { assetName: 'web-2' }] });
    expect(second).toMatchObject({ assetsTotal: 3, assets: [{ assetName: 'web-3' }], next: null });
  });

  it('leaves out nothing and repeats nothing where pages part the versions of one host', async () => {
    const kernels = [1, 2].map((n) => installed(`linux-image-${n}`, `6.1.${n}-1`, { source: 'linux' }));
    for (const name of ['web-1', 'web-2', 'web-3']) await reportHost(world, name, { packages: kernels });
    await world.importFeed('debian-osv', osvFile({ ...CURL, package: 'linux', fixed: '6.1.9-1' }));

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = (await ask('CVE-2026-0001', `?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`)) as {
        next: string | null;
        assets: { assetName: string; sourceVersion: string }[];
      };
      seen.push(...page.assets.map(({ assetName, sourceVersion }) => `${assetName} ${sourceVersion}`));
      cursor = page.next;
    } while (cursor !== null && seen.length < 10);

    expect(seen).toEqual(['web-1', 'web-2', 'web-3'].flatMap((name) => [`${name} 6.1.1-1`, `${name} 6.1.2-1`]));
  });

  it('says "not affected" only of what was judged', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1')] });
    const release = { id: 'debian', versionId: '13', codename: 'trixie', prettyName: 'Debian 13' };
    await reportHost(world, 'web-2', { release, packages: [installed('curl', '1.0-1')] });
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.grantWishes();

    expect(await ask()).toMatchObject({ answer: 'not-affected', assets: [], assetsTotal: 0, assetsNotJudged: 1 });
  });

  it('says "not judged" of what no feed speaks of, and shows what is known all the same', async () => {
    await reportHost(world, 'web-1', { packages: OLD });
    expect(await ask()).toMatchObject({ answer: 'not-judged', claims: [] });

    await world.importFeed('debian-osv', osvFile(CURL));
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0099' }));

    expect(await ask('CVE-2026-0099')).toMatchObject({
      answer: 'not-judged',
      intelligence: { knownExploited: { added: '2026-11-18' } },
      claims: [],
    });
  });

  it('forgets what was withdrawn', async () => {
    await reportHost(world, 'web-1', { packages: OLD });
    await world.importFeed('debian-osv', osvFile(CURL));
    const withdrawn = '2026-11-20T00:00:00Z';
    await world.importFeed('debian-osv', osvFile({ ...CURL, modified: withdrawn, withdrawn }));

    expect(await ask()).toMatchObject({ answer: 'not-judged', assets: [] });
    const closed = await world.db
      .selectFrom('identification.claim')
      .select('id')
      .where('valid_to', '=', timestamp(world.clock()))
      .execute();
    expect(closed).toHaveLength(1);
  });
});
