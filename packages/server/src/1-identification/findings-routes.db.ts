import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost, SECURITY_ORIGIN } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

describeWithDatabase('findings and updates of an asset', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const RELEASED = '2026-11-19T10:30:00Z';
  const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '2.0-1', published: RELEASED };
  const packages = [installed('curl', '1.0-1'), installed('libcurl4', '1.0-1', { source: 'curl', hold: true })];

  async function findingsOf(assetId: string, query = '') {
    return (await world.get(`assets/${assetId}/findings${query}`)).body;
  }

  it('each finding tells what, where, why, what fixes it, and by when', async () => {
    const assetId = await reportHost(world, 'web-1', {
      packages,
      updates: [offered('curl', '1.0-1', '2.0-1')],
    });
    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await findingsOf(assetId)).toMatchObject({
      judged: { kind: 'judged' },
      total: 1,
      next: null,
      unjudgedPackages: 0,
      contested: 0,
      items: [
        {
          vulnerability: 'CVE-2026-0001',
          source: 'curl',
          sourceVersion: '1.0-1',
          packages: [
            { name: 'curl', architecture: 'amd64', version: '1.0-1', hold: false },
            { name: 'libcurl4', architecture: 'amd64', version: '1.0-1', hold: true },
          ],
          advisory: 'DSA-1-1',
          advisoryUrl: 'https://security-tracker.debian.org/tracker/DSA-1-1',
          feed: 'debian-osv',
          fixed: '2.0-1',
          fixOffered: [{ name: 'curl', to: '2.0-1', origins: [SECURITY_ORIGIN] }],
          why: expect.stringContaining('2.0-1'),
          losing: [],
          intelligence: { severity: 'unknown', severityFrom: null, knownExploited: null, epss: null },
          assessment: { lane: 'critical', releasedAt: new Date(RELEASED).toISOString(), releasedFrom: 'advisory' },
          reasons: expect.arrayContaining([
            expect.objectContaining({ code: 'fix-held', subject: 'libcurl4' }),
            expect.objectContaining({ code: 'fix-not-in-configured-origins' }),
          ]),
        },
      ],
    });
  });

  it('a pin is told in its own words: on the finding, on what it keeps away, and on the package', async () => {
    const pin = 'Package: curl, Pin: version 1.0-1, Pin-Priority: 990 (/etc/apt/preferences.d/curl)';
    const assetId = await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1', { hold: true, pin })],
      updates: [offered('curl', '1.0-1', '2.0-1')],
    });
    await world.importFeed('debian-osv', osvFile(CURL));
    const because = [{ code: 'fix-pinned', subject: `curl (${pin})` }];

    expect(await findingsOf(assetId)).toMatchObject({
      items: [
        { packages: [{ name: 'curl', hold: true, pin }], reasons: because, waits: [{ kind: 'held', subject: 'curl' }] },
      ],
    });
    expect((await world.get(`assets/${assetId}/updates`)).body).toMatchObject({
      items: [{ name: 'curl', hold: true, pin, reasons: because }],
    });
    expect((await world.get(`assets/${assetId}/packages`)).body).toMatchObject({
      items: [{ name: 'curl', hold: true, pin }],
    });
  });

  it('the claims that lost stand beside the one that won', async () => {
    const assetId = await reportHost(world, 'web-1', { packages });
    const later = { ...CURL, id: 'DSA-2-1', fixed: '3.0-1', published: '2026-11-20T00:00:00Z' };

    await world.importFeed('debian-osv', osvFile(CURL, later));

    expect(await findingsOf(assetId)).toMatchObject({
      items: [
        {
          advisory: 'DSA-1-1',
          fixed: '2.0-1',
          losing: [{ advisory: 'DSA-2-1', feed: 'debian-osv', status: 'affected', because: 'fixed-in-higher-version' }],
        },
      ],
    });
  });

  describe('the clock', () => {
    it('runs from the release where we knew asset and advisory in time', async () => {
      world.at('2026-11-19T11:00:00Z');
      const assetId = await reportHost(world, 'web-1', { packages }, { firstSeen: Date.UTC(2026, 0, 1) });
      await world.importFeed('debian-osv', osvFile(CURL));
      world.at(NOON);

      const due = new Date(Date.parse(RELEASED) + 48 * HOUR_MS).toISOString();
      expect(await findingsOf(assetId)).toMatchObject({
        items: [{ assessment: { clock: 'release', due, late: false } }],
      });

      world.at('2026-11-21T10:30:00.001Z');
      expect(await findingsOf(assetId)).toMatchObject({
        items: [
          {
            assessment: {
              late: true,
              reasons: expect.arrayContaining([expect.objectContaining({ code: 'due-passed' })]),
            },
          },
        ],
      });
    });

    it('runs from first sight where the asset came later, and shows the release all the same', async () => {
      await world.importFeed('debian-osv', osvFile(CURL));
      const assetId = await reportHost(world, 'web-1', { packages });
      await world.grantWishes();

      expect(await findingsOf(assetId)).toMatchObject({
        items: [
          {
            assessment: {
              clock: 'backlog',
              releasedAt: new Date(RELEASED).toISOString(),
              due: new Date(NOON + 48 * HOUR_MS).toISOString(),
            },
          },
        ],
      });
    });

    it('starts with the first signed index that lists the fix, where that was before the advisory', async () => {
      const indexDate = Date.parse('2026-11-19T08:00:00Z');
      const origin = {
        publisher: 'Debian',
        label: 'Debian-Security',
        suite: 'oldstable-security',
        codename: 'bookworm-security',
        validUntil: null,
      };
      world.at('2026-11-19T11:00:00Z');
      const assetId = await reportHost(
        world,
        'web-1',
        {
          packages,
          // The index lists a later version, which has the fix as well.
          updates: [offered('curl', '1.0-1', '2.0-2')],
          origins: [{ id: SECURITY_ORIGIN, ...origin, date: indexDate, signed: true }],
        },
        { firstSeen: Date.UTC(2026, 0, 1) },
      );
      await world.importFeed('debian-osv', osvFile(CURL));

      expect(await findingsOf(assetId)).toMatchObject({
        items: [
          {
            assessment: {
              releasedFrom: 'index',
              releasedAt: new Date(indexDate).toISOString(),
              releasedPrecision: 'time',
            },
          },
        ],
      });
    });
  });

  it('what is known to be exploited on an exposed asset comes first', async () => {
    const assetId = await reportHost(world, 'web-1', { packages: [...packages, installed('bash', '5')] });
    await world.importFeed(
      'debian-osv',
      osvFile(CURL, { id: 'DSA-2-1', package: 'bash', upstream: ['CVE-2026-0002'], fixed: '6' }),
    );
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0002', ransomware: true }));

    expect(await findingsOf(assetId, '?limit=1')).toMatchObject({
      items: [
        {
          vulnerability: 'CVE-2026-0002',
          intelligence: { knownExploited: { added: '2026-11-18', due: '2026-11-21', ransomware: true } },
        },
      ],
      total: 2,
    });
  });

  it('pages follow each other and end', async () => {
    const upstream = ['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003'];
    const assetId = await reportHost(world, 'web-1', { packages });
    await world.importFeed('debian-osv', osvFile({ ...CURL, upstream }));

    const first = (await findingsOf(assetId, '?limit=2')) as { items: { vulnerability: string }[]; next: string };
    const second = (await findingsOf(assetId, `?limit=2&cursor=${first.next}`)) as typeof first;

    expect([...first.items, ...second.items].map(({ vulnerability }) => vulnerability)).toEqual(upstream);
    expect(second.next).toBeNull();
  });

  it.each([
    ['curl', 1],
    ['LIBCURL4 cve-2026-0001', 1],
    ['dsa-1', 1],
    ['bash', 0],
  ])('a search for %s finds %d', async (search, total) => {
    const assetId = await reportHost(world, 'web-1', { packages });
    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await findingsOf(assetId, `?search=${encodeURIComponent(search)}`)).toMatchObject({ total });
  });

  describe('an empty answer says why it is empty', () => {
    const NOT_JUDGED = [
      ['no feed is loaded', undefined, 'no-feed'],
      ['no feed covers the release', osvFile({ ...CURL, release: '13' }), 'release-not-covered'],
    ] as const;

    it.each(NOT_JUDGED)('%s', async (_, file, code) => {
      const assetId = await reportHost(world, 'web-1', { packages });
      if (file !== undefined) await world.importFeed('debian-osv', file);
      await world.grantWishes();

      expect(await findingsOf(assetId)).toMatchObject({
        items: [],
        total: 0,
        judged: { kind: 'not-judged', reason: { code } },
      });
    });

    it('the first report of a host came a moment ago', async () => {
      await world.importFeed('debian-osv', osvFile(CURL));
      const others = Array.from({ length: 60 }, (_, at) => installed(`package-${at}`, '1'));
      const assetId = await reportHost(world, 'web-1', { packages: [...packages, ...others] });

      expect(await findingsOf(assetId)).toMatchObject({ items: [], judged: { reason: { code: 'not-judged-yet' } } });
      await world.grantWishes();
      expect(await findingsOf(assetId)).toMatchObject({ total: 1, judged: { kind: 'judged' } });
    });

    it('the asset has not reported', async () => {
      const assetId = await reportHost(world, 'web-1', { packages });
      await world.db.deleteFrom('identification.check_in').execute();

      expect(await findingsOf(assetId)).toMatchObject({ items: [], judged: { reason: { code: 'not-reported-yet' } } });
      expect((await world.get(`assets/${assetId}/updates`)).body).toMatchObject({
        items: [],
        reasons: [{ code: 'not-reported-yet' }],
      });
    });

    it('the package manager gave no answer', async () => {
      const assetId = await reportHost(world, 'web-1', {
        packages,
        unanswered: 'E: The list of sources could not be read.',
      });

      expect((await world.get(`assets/${assetId}/updates`)).body).toMatchObject({
        items: [],
        reasons: [{ code: 'updates-not-known', subject: expect.stringContaining('The list of sources') }],
      });
    });

    it('there is no such asset', async () => {
      for (const list of ['findings', 'updates']) {
        const { status, body } = await world.get(`assets/01890000-0000-7000-8000-0000000000aa/${list}`);
        expect([status, body]).toMatchObject([404, { error: { code: 'not-found' } }]);
      }
    });
  });

  it('what a third party built is not judged, and is counted', async () => {
    const origin = 'download.example.org/apt stable/main';
    const assetId = await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1', { origins: [origin] }), installed('libcurl4', '1.0-1', { source: 'curl' })],
      publishers: [{ origin, publisher: 'Example' }],
    });
    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await findingsOf(assetId)).toMatchObject({
      total: 1,
      unjudgedPackages: 1,
      items: [{ packages: [{ name: 'libcurl4' }] }],
    });
  });

  it('what a later advisory names again is counted beside', async () => {
    const assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1')] });
    await world.importFeed(
      'debian-osv',
      osvFile(CURL, { ...CURL, id: 'DSA-2-1', fixed: '3.0-1', published: '2026-11-20T00:00:00Z' }),
    );

    expect(await findingsOf(assetId)).toMatchObject({ total: 0, contested: 1, judged: { kind: 'judged' } });
  });

  it('of two kernels only the one that runs is exposed', async () => {
    const kernel = (abi: string, version: string) =>
      installed(`linux-image-6.1.0-${abi}-amd64`, version, {
        source: 'linux-signed-amd64',
        sourceVersion: version.replace('-', '+'),
      });
    const assetId = await reportHost(world, 'web-1', {
      packages: [kernel('8', '6.1.8-1'), kernel('9', '6.1.9-1')],
      system: {
        runningKernel: '6.1.0-8-amd64',
        installedKernels: [
          { release: '6.1.0-8-amd64', package: 'linux-image-6.1.0-8-amd64', version: '6.1.8-1' },
          { release: '6.1.0-9-amd64', package: 'linux-image-6.1.0-9-amd64', version: '6.1.9-1' },
        ],
      },
    });
    await world.importFeed('debian-osv', osvFile({ ...CURL, package: 'linux', fixed: '6.1.9-1' }));

    expect(await findingsOf(assetId)).toMatchObject({
      total: 1,
      items: [
        {
          source: 'linux',
          sourceVersion: '6.1.8-1',
          reasons: expect.arrayContaining([expect.objectContaining({ code: 'reboot-pending' })]),
        },
      ],
    });
  });

  describe('updates', () => {
    it('tell what each is for, security first', async () => {
      const assetId = await reportHost(world, 'web-1', {
        packages: [...packages, installed('vim', '9.0-1')],
        updates: [
          offered('curl', '1.0-1', '2.0-1'),
          offered('libcurl4', '1.0-1', '2.0-1', { source: 'curl', phased: true }),
          offered('vim', '9.0-1', '9.0-2', { origins: ['deb.debian.org/debian bookworm/main'] }),
        ],
      });
      await world.importFeed('debian-osv', osvFile(CURL));

      expect((await world.get(`assets/${assetId}/updates`)).body).toMatchObject({
        total: 3,
        next: null,
        reasons: [],
        items: [
          {
            name: 'curl',
            from: '1.0-1',
            to: '2.0-1',
            kind: 'security',
            fixes: ['CVE-2026-0001'],
            hold: false,
            assessment: { lane: 'critical' },
          },
          {
            name: 'libcurl4',
            source: 'curl',
            kind: 'security',
            hold: true,
            phased: true,
            reasons: [{ code: 'fix-held' }, { code: 'update-phased' }],
          },
          {
            name: 'vim',
            kind: 'bugfix',
            fixes: [],
            assessment: { lane: 'routine', why: expect.stringContaining('no known vulnerability') },
          },
        ],
      });
    });

    it('are known without any feed, by their origins and versions', async () => {
      const origin = {
        publisher: 'Debian',
        label: 'Debian-Security',
        suite: 'oldstable-security',
        codename: null,
        validUntil: null,
      };
      const assetId = await reportHost(world, 'web-1', {
        packages,
        updates: [offered('curl', '1.0-1', '2.0-1')],
        origins: [{ id: SECURITY_ORIGIN, ...origin, date: null, signed: true }],
      });

      expect((await world.get(`assets/${assetId}/updates`)).body).toMatchObject({
        items: [
          { kind: 'security', kindWhy: expect.stringContaining(SECURITY_ORIGIN), assessment: { lane: 'critical' } },
        ],
      });
    });

    it('say each reason once however much they fix', async () => {
      const upstream = Array.from({ length: 40 }, (_, at) => `CVE-2026-${1000 + at}`);
      const assetId = await reportHost(world, 'web-1', { packages, updates: [offered('curl', '1.0-1', '2.0-1')] });
      await world.importFeed('debian-osv', osvFile({ ...CURL, upstream }));

      const { body } = await world.get(`assets/${assetId}/updates?search=curl`);

      expect(body).toMatchObject({
        items: [
          {
            assessment: {
              reasons: expect.arrayContaining([
                expect.objectContaining({ code: 'severity-unknown', subject: 'CVE-2026-1000 and 39 more' }),
              ]),
            },
          },
        ],
      });
    });
  });
});
