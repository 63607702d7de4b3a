import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../platform/database.ts';
import { createLog } from '../platform/log.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { countFleet, grantFleet } from './fleet.ts';
import { lockLastCount } from './fleet-store.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost, testCorridor } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

describeWithDatabase('the lists over the fleet', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '2.0-1' };
  const BASH = { id: 'DSA-2-1', package: 'bash', upstream: ['CVE-2026-0002', 'CVE-2026-0003'], fixed: '5.2-2' };

  it('without a feed are not clean but not judged', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();

    const { body } = await world.get('findings');

    expect(body).toMatchObject({ items: [], total: 0, assetsNotJudged: 1, reasons: [{ code: 'no-feed' }] });
  });

  it('without an asset say so', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));

    expect((await world.get('findings')).body).toMatchObject({ items: [], reasons: [{ code: 'no-asset-enrolled' }] });
  });

  it('name what is exploited first, then what is likely to be, then what is on most assets', async () => {
    await world.importFeed(
      'debian-osv',
      osvFile(CURL, BASH, { id: 'DSA-3-1', package: 'vim', upstream: ['CVE-2026-0004'], fixed: '9-2' }),
    );
    await world.importFeed('epss', epssFile('v2026', '2026-11-19', ['CVE-2026-0002', 0.9, 0.99]));
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));
    await reportHost(world, 'web-1', {
      packages: [installed('curl', '1.0-1'), installed('bash', '5.1-1'), installed('vim', '9-1')],
    });
    await reportHost(world, 'web-2', { packages: [installed('vim', '9-1')] });
    await world.grantWishes();

    const first = (await world.get('findings?limit=2')).body as { next: string };
    const second = (await world.get(`findings?limit=2&cursor=${first.next}`)).body;

    expect(first).toMatchObject({
      total: 4,
      items: [
        {
          vulnerability: 'CVE-2026-0001',
          source: 'curl',
          scope: 'debian:12',
          advisory: 'DSA-1-1',
          fixed: '2.0-1',
          assets: 1,
          intelligence: {
            severity: 'unknown',
            severityFrom: null,
            knownExploited: { added: '2026-11-18', due: '2026-11-21', ransomware: false },
            epss: null,
          },
        },
        {
          vulnerability: 'CVE-2026-0002',
          intelligence: { epss: { score: 0.9, percentile: 0.99, date: '2026-11-19', model: 'v2026' } },
        },
      ],
    });
    expect(second).toMatchObject({
      items: [
        { vulnerability: 'CVE-2026-0004', assets: 2 },
        { vulnerability: 'CVE-2026-0003', assets: 1 },
      ],
      next: null,
    });
  });

  it('count a host once that has two versions of a source, and tell the fix that ends all of it', async () => {
    const kernels = { id: 'DSA-5-1', package: 'linux', upstream: ['CVE-2026-0005'], fixed: '6.1.10-1' };
    await world.importFeed('debian-osv', osvFile(kernels));
    const packages = [
      installed('linux-image-6.1.0-8', '6.1.8-1', { source: 'linux' }),
      installed('linux-image-6.1.0-9', '6.1.9-1', { source: 'linux' }),
    ];
    await reportHost(world, 'web-1', { packages });
    await reportHost(world, 'web-2', { packages: packages.slice(1) });
    await world.grantWishes();

    expect((await world.get('findings')).body).toMatchObject({ total: 1, items: [{ assets: 2, fixed: '6.1.10-1' }] });
  });

  it('count of kernels what runs, and tell of the rest in one line', async () => {
    const image = (release: string, version: string) =>
      installed(`linux-image-${release}`, version, { source: 'linux', sourceVersion: version });
    const kernels = [image('6.1.0-1-amd64', '6.1.1-1'), image('6.1.0-2-amd64', '6.1.3-1')];
    const headers = installed('linux-libc-dev', '6.1.1-1', { source: 'linux', sourceVersion: '6.1.1-1' });
    const system = (running: string) => ({
      runningKernel: running,
      installedKernels: kernels.map(({ name, version }) => ({
        ...{ release: name.replace('linux-image-', ''), package: name, version },
      })),
    });
    const linux = { ...CURL, package: 'linux', upstream: ['CVE-2026-0001', 'CVE-2026-0002'] };
    await world.importFeed('debian-osv', osvFile({ ...linux, fixed: '6.1.2-1' }));
    await reportHost(world, 'old', { packages: [...kernels, headers], system: system('6.1.0-1-amd64') });
    await reportHost(world, 'new', { packages: [...kernels, headers], system: system('6.1.0-2-amd64') });
    await reportHost(world, 'unknown', { packages: [...kernels, headers], system: system('5.10.0-1-amd64') });
    await reportHost(world, 'headers', { packages: [headers] });
    await reportHost(world, 'box', { packages: [...kernels], system: { ...system('6.1.0-2-amd64'), container: true } });
    await world.grantWishes();

    const idle = [{ source: 'linux', scope: 'debian:12', assets: 3, vulnerabilities: 2 }];
    expect((await world.get('findings')).body).toMatchObject({ items: [{ assets: 2 }, { assets: 2 }], idle });
    for (const by of ['source', 'vulnerability']) {
      const { body } = await world.get(`finding-groups?by=${by}`);
      expect(body).toMatchObject({ items: by === 'source' ? [{ assets: 2 }] : [{ assets: 2 }, { assets: 2 }], idle });
    }
  });

  it('go on to count what was fixed and still runs, once for each asset', async () => {
    const used = { replacedCode: [{ package: 'curl', users: ['a.service'] }], restartNeeded: ['a.service'] };
    await world.importFeed('debian-osv', osvFile({ ...CURL, upstream: ['CVE-2026-0001'] }));
    const assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    const report = (version: string, system: object) =>
      reportHost(world, 'web-1', { packages: [installed('curl', version)], system }, { assetId });
    const listed = async () => {
      await world.grantWishes();
      return ['findings', 'finding-groups?by=source', 'finding-groups?by=vulnerability'].map((path) => world.get(path));
    };
    world.at(world.clock() + 60_000);
    await report('1.5-1', used);
    for (const { body } of await Promise.all(await listed())) expect(body).toMatchObject({ items: [{ assets: 1 }] });

    world.at(world.clock() + 60_000);
    await report('2.0-1', used);
    for (const { body } of await Promise.all(await listed())) expect(body).toMatchObject({ items: [{ assets: 1 }] });

    world.at(world.clock() + 60_000);
    await report('2.0-1', {});
    for (const { body } of await Promise.all(await listed())) expect(body).toMatchObject({ items: [] });
  });

  it('forget what no asset has any more', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    const assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();
    expect((await world.get('findings')).body).toMatchObject({ total: 1 });

    world.at(world.clock() + 60_000);
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1')] }, { assetId });
    await world.grantWishes();

    expect((await world.get('findings')).body).toMatchObject({ items: [], total: 0 });
  });

  it.each([
    ['cve-2026-0001', ['curl']],
    ['dsa-2', ['bash', 'bash']],
    ['curl debian:12', ['curl']],
    ['curl bash', []],
    ['%', []],
  ])('find by words: %s', async (search, sources) => {
    await world.importFeed('debian-osv', osvFile(CURL, BASH));
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), installed('bash', '5.1-1')] });
    await world.grantWishes();

    const { body } = await world.get(`findings?search=${encodeURIComponent(search)}`);

    expect(body).toMatchObject({ items: sources.map((source) => ({ source })), total: sources.length });
  });

  it('say of an offered version what it fixes on the assets, and call it security then', async () => {
    await world.importFeed('debian-osv', osvFile(CURL, BASH));
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0003' }));
    const packages = [
      installed('curl', '1.0-1'),
      installed('libcurl4', '1.0-1', { source: 'curl' }),
      installed('bash', '5.1-1'),
      installed('vim', '9.0-1'),
    ];
    const origins = ['deb.debian.org/debian bookworm/main'];
    const updates = [
      offered('bash', '5.1-1', '5.2-1', { origins }),
      offered('curl', '1.0-1', '2.0-1', { origins }),
      offered('libcurl4', '1.0-1', '2.0-1', { origins, source: 'curl' }),
      offered('vim', '9.0-1', '9.0-2', { origins }),
    ];
    await reportHost(world, 'web-1', { packages, updates });
    await reportHost(world, 'web-2', { packages, updates: updates.slice(1) });
    await world.grantWishes();

    const first = (await world.get('updates?limit=1')).body as { next: string };
    expect(first).toMatchObject({
      total: 3,
      items: [
        {
          source: 'curl',
          sourceVersion: '2.0-1',
          scope: 'debian:12',
          packages: ['curl', 'libcurl4'],
          kind: 'security',
          fixes: ['CVE-2026-0001'],
          assets: 2,
        },
      ],
    });
    // bash 5.2-1 is below the fix in 5.2-2.
    expect((await world.get(`updates?cursor=${first.next}`)).body).toMatchObject({
      items: [
        { source: 'vim', kind: 'bugfix', fixes: [], assets: 2 },
        { source: 'bash', kind: 'feature', fixes: [], assets: 1 },
      ],
      next: null,
    });
    expect((await world.get('updates?search=libcurl4')).body).toMatchObject({ total: 1, items: [{ source: 'curl' }] });
  });

  it('say on how many of the affected assets a fix is on offer', async () => {
    await world.importFeed('debian-osv', osvFile(CURL, { ...BASH, fixed: null }));
    const packages = [installed('curl', '1.0-1'), installed('bash', '5.1-1')];
    const to = (version: string) => ({ packages, updates: [offered('curl', '1.0-1', version)] });
    await reportHost(world, 'offered', to('2.0-1'));
    await reportHost(world, 'newer', to('2.1-1'));
    await reportHost(world, 'older', to('1.5-1'));
    await reportHost(world, 'nothing', { packages });
    await world.grantWishes();
    const fixes = async () => {
      const { items } = (await world.get('findings?source=curl')).body as {
        items: { fix: string; offeredOn: number }[];
      };
      const { items: groups } = (await world.get('finding-groups?search=curl')).body as {
        items: { fixes: string[]; offeredOn: number | null }[];
      };
      return [items.map((one) => [one.fix, one.offeredOn]), groups.map((one) => [one.fixes, one.offeredOn])];
    };

    expect(await fixes()).toEqual([[['offered', 2]], [[['offered'], 2]]]);

    // Of one asset with two versions, one of which is offered its fix, nobody counts.
    const both = [installed('curl', '1.0-1'), installed('curl-old', '0.9-1', { source: 'curl' })];
    await reportHost(world, 'both', { packages: both });
    await world.grantWishes();
    world.at(world.clock() + 3_600_000);
    await world.grantWishes();
    expect(await fixes()).toEqual([[['offered', null]], [[['offered'], null]]]);
    expect((await world.get('finding-groups?by=source&search=curl')).body).toMatchObject({
      items: [{ offeredOn: null }],
    });
  });

  it('refuse a cursor that they did not give', async () => {
    for (const list of ['findings', 'updates']) {
      expect(await world.get(`${list}?cursor=WzFd`)).toMatchObject({
        status: 400,
        body: { error: { code: 'bad-request' } },
      });
    }
  });

  it('are put off where counting took long a moment ago, and left alone where nothing is new', async () => {
    const put = (at: number) =>
      world.corridor.change({ actor: 'system', at }, async (tx) => ({
        value: await grantFleet({ key: 'fleet', payload: null, at }, tx, {
          clock: world.clock,
          policy: DEFAULT_POLICY,
          readSaid: async () => new Map(),
        }),
      }));
    await world.corridor.change({ actor: 'system', at: world.clock() }, async (tx) => {
      await grantFleet({ key: 'fleet', payload: null, at: world.clock() }, tx, {
        clock: world.clock,
        policy: DEFAULT_POLICY,
        readSaid: async () => new Map(),
      });
      await tx.updateTable('identification.fleet_count').set({ duration_ms: 3_000 }).execute();
      return { value: undefined };
    });
    const nothingNew = await put(world.clock() + 1);
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });

    expect(nothingNew).toEqual({ value: undefined });
    expect(await put(world.clock() + 1)).toMatchObject({
      timers: [{ kind: 'fleet', subject: 'fleet', due: world.clock() + 30_000 }],
    });
    expect(await put(world.clock() + 30_000)).toMatchObject({
      touched: ['findings', 'updates', 'exposure', 'severities', 'overview'],
    });
  });

  it('are counted for an import when whoever counts at this moment is done', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    // Nobody waits for a row as long as a count may take: the import says that it does.
    const impatient = openDatabase(world.database.address, createLog({ level: 'silent' }), { lockMsMax: 50 });
    const counting = { clock: world.clock, policy: DEFAULT_POLICY, readSaid: async () => new Map() };
    try {
      const waiting = await world.db.transaction().execute(async (tx) => {
        await lockLastCount(tx);
        const waits = countFleet(testCorridor(impatient.db), counting);
        await pause(200);
        return { waits };
      });

      await expect(waiting.waits).resolves.toBeUndefined();
    } finally {
      await impatient.close();
    }
  });
});
