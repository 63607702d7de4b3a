import type { FeedBody } from '@patchsteward/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { whileImporting } from './feeds-store.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

describeWithDatabase('the feeds that an administrator chooses', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const ACME = { feed: 'acme', form: 'osv', url: 'https://osv.example.org/all.zip', title: 'Acme errata' };

  async function send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) {
    const response = await world.app.inject({ method, url: `/api/v1/${path}`, ...(body && { payload: body }) });
    return { status: response.statusCode, body: response.json() };
  }
  const shown = async (feed: string) => (await world.get(`feeds/${feed}`)).body;
  async function kinds() {
    const leaves = await world.db.selectFrom('documentation.leaf').select(['kind', 'subject']).orderBy('id').execute();
    return leaves.map(({ kind, subject }) => `${kind} ${subject}`);
  }
  async function timers() {
    const rows = await world.db.selectFrom('campaign.timer').select('subject').orderBy('subject').execute();
    return rows.map(({ subject }) => subject);
  }

  it('the known ones are all there, three of them fetched', async () => {
    const { items } = (await world.get('feeds')).body as { items: FeedBody[] };

    expect(items.filter(({ enabled }) => enabled).map(({ feed }) => feed)).toEqual(['debian-osv', 'kev', 'epss']);
    expect(items.find(({ feed }) => feed === 'almalinux-osv')).toMatchObject({ state: 'off', own: false });
  });

  it('one that is added is fetched at once, and recorded', async () => {
    const added = await send('POST', 'feeds', ACME);

    expect(added).toMatchObject({ status: 200, body: { ...ACME, own: true, enabled: true, state: 'never-imported' } });
    expect(added.body).toMatchObject({ nextAttemptAt: new Date(world.clock()).toISOString() });
    expect(await kinds()).toEqual(['feed.added acme']);
    expect(await timers()).toEqual(['acme']);
  });

  it.each([
    ['a name that is taken', { ...ACME, feed: 'debian-osv' }, 409, 'feed-exists'],
    ['a second catalog', { ...ACME, form: 'kev' }, 400, 'feed-not-addable'],
    ['an address that is none', { ...ACME, url: 'file:///etc/passwd' }, 400, 'bad-request'],
    ['a name that is none', { ...ACME, feed: '../kev' }, 400, 'bad-request'],
  ])('%s is refused', async (_, body, status, code) => {
    expect(await send('POST', 'feeds', body)).toMatchObject({ status, body: { error: { code } } });
    expect(await kinds()).toEqual([]);
  });

  it('added twice is refused the second time', async () => {
    await send('POST', 'feeds', ACME);

    expect(await send('POST', 'feeds', ACME)).toMatchObject({ body: { error: { code: 'feed-exists' } } });
  });

  it('is switched off and on, and what was imported stays', async () => {
    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2026-0001' }));
    await send('PATCH', 'feeds/kev', { enabled: false });

    expect(await shown('kev')).toMatchObject({ enabled: false, state: 'fresh', records: 1, nextAttemptAt: null });
    expect(await send('PATCH', 'feeds/kev', { enabled: false })).toMatchObject({ status: 200 });

    await send('PATCH', 'feeds/kev', { enabled: true });
    await send('PATCH', 'feeds/npm-osv', { enabled: true });
    expect(await shown('npm-osv')).toMatchObject({ enabled: true, state: 'never-imported' });
    expect(await timers()).toEqual(['kev', 'npm-osv']);
    expect(await kinds()).toEqual([
      ...['feed.imported kev', 'feed.disabled kev', 'feed.enabled kev', 'feed.enabled npm-osv'],
    ]);
  });

  it('what has no address cannot be fetched, and what nobody knows is not found', async () => {
    expect(await send('PATCH', 'feeds/alpine-secdb', { enabled: true })).toMatchObject({
      body: { error: { code: 'feed-without-address' } },
    });
    expect(await send('POST', 'feeds/alpine-secdb/fetch')).toMatchObject({
      body: { error: { code: 'feed-without-address' } },
    });
    expect(await send('PATCH', 'feeds/weather', { enabled: true })).toMatchObject({ status: 404 });
    expect(await send('POST', 'feeds/weather/fetch')).toMatchObject({ status: 404 });
  });

  describe('one that is removed', () => {
    const DSA = osvFile({ id: 'DSA-1-1', package: 'curl' });
    async function asset() {
      return ((await world.get('assets')).body as { items: { findings: number | null; judged: object }[] }).items[0];
    }
    beforeEach(async () => {
      await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
      await send('POST', 'feeds', ACME);
      await world.importFeed('acme', DSA);
      await world.grantWishes();
    });

    it('ends what it claimed: what it alone covered is not judged any more', async () => {
      expect(await asset()).toMatchObject({ findings: 1, judged: { kind: 'judged' } });
      expect(await shown('acme')).toMatchObject({ records: 1, scopes: ['debian:12'] });

      expect(await send('DELETE', 'feeds/acme')).toMatchObject({ status: 200 });

      expect(await asset()).toMatchObject({ judged: { kind: 'not-judged', reason: { code: 'no-feed' } } });
      expect(await world.get('feeds/acme')).toMatchObject({ status: 404 });
      const open = await world.db
        .selectFrom('identification.claim')
        .select('id')
        .where('valid_to', 'is', null)
        .execute();
      expect(open).toEqual([]);
      expect(await kinds()).toContain('feed.removed acme');
      expect(await timers()).not.toContain('acme');
    });

    it('leaves what another feed claims', async () => {
      await world.importFeed('debian-osv', DSA);

      await send('DELETE', 'feeds/acme');

      expect(await asset()).toMatchObject({ findings: 1, judged: { kind: 'judged' } });
    });

    it('claims all of it again when it comes back', async () => {
      await send('DELETE', 'feeds/acme');
      await send('POST', 'feeds', { ...ACME, url: 'https://elsewhere.example.org/' });

      expect(await shown('acme')).toMatchObject({ state: 'never-imported', url: 'https://elsewhere.example.org/' });
      expect(await world.importFeed('acme', DSA)).toMatchObject({ changed: true, updated: 1 });
      expect(await asset()).toMatchObject({ findings: 1 });
    });

    it('is off where it is one of the known ones', async () => {
      await world.importFeed('debian-osv', DSA);

      await send('DELETE', 'feeds/debian-osv');

      expect(await shown('debian-osv')).toMatchObject({ state: 'off', enabled: false, records: 0, scopes: [] });
    });

    it('stays while it is being imported, and where it is a catalog', async () => {
      const removed = await whileImporting(world.db, 'acme', () => send('DELETE', 'feeds/acme'));

      expect(removed).toMatchObject({ value: { body: { error: { code: 'feed-busy' } } } });
      expect(await send('DELETE', 'feeds/kev')).toMatchObject({ body: { error: { code: 'feed-not-removable' } } });
      expect(await asset()).toMatchObject({ findings: 1 });
    });
  });

  it('an export of another ecosystem is imported as what it is, and judged by its vendor', async () => {
    const record = {
      ...{ id: 'USN-1-1', modified: '2026-11-19T10:30:00Z', summary: 'curl vulnerability' },
      ...{ published: '2026-11-19T10:30:00Z', related: ['CVE-2026-0001'] },
      affected: [
        {
          package: { ecosystem: 'Ubuntu:22.04:LTS', name: 'curl' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0-1' }] }],
        },
      ],
    };

    expect(await world.importFeed('ubuntu-osv', JSON.stringify(record))).toMatchObject({ added: 1 });
    expect(await world.refuseFeed('almalinux-osv', JSON.stringify(record))).toMatchObject({ code: 'feed-unreadable' });

    expect(await shown('ubuntu-osv')).toMatchObject({ state: 'fresh', enabled: false, scopes: ['ubuntu:22.04'] });
    expect(await shown('almalinux-osv')).toMatchObject({
      ...{ state: 'failed', lastError: expect.stringContaining('speaks of ubuntu:22.04') },
    });
  });
});
