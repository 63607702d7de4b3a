import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { importFeed } from './feeds-import.ts';
import { epssFile, kevFile, type OsvFacts, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';
import { zipFile } from './testing/zip-file.ts';

const MIB = 1024 * 1024;
const OLDER = '2026-11-18T10:30:00Z';

const DSA: OsvFacts = { id: 'DSA-1-1', package: 'curl', fixed: '2.0-1' };
const record = (facts: OsvFacts): string => osvFile(facts).trimEnd();
const zip = (facts: OsvFacts): Uint8Array => zipFile('DSA-1-1.json', Buffer.from(record(facts)));

/** One byte of what stands before the last `fromEnd` ones is another. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

/** gzip members one after the other are one file: half a megabyte that unpacks to as much as wanted. // RFC 1952 §2.2 */
function gzipOf(bytesCount: number): Uint8Array {
  const member = gzipSync(Buffer.alloc(64 * MIB, ' '));
  return Buffer.concat([gzipSync('['), ...Array.from({ length: bytesCount / (64 * MIB) }, () => member)]);
}

/** An archive whose directory says that it has this many files. // APPNOTE §4.3.14 */
function zipOf(entries: bigint): Uint8Array {
  const end64 = new DataView(new ArrayBuffer(56));
  end64.setUint32(0, 0x06064b50, true);
  end64.setBigUint64(32, entries, true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setBigUint64(8, 30n, true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  const start = Buffer.from([0x50, 0x4b, 3, 4, ...new Array<number>(26).fill(0)]);
  return Buffer.concat([start, ...[end64, locator, end].map(({ buffer }) => new Uint8Array(buffer))]);
}

describeWithDatabase('a file that must not be imported', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.importFeed('debian-osv', osvFile(DSA));
    await world.importFeed('kev', kevFile('2026-11-19T10:00:00Z', { id: 'CVE-2026-0001' }));
    await world.importFeed('epss', epssFile('v2026', '2026-11-19', ['CVE-2026-0001', 0.5, 0.9]));
  });
  afterEach(() => world.close());

  async function answersAsBefore() {
    expect((await world.get('assets')).body).toMatchObject({
      items: [{ findings: 1, knownExploited: 1, judged: { kind: 'judged' } }],
    });
    const open = await world.db
      .selectFrom('identification.claim')
      .select('advisory')
      .where('valid_to', 'is', null)
      .execute();
    expect(open).toEqual([{ advisory: 'DSA-1-1' }]);
  }

  const CHANGED = { ...DSA, fixed: '3.0-1', modified: '2026-11-20T10:00:00Z' };

  it.each<readonly [string, string, () => Uint8Array | string, string]>([
    ['a byte of a zip is another', 'debian-osv', () => flipped(zip(CHANGED), 120), 'does not match its checksum'],
    ['a byte of a gzip is another', 'debian-osv', () => flipped(gzipSync(record(CHANGED)), 60), 'gzip data is damaged'],
    [
      'the checksum of a gzip is another',
      'kev',
      () => gzipSync(kevFile('2026-11-20T10:00:00Z')).map((byte, at, all) => (at === all.length - 6 ? byte ^ 1 : byte)),
      'gzip data is damaged',
    ],
    ['an archive has more files than any export', 'debian-osv', () => zipOf(1_000_001n), 'has 1000001 files'],
    [
      'a file in an archive is larger than any record',
      'debian-osv',
      () => zipFile('DSA-1-1.json', new Uint8Array(65 * MIB), { packed: true }),
      'is too large once DSA-1-1.json is unpacked',
    ],
    [
      'a file in an archive unpacks to more than it says',
      'debian-osv',
      () => zipFile('DSA-1-1.json', Buffer.alloc(8 * MIB, ' '), { packed: true, size: 100 }),
      'cannot be unpacked',
    ],
    ['an archive holds an archive', 'debian-osv', () => zipFile('inner.zip', zip(CHANGED)), 'holds no OSV record'],
    ['a packed file is packed once more', 'debian-osv', () => gzipSync(gzipSync(record(CHANGED))), 'is not'],
    ['half a megabyte unpacks to 640', 'debian-osv', () => gzipOf(640 * MIB), 'unpacks to more than 500 MiB'],
    ['half a megabyte of scores unpacks to 640', 'epss', () => gzipOf(640 * MIB), 'unpacks to more than 500 MiB'],
    ['brackets are nested without an end', 'debian-osv', () => '['.repeat(100_000), 'nested more than 64 levels deep'],
    ['the catalog is one of an earlier day', 'kev', () => kevFile(OLDER), 'what is loaded is of'],
    [
      'the scores are those of an earlier day',
      'epss',
      () => epssFile('v2026', '2026-11-18', ['CVE-2026-0001', 0.1, 0.2]),
      'what is loaded is of',
    ],
  ])('%s: it is refused with the reason, and what was loaded answers', async (_, feed, file, reason) => {
    const refusal = await world.refuseFeed(feed, file());

    expect(refusal.message).toContain(reason);
    expect((await world.get(`feeds/${feed}`)).body).toMatchObject({ lastError: refusal.message, records: 1 });
    await answersAsBefore();
  });

  it('a gigabyte of JSON is refused by its size, before it is read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'feeds-large-'));
    const path = join(folder, 'all.json');
    const file = await open(path, 'w');
    await file.truncate(1024 * MIB);
    await file.close();
    try {
      const tools = { ...world, policy: DEFAULT_POLICY, mirrors: {}, settle: () => Promise.resolve(true) };
      const before = process.memoryUsage.rss();

      const imported = importFeed(tools, 'debian-osv', { path, sha256: 'sha256:large', served: null }, 'system');

      await expect(imported).rejects.toThrow('has 1024 MiB, more than the 512 MiB');
      expect(process.memoryUsage.rss() - before).toBeLessThan(256 * MIB);
      await answersAsBefore();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  describe('what of a file cannot be used is set aside, and the rest is taken', () => {
    const other = (more: object) =>
      JSON.stringify({ ...JSON.parse(record({ ...DSA, id: 'DSA-2-1', package: 'zlib' })), ...more });
    const package_ = { ecosystem: 'Debian:12', name: 'zlib' };

    it.each([
      ['a record without versions', { affected: [{ package: package_ }] }, 'it names neither a range nor versions'],
      ['a version that is none', { affected: [{ package: package_, versions: ['one two'] }] }, 'one two is no version'],
      ['a record without a time', { modified: null }, 'modified: it is missing'],
      [
        'a range that begins nowhere',
        { affected: [{ package: package_, ranges: [{ type: 'ECOSYSTEM', events: [{ fixed: '1' }] }] }] },
        'it has a range that begins nowhere',
      ],
    ])('%s', async (_, more, problem) => {
      const imported = await world.importFeed('debian-osv', `${osvFile(DSA)}${other(more)}\n`);

      expect(imported.quarantined).toMatchObject([{ problem }]);
      await answersAsBefore();
    });
  });

  it('aliases that lead in a circle lead nowhere', async () => {
    const alias = (id: string, aliases: readonly string[]) =>
      JSON.stringify({
        ...{ id, modified: '2026-11-19T10:30:00Z', aliases },
        affected: [
          {
            package: { ecosystem: 'npm', name: 'left-pad' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
          },
        ],
      });
    const [a, b, c] = ['GHSA-aaaa-aaaa-aaaa', 'GHSA-bbbb-bbbb-bbbb', 'GHSA-cccc-cccc-cccc'] as const;

    const imported = await world.importFeed('npm-osv', [alias(a, [b]), alias(b, [c]), alias(c, [a])].join('\n'));

    expect(imported).toMatchObject({ added: 3, quarantinedTotal: 0 });
    const claims = await world.db
      .selectFrom('identification.claim')
      .select('vulnerability')
      .where('feed', '=', 'npm-osv')
      .orderBy('advisory')
      .execute();
    expect(claims.map(({ vulnerability }) => vulnerability)).toEqual([a, b, a]);
  });

  it('an older revision of an advisory is no news, whatever else the file brings', async () => {
    const imported = await world.importFeed('debian-osv', osvFile({ ...DSA, fixed: '9.0-1', modified: OLDER }));

    expect(imported).toMatchObject({ changed: false, updated: 0 });
    await answersAsBefore();
  });

  describe('a database of fixes, which has no dates', () => {
    const secdb = (fixes: Readonly<Record<string, readonly string[]>>): string =>
      JSON.stringify({
        ...{ distroversion: 'v3.19', reponame: 'main', urlprefix: 'https://dl-cdn.alpinelinux.org/alpine' },
        packages: [
          { pkg: { name: 'curl', secfixes: fixes } },
          { pkg: { name: 'zlib', secfixes: { '1-r0': ['CVE-2026-0009'] } } },
        ],
      });
    const FIRST = secdb({ '8.5.0-r0': ['CVE-2026-0007'] });
    const SECOND = secdb({ '8.5.0-r0': ['CVE-2026-0007'], '8.6.0-r0': ['CVE-2026-0008'] });

    async function claims() {
      return world.db
        .selectFrom('identification.claim')
        .select(['id', 'vulnerability'])
        .where('feed', '=', 'alpine-secdb')
        .where('valid_to', 'is', null)
        .orderBy('id')
        .execute();
    }

    it('changes the claims that changed, and no others', async () => {
      await world.importFeed('alpine-secdb', FIRST);
      const before = await claims();

      expect(await world.importFeed('alpine-secdb', SECOND)).toMatchObject({ updated: 1 });

      const after = await claims();
      expect(after.slice(0, 2)).toEqual(before);
      expect(after.map(({ vulnerability }) => vulnerability)).toEqual([
        'CVE-2026-0007',
        'CVE-2026-0009',
        'CVE-2026-0008',
      ]);
    });

    it.each([
      ['packed', gzipSync(FIRST)],
      ['printed', JSON.stringify(JSON.parse(FIRST), null, 2)],
    ])('is not taken back by what was imported before it and is %s in another way', async (_, again) => {
      await world.importFeed('alpine-secdb', FIRST);
      await world.importFeed('alpine-secdb', SECOND);
      const before = await claims();

      expect(await world.refuseFeed('alpine-secdb', again)).toMatchObject({ code: 'feed-outdated' });
      expect(await claims()).toEqual(before);
      expect(await world.importFeed('alpine-secdb', gzipSync(SECOND))).toMatchObject({ changed: false });
    });

    it('is not taken back by a file that was imported before it', async () => {
      await world.importFeed('alpine-secdb', FIRST);
      await world.importFeed('alpine-secdb', SECOND);
      const before = await claims();

      expect(await world.refuseFeed('alpine-secdb', FIRST)).toMatchObject({
        ...{ code: 'feed-outdated', message: expect.stringContaining('was imported before') },
      });

      expect(await claims()).toEqual(before);
      expect(await world.importFeed('alpine-secdb', SECOND)).toMatchObject({ changed: false });
    });
  });
});
