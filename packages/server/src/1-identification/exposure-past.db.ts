import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

describeWithDatabase('exposure on a day of the past', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '2.0-1' };
  const curl = (version: string) => ({ packages: [installed('curl', version)] });

  async function at(day: string, query = '') {
    return world.get(`exposure/CVE-2026-0001?at=${day}${query}`);
  }

  /** Day 1: web-1 reports. Day 2: the advisory comes. Day 3: it is fixed. Day 4: a higher fix replaces it, web-2 comes. */
  async function fourDays() {
    world.at('2026-11-01T12:00:00Z');
    const assetId = await reportHost(world, 'web-1', curl('1.0-1'));
    world.at('2026-11-02T12:00:00Z');
    await world.importFeed('debian-osv', osvFile({ ...CURL, published: '2026-11-02T08:00:00Z' }));
    world.at('2026-11-03T12:00:00Z');
    await reportHost(world, 'web-1', curl('2.0-1'), { assetId });
    world.at('2026-11-04T12:00:00Z');
    const modified = '2026-11-04T08:00:00Z';
    await world.importFeed(
      'debian-osv',
      osvFile({ ...CURL, published: '2026-11-02T08:00:00Z', modified, fixed: '3.0-1' }),
    );
    await reportHost(world, 'web-2', curl('3.0-1'));
    await world.importFeed('kev', kevFile('2026-11-04T00:00:00Z', { id: 'CVE-2026-0001', added: '2026-11-04' }));
    return assetId;
  }

  it('is what was known then of what was there then', async () => {
    await fourDays();
    const answers = new Map<string, unknown>();
    for (const day of ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']) {
      const { body } = (await at(day)) as { body: { answer: string; assets: { sourceVersion: string }[] } };
      answers.set(day, [body.answer, body.assets.map(({ sourceVersion }) => sourceVersion)]);
    }

    expect([...answers]).toEqual([
      // No claim had been imported, so nobody could have said.
      ['2026-11-01', ['not-judged', []]],
      ['2026-11-02', ['affected', ['1.0-1']]],
      ['2026-11-03', ['not-affected', []]],
      ['2026-11-04', ['affected', ['2.0-1']]],
    ]);
  });

  it('says where the history begins, and which figures are not of that day', async () => {
    await fourDays();

    expect((await at('2026-11-02')).body).toMatchObject({
      past: {
        at: '2026-11-02T23:59:59.999Z',
        historyFrom: '2026-11-01T12:00:00.000Z',
        assetsUnknownThen: 1,
        note: expect.stringContaining('labels of assets are those of today'),
      },
      intelligence: { knownExploited: null },
      assets: [{ fixed: '2.0-1', next: { sentence: 'It was fixed in curl 2.0-1.' }, offers: [], campaign: null }],
    });
    expect((await at('2026-11-04')).body).toMatchObject({ intelligence: { knownExploited: { added: '2026-11-04' } } });
    expect((await at('2026-10-01')).body).toMatchObject({
      answer: 'not-judged',
      past: { assetsUnknownThen: 2, historyFrom: '2026-11-01T12:00:00.000Z' },
    });
  });

  it('is the list over the fleet of that day, too', async () => {
    await fourDays();
    const listed = new Map<string, unknown>();
    for (const day of ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']) {
      const { body } = (await world.get(`findings?at=${day}`)) as {
        body: { items: { assets: number; fixed: string }[]; total: number; assetsNotJudged: number };
      };
      const { items, total, assetsNotJudged } = body;
      expect(total).toBe(items.length);
      listed.set(day, [items.map(({ assets, fixed }) => [assets, fixed]), assetsNotJudged]);
    }

    expect([...listed]).toEqual([
      // No claim had been imported, and web-2 was not there.
      ['2026-11-01', [[], 2]],
      ['2026-11-02', [[[1, '2.0-1']], 1]],
      ['2026-11-03', [[], 1]],
      ['2026-11-04', [[[1, '3.0-1']], 0]],
    ]);
    expect((await world.get('findings?at=2026-11-02')).body).toMatchObject({
      items: [{ vulnerability: 'CVE-2026-0001', lane: null, due: null, intelligence: { knownExploited: null } }],
      past: { at: '2026-11-02T23:59:59.999Z', historyFrom: '2026-11-01T12:00:00.000Z', assetsUnknownThen: 1 },
    });
    expect((await world.get('findings?at=2026-11-04&source=nano')).body).toMatchObject({ items: [], total: 0 });
    expect((await world.get('findings?at=2026-11-04&search=curl')).body).toMatchObject({
      items: [{ intelligence: { knownExploited: { added: '2026-11-04' } } }],
    });
    expect((await world.get('findings?at=2027-01-01')).status).toBe(400);
  });

  it('of a list leaves out kernels that did not run, and has what still ran after its fix', async () => {
    const image = installed('linux-image-6.1.0-1-amd64', '6.1.1-1', { source: 'linux', sourceVersion: '6.1.1-1' });
    const headers = installed('linux-libc-dev', '6.1.1-1', { source: 'linux', sourceVersion: '6.1.1-1' });
    const used = { replacedCode: [{ package: 'curl', users: ['a.service'] }], restartNeeded: ['a.service'] };
    world.at('2026-11-01T12:00:00Z');
    await world.importFeed('debian-osv', osvFile(CURL, { ...CURL, id: 'DSA-2-1', package: 'linux', fixed: '6.1.2-1' }));
    const assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), headers] });
    await reportHost(world, 'web-2', { packages: [image] });
    world.at('2026-11-02T12:00:00Z');
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1'), headers], system: used }, { assetId });
    world.at('2026-11-05T12:00:00Z');
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1'), headers] }, { assetId });

    expect((await world.get('findings?at=2026-11-03')).body).toMatchObject({
      items: [
        { source: 'curl', assets: 1, fixed: '2.0-1' },
        { source: 'linux', assets: 1 },
      ],
    });
    expect((await world.get('findings?at=2026-11-05T12:30:00Z')).status).toBe(400);
  });

  it('of today is the answer of now', async () => {
    await fourDays();
    const now = (await world.get('exposure/CVE-2026-0001')).body as { assets: object[] };
    const today = (await at('2026-11-04')).body as { assets: object[] };

    const told = (rows: object[]) => rows.map((row) => ({ ...row, next: null, reasons: null }));
    expect(told(today.assets)).toEqual(told(now.assets));
  });

  it('knows since when an asset has it', async () => {
    const assetId = await fourDays();
    world.at('2026-11-05T12:00:00Z');
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1'), installed('nano', '1')] }, { assetId });

    expect((await world.get('exposure/CVE-2026-0001')).body).toMatchObject({
      // The first report of a version that is affected by what is known today.
      assets: [{ assetName: 'web-1', sourceVersion: '2.0-1', onAssetSince: '2026-11-01T12:00:00.000Z' }],
    });
  });

  it.each(['2027-01-01', 'yesterday', '2026-11-31'])('refuses %s', async (day) => {
    expect((await at(day)).status).toBe(400);
  });

  it('has one row per change of an asset, however often it reports', async () => {
    const assetId = await fourDays();
    for (const minute of [1, 2, 3]) {
      world.at(`2026-11-05T12:0${minute}:00Z`);
      await reportHost(world, 'web-1', curl('2.0-1'), { assetId });
    }

    const { rows } = await sql<{ from: string; to: string | null }>`
      select to_json(valid_from) #>> '{}' as from, to_json(valid_to) #>> '{}' as to
      from identification.inventory_history where asset_id = ${assetId} order by valid_from
    `.execute(world.db);
    expect(rows).toEqual([
      { from: '2026-11-01T12:00:00+00:00', to: '2026-11-03T12:00:00+00:00' },
      { from: '2026-11-03T12:00:00+00:00', to: null },
    ]);
  });

  it('begins anew where a clock was set back', async () => {
    const assetId = await fourDays();
    world.at('2026-11-02T18:00:00Z');
    await reportHost(world, 'web-1', curl('4.0-1'), { assetId });

    const { rows } = await sql<{ open: number; rows: number }>`
      select count(*)::integer as rows, count(*) filter (where valid_to is null)::integer as open
      from identification.inventory_history where asset_id = ${assetId}
    `.execute(world.db);
    expect(rows).toEqual([{ rows: 2, open: 1 }]);
  });
});
