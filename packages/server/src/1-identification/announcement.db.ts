import type {
  AnnouncementDetail,
  AnnouncementOutcome,
  AnnouncementPage,
  AssetFindings,
  ExposureAnswer,
} from '@patchsteward/contract';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { atomFile, type Told } from './testing/announced.ts';
import { osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const LIST = { id: 'list', versionId: null, codename: null, prettyName: 'a list' };
const ROUTER = { kind: 'product', vendor: 'Acme', product: 'Router 9' };
const BELOW = [{ fixed: '9.3.1' }];

describeWithDatabase('announcements of vendors', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await send('feeds', { feed: 'acme-news', form: 'announcements', url: 'https://acme.example/atom', title: 'Acme' });
  });
  afterEach(() => world.close());

  async function send(path: string, payload: object) {
    const response = await world.app.inject({ method: 'POST', url: `/api/v1/${path}`, payload });
    return { status: response.statusCode, body: response.json() };
  }
  const tell = (...told: Told[]) => world.importFeed('acme-news', atomFile(...told));
  // What the contract checked on its way out.
  const list = async (query = '') => (await world.get(`announcements${query}`)).body as AnnouncementPage;
  const show = async (id: string) => (await world.get(`announcements/${id}`)).body as AnnouncementDetail;
  const triage = (id: string, claim: object, revision = 1) =>
    send(`announcements/${id}/triage`, { revision, claim: { targets: [ROUTER], ranges: BELOW, ...claim } });
  const dismiss = (why: string, ...announcements: { id: string; revision: number }[]) =>
    send('announcements/dismissals', { announcements, why });
  const undo = (id: string) => send(`announcements/${id}/undo`, { why: 'read wrongly' });

  async function router(name: string, version: string) {
    const packages = [installed('acme/router-9', version, { architecture: '', type: 'product' })];
    return reportHost(world, name, { ecosystem: 'components', release: LIST, packages });
  }
  async function findingsOf(asset: string) {
    const { items } = (await world.get(`assets/${asset}/findings`)).body as AssetFindings;
    return items;
  }
  async function leaves() {
    const rows = await world.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'subject', 'actor', 'payload'])
      .where('kind', 'like', 'announcement.%')
      .orderBy('id')
      .execute();
    return rows;
  }

  it('wait to be read, each once, and a file twice changes nothing', async () => {
    const first = await tell({ id: 'a', published: '2026-11-18T00:00:00Z' }, { id: 'b' });

    expect(first).toMatchObject({ changed: true, records: 2, added: 2, updated: 0, quarantinedTotal: 0 });
    expect(await tell({ id: 'b' }, { id: 'c' })).toMatchObject({ records: 2, added: 1, updated: 0 });
    const { items, counts, feeds } = await list();
    expect(items).toMatchObject([
      { id: 'acme-news-3', title: 'About c', vendor: 'Acme', state: 'waiting', changed: false, revision: 1 },
      { id: 'acme-news-2', title: 'About b', url: 'https://acme.example/b' },
      { id: 'acme-news-1', title: 'About a', published: '2026-11-18T00:00:00.000Z' },
    ]);
    expect(counts).toEqual({ waiting: 3, claimed: 0, dismissed: 0 });
    expect(feeds).toEqual([{ feed: 'acme-news', vendor: 'Acme', waiting: 3 }]);
  });

  it('are shown as text, with the hash of their bytes and what of ours they may mean', async () => {
    await router('core-1', '9.2');
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await tell({ id: 'a', title: 'Router 9 and curl', text: 'Fixes cve-2026-0001 and CVE-2026-0001.' });

    expect(await show('acme-news-1')).toMatchObject({
      ...{ entry: 'a', text: 'Fixes cve-2026-0001 and CVE-2026-0001.', named: ['CVE-2026-0001'] },
      ...{ sha256: expect.stringMatching(/^sha256:/), fileSha256: expect.stringMatching(/^sha256:/) },
      suggestions: [
        { target: { kind: 'product', vendor: 'acme', product: 'router-9' }, versions: ['9.2'], assets: 1 },
        { target: { kind: 'package', release: 'debian:12', name: 'curl' }, versions: ['1.0-1'], assets: 1 },
      ],
    });
    expect(await world.get('announcements/acme-news-9')).toMatchObject({ status: 404 });
  });

  describe('that a person triages', () => {
    it('judge assets at once, and say whose reading it is', async () => {
      const [old, fixed] = [await router('core-1', '9.2'), await router('core-2', '9.3.1')];
      await tell({ id: 'a', title: 'Router 9' });

      const { status, body } = await triage('acme-news-1', { vulnerabilities: ['CVE-2026-0001'], severity: 'low' });

      expect(status).toBe(200);
      expect(body).toMatchObject({ affected: 1, notCovered: [] } satisfies Partial<AnnouncementOutcome>);
      expect(await findingsOf(old)).toMatchObject([
        {
          ...{ vulnerability: 'CVE-2026-0001', fixed: '9.3.1' },
          why: "acme/router-9 9.2 is below 9.3.1, in which acme-news-1 fixes CVE-2026-0001, triaged by Ada Example from Acme's announcement.",
          intelligence: { severity: 'low', severityFrom: expect.stringContaining('Acme') },
        },
      ]);
      expect(await findingsOf(fixed)).toEqual([]);
      const exposure = (await world.get('exposure/acme-news-1')).body as ExposureAnswer;
      expect(exposure).toMatchObject({ answer: 'affected' });
      expect(await list('?state=claimed')).toMatchObject({
        items: [{ id: 'acme-news-1', triage: { kind: 'claim', by: 'Ada Example', revision: 1 } }],
      });
      expect(await leaves()).toMatchObject([
        {
          ...{ kind: 'announcement.claimed', subject: 'acme-news-1', actor: expect.stringMatching(/^person:/) },
          payload: { targets: ['Acme Router 9'], vulnerabilities: ['CVE-2026-0001'], revision: 1 },
        },
      ]);
    });

    it('stand for what they are about where they name no CVE', async () => {
      const asset = await router('core-1', '9.2');
      await tell({ id: 'a' });

      await triage('acme-news-1', {});

      expect(await findingsOf(asset)).toMatchObject([{ vulnerability: 'acme-news-1' }]);
    });

    it('speak of packages beside the feeds of their release, which count first', async () => {
      const web = await reportHost(world, 'web-1', {
        packages: [installed('curl', '1.0-1'), installed('acme', '1.0')],
      });
      const fixes = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '1.0-1' };
      await world.importFeed('debian-osv', osvFile(fixes));
      await tell({ id: 'a' });
      const targets = ['curl', 'acme'].map((name) => ({ kind: 'package', release: 'bookworm', name }));

      const claim = { targets, ranges: [{ fixed: '2.0' }], vulnerabilities: ['CVE-2026-0001'] };
      expect((await triage('acme-news-1', claim)).body).toMatchObject({ affected: 1, notCovered: [] });

      expect(await findingsOf(web)).toMatchObject([{ source: 'acme', vulnerability: 'CVE-2026-0001' }]);
    });

    it('cover no release: what nobody else speaks of stays unjudged, and it is said', async () => {
      const web = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
      await tell({ id: 'a' });
      const targets = [{ kind: 'package', release: 'debian:12', name: 'other' }];

      const { body } = await triage('acme-news-1', { targets, ranges: [{ fixed: '2.0' }] });

      expect(body).toMatchObject({ affected: 0, notCovered: ['debian:12'] });
      expect((await world.get(`assets/${web}`)).body).toMatchObject({ judged: { kind: 'not-judged' } });
    });

    it.each([
      ['another revision', 'announcement-changed', 409, {}, 2],
      ['no such release', 'claim-impossible', 400, { targets: [{ kind: 'package', release: 'plan9', name: 'x' }] }, 1],
      ['no such version', 'claim-impossible', 400, { ranges: [{ introduced: '9', fixed: '8' }] }, 1],
      ['nothing', 'bad-request', 400, { targets: [] }, 1],
      ['an id that is none', 'bad-request', 400, { vulnerabilities: ['CVE-1'] }, 1],
    ])('refuse %s, and stay as they are', async (_, code, status, claim, revision) => {
      await tell({ id: 'a' });

      expect(await triage('acme-news-1', claim, revision)).toMatchObject({ status, body: { error: { code } } });
      expect(await leaves()).toEqual([]);
      expect((await list()).counts.waiting).toBe(1);
    });

    it('refuse a second claim, also of two at once', async () => {
      await tell({ id: 'a' });

      const both = await Promise.all([triage('acme-news-1', {}), triage('acme-news-1', {})]);

      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
      expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
        error: { code: 'announcement-not-waiting' },
      });
    });
  });

  describe('that are dismissed', () => {
    it('wait no more, all for one reason, and the record has each', async () => {
      await tell({ id: 'a' }, { id: 'b' });
      const both = [1, 2].map((serial) => ({ id: `acme-news-${serial}`, revision: 1 }));

      expect(await dismiss('marketing', ...both)).toEqual({ status: 200, body: { dismissed: 2 } });

      expect(await list('?state=dismissed')).toMatchObject({
        items: [{ triage: { kind: 'dismissal', why: 'marketing', by: 'Ada Example' } }, {}],
      });
      // One transaction writes both leaves; which of them comes first is nobody's promise.
      expect((await leaves()).toSorted((a, b) => a.subject.localeCompare(b.subject))).toMatchObject(
        both.map(({ id }) => ({ kind: 'announcement.dismissed', subject: id, payload: { why: 'marketing' } })),
      );
    });

    it('are dismissed all, or none', async () => {
      await tell({ id: 'a' }, { id: 'b' });

      const refused = await dismiss('x', { id: 'acme-news-1', revision: 1 }, { id: 'acme-news-2', revision: 7 });

      expect(refused).toMatchObject({ status: 409, body: { error: { code: 'announcement-changed' } } });
      expect((await list()).counts.waiting).toBe(2);
    });
  });

  describe('that are taken back', () => {
    it('end what was claimed, wait again, and can be claimed anew', async () => {
      const asset = await router('core-1', '9.2');
      await tell({ id: 'a' });
      await triage('acme-news-1', {});

      expect(await undo('acme-news-1')).toMatchObject({ status: 200, body: { state: 'waiting', triage: null } });
      expect(await findingsOf(asset)).toEqual([]);

      await triage('acme-news-1', { ranges: [{ fixed: '9.2.5' }] });
      expect(await findingsOf(asset)).toMatchObject([{ fixed: '9.2.5' }]);
      const { history } = await show('acme-news-1');
      expect(history.map(({ kind }) => kind)).toEqual(['claim', 'undo', 'claim']);
      expect(history[1]).toMatchObject({ undoes: history[0]?.id, why: 'read wrongly' });
    });

    it('work for a dismissal as well, and for nothing else', async () => {
      await tell({ id: 'a' });
      expect(await undo('acme-news-1')).toMatchObject({
        ...{ status: 409, body: { error: { code: 'announcement-not-triaged' } } },
      });
      await dismiss('x', { id: 'acme-news-1', revision: 1 });

      expect((await undo('acme-news-1')).status).toBe(200);
      expect((await list()).items).toMatchObject([{ id: 'acme-news-1', state: 'waiting' }]);
    });
  });

  describe('that their vendor changes', () => {
    const changed = { id: 'a', text: 'Fixed in 9.3.2.', updated: '2026-11-20T08:00:00Z' };
    beforeEach(async () => {
      await tell({ id: 'a', text: 'Fixed in 9.3.1.' });
    });

    it('wait again with their difference, and judge meanwhile by what was claimed', async () => {
      const asset = await router('core-1', '9.2');
      await triage('acme-news-1', {});

      expect(await tell(changed)).toMatchObject({ added: 0, updated: 1, records: 1 });

      expect(await show('acme-news-1')).toMatchObject({
        ...{ state: 'waiting', changed: true, revision: 2, triage: { kind: 'claim' } },
        difference: [
          { kind: 'same', text: 'About a' },
          { kind: 'removed', text: 'Fixed in 9.3.1.' },
          { kind: 'added', text: 'Fixed in 9.3.2.' },
        ],
        revisions: [{ revision: 2 }, { revision: 1 }],
      });
      expect(await findingsOf(asset)).toMatchObject([{ fixed: '9.3.1' }]);

      await triage('acme-news-1', { ranges: [{ fixed: '9.3.2' }] }, 2);
      expect(await findingsOf(asset)).toMatchObject([{ fixed: '9.3.2' }]);
      expect(await show('acme-news-1')).toMatchObject({ state: 'claimed', changed: false, difference: null });
    });

    it('end what was claimed when the change is dismissed, one at a time', async () => {
      const asset = await router('core-1', '9.2');
      await triage('acme-news-1', {});
      await tell(changed, { id: 'b' });
      const wrong = { id: 'acme-news-1', revision: 2 };

      expect(await dismiss('not ours', wrong, { id: 'acme-news-2', revision: 1 })).toMatchObject({ status: 409 });
      expect(await findingsOf(asset)).toHaveLength(1);
      expect((await dismiss('not ours', wrong)).status).toBe(200);
      expect(await findingsOf(asset)).toEqual([]);
    });

    it('are not brought back by what is older', async () => {
      await tell(changed);

      expect(await tell({ id: 'a', text: 'Older.', updated: '2026-11-19T09:00:00Z' })).toMatchObject({ updated: 0 });
      expect(await show('acme-news-1')).toMatchObject({ text: 'Fixed in 9.3.2.', revision: 2 });
    });

    it('are as they were where only their dates differ', async () => {
      expect(await tell({ id: 'a', text: 'Fixed in 9.3.1.', updated: '2026-11-20T08:00:00Z' })).toMatchObject({
        ...{ changed: false, updated: 0 },
      });
    });

    it('refuse the very file of before', async () => {
      await tell({ ...changed, updated: '2026-11-19T08:00:00Z' });

      const refused = await world.refuseFeed('acme-news', atomFile({ id: 'a', text: 'Fixed in 9.3.1.' }));

      expect(refused).toMatchObject({ code: 'feed-outdated' });
    });
  });

  it('come ten thousand at once, in pages, and are found by their words', async () => {
    const told = Array.from({ length: 10_000 }, (_, n) => ({
      id: `e${n}`,
      title: n === 77 ? 'Router 9' : `News ${n}`,
    }));

    expect(await tell(...told)).toMatchObject({ added: 10_000, quarantinedTotal: 0 });

    const first = await list('?limit=500');
    expect(first).toMatchObject({ total: 10_000, counts: { waiting: 10_000 } });
    const second = await list(`?limit=500&cursor=${first.next}`);
    expect(second.items[0]?.id).not.toBe(first.items.at(-1)?.id);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(1_000);
    expect(await list('?search=router')).toMatchObject({ total: 1, items: [{ title: 'Router 9' }] });
  });

  it('of a subscription that is removed wait no more, and what was claimed ends', async () => {
    const asset = await router('core-1', '9.2');
    await tell({ id: 'a' }, { id: 'b' });
    await triage('acme-news-1', {});

    const removed = await world.app.inject({ method: 'DELETE', url: '/api/v1/feeds/acme-news' });

    expect(removed.statusCode).toBe(200);
    expect(await list('?state=all')).toMatchObject({ total: 0, feeds: [], counts: { waiting: 0 } });
    expect(await findingsOf(asset)).toEqual([]);
    expect(await show('acme-news-1')).toMatchObject({ history: [{ kind: 'claim' }] });
  });

  it('fall silent like any other feed', async () => {
    await tell({ id: 'a' });
    world.at(NOON + 3 * DAY_MS);

    expect((await world.get('feeds/acme-news')).body).toMatchObject({ state: 'stale', gives: 'announcements' });
  });

  it('are never changed behind the back of the record', async () => {
    await tell({ id: 'a' });
    await triage('acme-news-1', {});

    for (const table of ['announcement_revision', 'announcement_triage']) {
      await expect(world.database.pool.query(`delete from identification.${table}`)).rejects.toThrow(/append-only/);
    }
  });
});
