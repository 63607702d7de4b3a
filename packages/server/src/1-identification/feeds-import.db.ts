import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { whileImporting } from './feeds-store.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

describeWithDatabase('importing a feed', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const FIRST = { id: 'DSA-1-1', upstream: ['CVE-2026-0001', 'CVE-2026-0002'] };

  async function claims() {
    const rows = await world.db
      .selectFrom('identification.claim')
      .select(['advisory', 'vulnerability', 'ranges', 'valid_from', 'valid_to'])
      .orderBy('id')
      .execute();
    return rows.map(({ advisory, vulnerability, ranges, valid_to: validTo }) => ({
      said: `${advisory} ${vulnerability}`,
      ranges,
      open: validTo === null,
    }));
  }

  async function tables() {
    const read = async (table: string) =>
      (await world.database.pool.query(`select * from ${table} order by 1, 2`)).rows;
    return {
      advisory: await read('identification.advisory'),
      claim: await read('identification.claim'),
      finding: await read('identification.finding'),
      exploited: await read('identification.known_exploited'),
      epss: await read('identification.epss'),
    };
  }

  it('keeps advisories with the time at which we first knew of them', async () => {
    const imported = await world.importFeed('debian-osv', osvFile(FIRST));

    expect(imported).toMatchObject({
      changed: true,
      records: 1,
      added: 1,
      updated: 0,
      removed: 0,
      quarantinedTotal: 0,
    });
    const [advisory] = await world.db.selectFrom('identification.advisory').selectAll().execute();
    expect(advisory).toMatchObject({ id: 'DSA-1-1', first_seen: world.clock(), published_precision: 'time' });
    expect(await claims()).toMatchObject([
      { said: 'DSA-1-1 CVE-2026-0001', open: true },
      { said: 'DSA-1-1 CVE-2026-0002', open: true },
    ]);
  });

  it('records each import with the hash of its bytes and what it changed', async () => {
    const imported = await world.importFeed('debian-osv', osvFile(FIRST));

    const leaves = await world.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'subject', 'actor', 'payload'])
      .execute();
    expect(leaves).toMatchObject([
      {
        kind: 'feed.imported',
        subject: 'debian-osv',
        payload: { from: 'file', records: imported.records, added: 1, updated: 0, removed: 0, quarantined: 0 },
      },
    ]);
    expect(leaves[0]?.actor).toMatch(/^person:/);
    const [feed] = await world.db.selectFrom('identification.feed').selectAll().execute();
    expect(leaves[0]?.payload).toMatchObject({ sha256: feed?.sha256 });
  });

  const FILES = [
    ['debian-osv', osvFile(FIRST, { id: 'DSA-2-1', package: 'bash' })],
    ['kev', kevFile('2026-11-19T10:00:00Z', { id: 'CVE-2026-0001' }, { id: 'CVE-2026-0009', ransomware: true })],
    ['epss', epssFile('v2026', '2026-11-19', ['CVE-2026-0001', 0.5, 0.9], ['CVE-2026-0002', 0.01, 0.1])],
  ] as const;

  it.each(FILES)('%s: the same bytes twice change nothing and write nothing', async (feed, file) => {
    await world.importFeed(feed, file);
    const before = await tables();
    world.at('2026-11-21T00:00:00Z');

    const again = await world.importFeed(feed, file);

    expect(again).toMatchObject({ changed: false, added: 0, updated: 0, removed: 0, rejudged: 0 });
    expect(await tables()).toEqual(before);
    expect(await world.db.selectFrom('documentation.leaf').select('id').execute()).toHaveLength(1);
  });

  it.each(FILES)('%s: other bytes that say the same change nothing', async (feed, file) => {
    await world.importFeed(feed, file);
    const before = await tables();
    world.at('2026-11-21T00:00:00Z');

    const again = await world.importFeed(feed, gzipSync(file));

    expect(again).toMatchObject({ changed: false, added: 0, updated: 0, removed: 0, rejudged: 0 });
    expect(await tables()).toEqual(before);
  });

  it('reads the same bytes again when the reader has become better', async () => {
    await world.importFeed('debian-osv', osvFile(FIRST));
    await world.db.updateTable('identification.feed').set({ reader: 0 }).execute();
    await world.db.updateTable('identification.advisory').set({ revision: 'of an older reader' }).execute();

    expect(await world.importFeed('debian-osv', osvFile(FIRST))).toMatchObject({ changed: true, updated: 1 });
  });

  it('a changed record closes what it said and adds what it says now; the rest stays', async () => {
    await world.importFeed('debian-osv', osvFile(FIRST, { id: 'DSA-2-1', package: 'bash' }));
    world.at('2026-11-21T00:00:00Z');

    const changed = { ...FIRST, fixed: '3.0-1', modified: '2026-11-20T00:00:00Z' };
    const imported = await world.importFeed('debian-osv', osvFile(changed, { id: 'DSA-2-1', package: 'bash' }));

    expect(imported).toMatchObject({ changed: true, added: 0, updated: 1, removed: 0 });
    expect((await claims()).map(({ said, open }) => [said, open])).toEqual([
      ['DSA-2-1 CVE-2026-0001', true],
      ['DSA-1-1 CVE-2026-0001', false],
      ['DSA-1-1 CVE-2026-0002', false],
      ['DSA-1-1 CVE-2026-0001', true],
      ['DSA-1-1 CVE-2026-0002', true],
    ]);
    const [advisory] = await world.db
      .selectFrom('identification.advisory')
      .selectAll()
      .where('id', '=', 'DSA-1-1')
      .execute();
    expect(advisory?.first_seen).toBe(Date.parse('2026-11-20T12:00:00Z'));
  });

  it('an advisory that a file leaves out stays: only its vendor withdraws it', async () => {
    await world.importFeed('debian-osv', osvFile(FIRST));

    expect(await world.importFeed('debian-osv', osvFile({ id: 'DSA-2-1' }))).toMatchObject({ added: 1, removed: 0 });
    expect((await claims()).every(({ open }) => open)).toBe(true);
  });

  it('a withdrawn advisory judges nothing any more, and what it was found on is not affected', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.importFeed('debian-osv', osvFile(FIRST));
    const withdrawn = { ...FIRST, modified: '2026-11-20T00:00:00Z', withdrawn: '2026-11-20T00:00:00Z' };

    const imported = await world.importFeed('debian-osv', osvFile(withdrawn));

    expect(imported).toMatchObject({ changed: true, removed: 1, updated: 0, rejudged: 1 });
    expect((await claims()).some(({ open }) => open)).toBe(false);
    expect(await world.db.selectFrom('identification.finding').select('vulnerability').execute()).toEqual([]);
    expect(await world.importFeed('debian-osv', gzipSync(osvFile(withdrawn)))).toMatchObject({ changed: false });
  });

  it('an older revision than the stored one changes nothing', async () => {
    const newer = { ...FIRST, fixed: '3.0-1', modified: '2026-11-20T00:00:00Z' };
    await world.importFeed('debian-osv', osvFile(newer));
    const before = await tables();

    expect(await world.importFeed('debian-osv', osvFile(FIRST))).toMatchObject({ changed: false, updated: 0 });
    expect(await tables()).toEqual(before);
  });

  it('a broken record is put aside with its reason, the others are taken', async () => {
    const file = `${osvFile(FIRST)}{"id":"DSA-9-1","modified":"yesterday","affected":[]}\n`;

    const imported = await world.importFeed('debian-osv', file);

    expect(imported).toMatchObject({ added: 1, records: 1, quarantinedTotal: 1, quarantined: [{ record: 'DSA-9-1' }] });
    expect((await world.get('feeds/debian-osv')).body).toMatchObject({
      ...{ feed: 'debian-osv', records: 1, quarantined: 1, quarantine: [{ record: 'DSA-9-1' }] },
    });
  });

  it('by which nothing is judged says so, also when it is imported again', async () => {
    const affected = [{ package: { ecosystem: 'openEuler:24.03-LTS', name: 'curl' }, versions: ['1'] }];
    const file = `${JSON.stringify({ id: 'OESA-2026-1', modified: '2026-11-01T00:00:00Z', affected })}\n`;
    const told = { records: 1, quarantinedTotal: 1, judgesNothing: true };

    expect(await world.importFeed('npm-osv', file)).toMatchObject({ changed: true, ...told });
    expect(await world.importFeed('npm-osv', file)).toMatchObject({ changed: false, ...told });
    expect(await world.importFeed('debian-osv', osvFile(FIRST))).toMatchObject({ judgesNothing: false });
  });

  it('a character that no text can hold puts its record aside, not the file', async () => {
    const file = osvFile(FIRST, { id: 'DSA-2-1', summary: 'a\u0000b' }, { id: 'DSA-3-1', summary: 'half \ud800' });

    const imported = await world.importFeed('debian-osv', file);

    expect(imported).toMatchObject({ added: 1, quarantinedTotal: 2 });
    expect(imported.quarantined.map(({ record }) => record)).toEqual(['DSA-2-1', 'DSA-3-1']);
  });

  const BROKEN = [
    ['debian-osv', 'no JSON at all', '{"id": '],
    ['debian-osv', 'empty', ''],
    ['debian-osv', 'damaged gzip', gzipSync(osvFile(FIRST)).subarray(0, 60)],
    ['kev', 'another feed', osvFile(FIRST)],
    ['kev', 'fewer entries than it announces', kevFile('2026-11-19T10:00:00Z').replace('"count":0', '"count":7')],
    ['epss', 'cut off in a line', epssFile('v2026', '2026-11-19', ['CVE-2026-0001', 0.5, 0.9]).slice(0, -3)],
  ] as const;

  it.each(BROKEN)('%s, %s: refused, and the last good state stays with the reason beside it', async (feed, _, file) => {
    for (const [id, good] of FILES) await world.importFeed(id, good);
    const before = await tables();

    const refusal = await world.refuseFeed(feed, file);

    expect(refusal).toMatchObject({ code: 'feed-unreadable' });
    expect(await tables()).toEqual(before);
    const { body } = await world.get('feeds');
    expect(body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ feed, lastError: refusal.message })]),
    });
    expect(await world.importFeed(feed, gzipSync(FILES.find(([id]) => id === feed)?.[1] ?? ''))).toMatchObject({
      changed: false,
    });
    const after = (await world.get('feeds')).body;
    expect(JSON.stringify(after)).not.toContain(refusal.message);
  });

  it('a gzip that unpacks to more than any feed has is refused before it is in memory', async () => {
    // Ten members of a gzip file unpack one after the other. // RFC 1952 §2.2
    const member = gzipSync(Buffer.alloc(60 * 1024 * 1024));
    const bomb = Buffer.concat(Array.from({ length: 10 }, () => member));

    const refusal = await world.refuseFeed('kev', bomb);

    expect(refusal).toMatchObject({ code: 'feed-unreadable', message: expect.stringContaining('500 MiB') });
  });

  it('a second import of a feed at the same time is told to wait', async () => {
    const refusal = await whileImporting(world.db, 'kev', () => world.refuseFeed('kev', FILES[1][1]));

    expect(refusal).toMatchObject({ kind: 'done', value: { code: 'feed-busy' } });
    expect((await world.get('feeds/kev')).body).toMatchObject({ lastError: null });
    expect(await world.importFeed('kev', FILES[1][1])).toMatchObject({ changed: true });
  });

  describe('of a catalog', () => {
    it('takes away what its publisher took away, and changes what it changed', async () => {
      await world.importFeed('kev', kevFile('2026-11-18T00:00:00Z', { id: 'CVE-2026-0001' }, { id: 'CVE-2026-0002' }));

      const file = kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0002', ransomware: true }, { id: 'CVE-2026-0003' });
      const imported = await world.importFeed('kev', file);

      expect(imported).toMatchObject({ changed: true, added: 1, updated: 1, removed: 1 });
      const rows = await world.db
        .selectFrom('identification.known_exploited')
        .selectAll()
        .orderBy('vulnerability')
        .execute();
      expect(rows).toMatchObject([
        { vulnerability: 'CVE-2026-0002', ransomware: true, added: '2026-11-18', due: '2026-11-21' },
        { vulnerability: 'CVE-2026-0003', ransomware: false },
      ]);
    });

    it('takes nothing away while one of its records cannot be read', async () => {
      await world.importFeed('kev', kevFile('2026-11-18T00:00:00Z', { id: 'CVE-2026-0001' }));

      const file = kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001', added: 'yesterday' });
      const imported = await world.importFeed('kev', file);

      expect(imported).toMatchObject({ changed: false, removed: 0, quarantinedTotal: 1 });
      expect(
        await world.db.selectFrom('identification.known_exploited').select('vulnerability').execute(),
      ).toHaveLength(1);
    });

    it('that is older than what is loaded is refused', async () => {
      await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0002' }));

      const refusal = await world.refuseFeed('kev', kevFile('2026-11-18T00:00:00Z', { id: 'CVE-2026-0001' }));

      expect(refusal).toMatchObject({
        code: 'feed-outdated',
        message: expect.stringContaining('2026-11-18T00:00:00.000Z'),
      });
      expect(await world.db.selectFrom('identification.known_exploited').select('vulnerability').execute()).toEqual([
        { vulnerability: 'CVE-2026-0002' },
      ]);
    });

    it('that lost most of its entries is refused, whatever it announces', async () => {
      const entries = Array.from({ length: 120 }, (_, at) => ({ id: `CVE-2026-${1000 + at}` }));
      await world.importFeed('kev', kevFile('2026-11-18T00:00:00Z', ...entries));

      const refusal = await world.refuseFeed('kev', kevFile('2026-11-19T00:00:00Z', ...entries.slice(0, 50)));

      expect(refusal).toMatchObject({ code: 'feed-unreadable', message: expect.stringContaining('70 of the 120') });
      expect(await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', ...entries.slice(0, 70)))).toMatchObject({
        removed: 50,
      });
    });

    it('keeps the model with each score, and the day', async () => {
      await world.importFeed('epss', epssFile('v2025', '2026-05-17', ['CVE-2026-0001', 0.9, 0.99]));

      const imported = await world.importFeed('epss', epssFile('v2026', '2026-07-12', ['CVE-2026-0001', 0.1, 0.5]));

      expect(imported).toMatchObject({ changed: true, added: 0, updated: 1, removed: 0 });
      expect(await world.db.selectFrom('identification.epss').selectAll().execute()).toEqual([
        { vulnerability: 'CVE-2026-0001', score: 0.1, percentile: 0.5, model: 'v2026', score_date: '2026-07-12' },
      ]);
    });
  });
});
