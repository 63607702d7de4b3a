import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseDebianOsv } from './parse.ts';

type Json = Record<string, unknown>;

const range = (...events: Json[]) => ({ type: 'ECOSYSTEM', events });
const affected = (members: Json = {}) => ({
  package: { ecosystem: 'Debian:12', name: 'curl' },
  ranges: [range({ introduced: '0' }, { fixed: '7.88.1-11' })],
  ...members,
});
const record = (members: Json = {}) => ({
  schema_version: '1.7.3',
  id: 'DSA-5000-1',
  summary: 'curl - security update',
  published: '2026-07-01T00:00:00Z',
  modified: '2026-07-02T10:00:00Z',
  upstream: ['CVE-2026-0001'],
  affected: [affected()],
  references: [{ type: 'ADVISORY', url: 'https://security-tracker.debian.org/tracker/DSA-5000-1' }],
  ...members,
});

const lines = (...records: unknown[]) => bytesOf(records.map((value) => `${JSON.stringify(value)}\n`).join(''));
const parse = (...records: unknown[]) => parseDebianOsv(lines(...records));

describe('a record', () => {
  it('becomes an advisory and a claim per release, package and vulnerability', () => {
    const trixie = affected({ package: { ecosystem: 'Debian:13', name: 'curl' } });

    const { advisories, claims, quarantined, dataAsOf } = parse(
      record({ upstream: ['CVE-2026-0002', 'CVE-2026-0001'], affected: [affected(), trixie] }),
    );

    expect(advisories).toEqual([
      {
        feed: 'debian-osv',
        id: 'DSA-5000-1',
        summary: 'curl - security update',
        published: Date.UTC(2026, 6, 1),
        publishedPrecision: 'day',
        modified: Date.UTC(2026, 6, 2, 10),
        withdrawn: null,
        aliases: [],
        vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002'],
        references: ['https://security-tracker.debian.org/tracker/DSA-5000-1'],
      },
    ]);
    expect(claims.map(({ scope, vulnerability }) => `${scope} ${vulnerability}`)).toEqual([
      'debian:12 CVE-2026-0001',
      'debian:12 CVE-2026-0002',
      'debian:13 CVE-2026-0001',
      'debian:13 CVE-2026-0002',
    ]);
    expect(claims[0]).toEqual({
      feed: 'debian-osv',
      advisory: 'DSA-5000-1',
      authority: 'vendor-advisory',
      vulnerability: 'CVE-2026-0001',
      scope: 'debian:12',
      packageKind: 'source',
      packageName: 'curl',
      status: 'affected',
      ranges: [{ introduced: null, fixed: '7.88.1-11', lastAffected: null }],
      versions: [],
      published: Date.UTC(2026, 6, 1),
      publishedPrecision: 'day',
      modified: Date.UTC(2026, 6, 2, 10),
      withdrawn: null,
    });
    expect({ quarantined, dataAsOf }).toEqual({ quarantined: [], dataAsOf: Date.UTC(2026, 6, 2, 10) });
  });

  it.each([
    ['an advisory of Debian', 'DSA-5000-1', 'vendor-advisory', ['CVE-2026-0001']],
    ['one of its long-term support', 'DLA-4000-1', 'vendor-advisory', ['CVE-2026-0001']],
    ['a status of its tracker', 'DEBIAN-CVE-2026-9999', 'vendor-status', ['CVE-2026-9999']],
    ['the same under its older name', 'CVE-2026-9999', 'vendor-status', ['CVE-2026-9999']],
    ['what somebody else says', 'GHSA-aaaa-bbbb-cccc', 'aggregator', ['CVE-2026-0001']],
  ])('of %s speaks as %s with authority %s', (_, id, authority, vulnerabilities) => {
    const { advisories, claims } = parse(record({ id }));

    expect(advisories[0]?.vulnerabilities).toEqual(vulnerabilities);
    expect(claims.map((claim) => claim.authority)).toEqual([authority]);
  });

  it.each<[string, Json, string[]]>([
    [
      "Debian's own copies are the same vulnerabilities",
      { upstream: ['DEBIAN-CVE-2026-0001', 'CVE-2026-0001'] },
      ['CVE-2026-0001'],
    ],
    ['older exports name them in related', { upstream: [], related: ['CVE-2026-0001'] }, ['CVE-2026-0001']],
    [
      'still older ones in aliases',
      { upstream: null, aliases: ['CVE-2026-0001'], related: ['CVE-1'] },
      ['CVE-2026-0001'],
    ],
    ['related means little elsewhere', { id: 'GHSA-a', upstream: [], related: ['CVE-2026-0001'] }, ['GHSA-a']],
    ['without any, the advisory is all the name there is', { upstream: [] }, ['DSA-5000-1']],
    ['its second revision is about no vulnerability', { id: 'DSA-5000-2', upstream: [] }, []],
    ['unless it names one', { id: 'DSA-5000-2' }, ['CVE-2026-0001']],
  ])('%s', (_, members, vulnerabilities) => {
    expect(parse(record(members)).advisories[0]?.vulnerabilities).toEqual(vulnerabilities);
  });

  it.each<[string, Json, Json]>([
    ['a placeholder is no date', { published: '0001-01-01T00:00:00Z' }, { published: null }],
    ['midnight is a day', { published: '2026-07-01T00:00:00.000Z' }, { publishedPrecision: 'day' }],
    ['any other time is a time', { published: '2026-07-01T00:00:01Z' }, { publishedPrecision: 'time' }],
    ['a withdrawal', { withdrawn: '2026-07-05T00:00:00Z' }, { withdrawn: Date.UTC(2026, 6, 5) }],
    [
      'a summary is cut from the details',
      { summary: undefined, details: 'First line.\nSecond.' },
      { summary: 'First line.' },
    ],
    ['but not endless', { summary: null, details: 'x'.repeat(5_000) }, { summary: `${'x'.repeat(200)}…` }],
    ['or there is none', { summary: undefined }, { summary: '' }],
  ])('%s', (_, members, expected) => {
    expect(parse(record(members)).advisories[0]).toMatchObject(expected);
  });

  it('that was withdrawn and emptied still says so', () => {
    const { advisories, claims } = parse(record({ withdrawn: '2026-07-05T00:00:00Z', affected: [] }));

    expect(advisories.length).toBe(1);
    expect(claims).toEqual([]);
  });
});

describe('what is affected', () => {
  const claimOf = (members: Json) => parse(record({ affected: [affected(members)] })).claims[0];

  it.each<[string, Json, Json]>([
    [
      'no fix',
      { ranges: [range({ introduced: '0' })] },
      { ranges: [{ introduced: null, fixed: null, lastAffected: null }] },
    ],
    [
      'events in any order',
      { ranges: [range({ fixed: '2' }, { introduced: '1' })] },
      { ranges: [{ introduced: '1', fixed: '2', lastAffected: null }] },
    ],
    [
      'last affected',
      { ranges: [range({ introduced: '0' }, { last_affected: '2' })] },
      { ranges: [{ introduced: null, fixed: null, lastAffected: '2' }] },
    ],
    ['versions alone', { ranges: undefined, versions: ['1.0-1'] }, { ranges: [], versions: ['1.0-1'] }],
    ['versions that the range holds anyway', { versions: ['7.88.1-10', '7.88.1-9'] }, { versions: [] }],
    ['versions beyond the range', { versions: ['7.88.1-10', '8.0-1'] }, { versions: ['8.0-1'] }],
    [
      'commits beside a range',
      { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }, range({ introduced: '0' })] },
      { status: 'affected' },
    ],
    ['an urgency', { ecosystem_specific: { urgency: 'not yet assigned' } }, { status: 'affected' }],
    ['no security issue in Debian', { ecosystem_specific: { urgency: 'unimportant' } }, { status: 'not_affected' }],
    ['no support', { ecosystem_specific: { urgency: 'end-of-life' } }, { status: 'end_of_life' }],
    ['an urgency of another type', { ecosystem_specific: { urgency: 7 } }, { status: 'affected' }],
  ])('%s', (_, members, expected) => {
    expect(claimOf(members)).toMatchObject(expected);
  });

  it.each<[string, Json, string]>([
    ['neither ranges nor versions', { ranges: [] }, 'it names neither a range nor versions'],
    [
      'commits alone',
      { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] },
      'it names neither a range nor versions',
    ],
    ['a range that begins nowhere', { ranges: [range({ fixed: '2' })] }, 'it has a range that begins nowhere'],
    ['an impossible fix', { ranges: [range({ introduced: '0' }, { fixed: '1_0' })] }, '1_0 is no version'],
    ['an impossible version', { versions: ['<unfixed>'] }, '<unfixed> is no version'],
    ['no release', { package: { ecosystem: 'Debian', name: 'curl' } }, 'Debian is no release of Debian'],
    ['an unnamed release', { package: { ecosystem: 'Debian:', name: 'curl' } }, 'Debian: is no release of Debian'],
  ])('%s is quarantined, and the rest of the record stays', (_, members, problem) => {
    const { claims, quarantined } = parse(record({ affected: [affected(members), affected()] }));

    expect(claims.length).toBe(1);
    expect(quarantined).toEqual([{ record: expect.stringMatching(/^DSA-5000-1: Debian.* curl$/), problem }]);
  });
});

describe('a record that cannot be used', () => {
  const good = record({ id: 'DSA-1-1' });

  it.each<[string, unknown, string, RegExp]>([
    ['without an id', record({ id: undefined }), 'line 2', /^id: /],
    ['with an empty id', record({ id: '' }), '', /^id: /],
    ['without a change date', record({ modified: undefined }), 'DSA-5000-1', /^modified: /],
    [
      'with an impossible change date',
      record({ modified: 'yesterday' }),
      'DSA-5000-1',
      /^modified is no time: yesterday$/,
    ],
    ['with an impossible withdrawal', record({ withdrawn: 'soon' }), 'DSA-5000-1', /^withdrawn is no time: soon$/],
    ['without packages', record({ affected: [] }), 'DSA-5000-1', /^it names no package$/],
    [
      'of another ecosystem',
      record({ affected: [affected({ package: { ecosystem: 'npm', name: 'curl' } })] }),
      'DSA-5000-1',
      /^it speaks of npm, not of Debian$/,
    ],
    ['with a broken entry', record({ affected: [{ package: 7 }] }), 'DSA-5000-1', /^affected\.0\.package: /],
    ['that is no object', 7, 'line 2', /^the record: /],
    [
      'with an endless name',
      record({ affected: [affected({ package: { ecosystem: 'Debian:12', name: 'x'.repeat(2_000) } })] }),
      'DSA-5000-1',
      /^affected\.0\.package\.name: /,
    ],
  ])('%s is quarantined, and the others stay', (_, bad, name, problem) => {
    const { advisories, quarantined } = parse(good, bad);

    expect(advisories.map(({ id }) => id)).toEqual(['DSA-1-1']);
    expect(quarantined).toEqual([{ record: name, problem: expect.stringMatching(problem) }]);
  });

  it('of two revisions the newer is taken, in any order', () => {
    const newer = record({ modified: '2026-07-09T00:00:00Z', upstream: ['CVE-2026-0009'] });

    for (const records of [
      [record(), newer],
      [newer, record()],
    ]) {
      const { claims, quarantined } = parse(...records);

      expect(claims.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2026-0009']);
      expect(quarantined).toEqual([
        { record: 'DSA-5000-1', problem: 'the file holds it twice; the newer one was taken' },
      ]);
    }
  });
});

describe('a file', () => {
  const two = [record(), record({ id: 'DSA-5000-2' })];

  it.each<[string, Uint8Array, number]>([
    ['one record per line', lines(...two), 2],
    [
      'without a last line feed, with empty lines and CR LF',
      bytesOf(`\n${JSON.stringify(two[0])}\r\n\r\n${JSON.stringify(two[1])}`),
      2,
    ],
    ['packed', gzipSync(lines(...two)), 2],
    ['one record', bytesOf(JSON.stringify(two[0])), 1],
    ['one record, printed', bytesOf(`${JSON.stringify(two[0], null, 2)}\n`), 1],
    ['an array', bytesOf(JSON.stringify(two, null, 2)), 2],
    [
      'a zip',
      zipSync({
        'DSA-5000-1.json': strToU8(JSON.stringify(two[0])),
        'DSA-5000-2.json': strToU8(JSON.stringify(two[1])),
        'README.md': strToU8('#'),
      }),
      2,
    ],
  ])('%s', (_, bytes, count) => {
    expect(parseDebianOsv(bytes).advisories.length).toBe(count);
  });

  const good = lines(record());

  it.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'empty: the file is empty'],
    ['cut off', good.subarray(0, good.length - 20), 'not-json: the file is not JSON'],
    ['cut off in its last line', Buffer.concat([good, good.subarray(0, 50)]), 'not-json: line 2 is not JSON'],
    ['a cut off gzip', gzipSync(good).subarray(0, 100), 'damaged: the gzip data is damaged'],
    ['not text', Uint8Array.of(0xff, 0xfe, 0x00), 'not-text: the file is not UTF-8 text'],
    ['a page of HTML', bytesOf('<!doctype html>\n<html></html>'), 'not-json: the file is not JSON'],
    ['an empty array', bytesOf('[]'), 'not-this-feed: the file holds no record'],
    ['an empty zip', zipSync({}), 'not-this-feed: the file holds no OSV record of Debian'],
    ['a zip with a broken record', zipSync({ 'DSA-1-1.json': strToU8('{') }), 'not-json: DSA-1-1.json is not JSON'],
    [
      'another feed',
      bytesOf('{"catalogVersion": "2026.08.07", "vulnerabilities": []}'),
      'not-this-feed: the file holds no OSV record of Debian that can be used (the record: id: ',
    ],
    [
      'another ecosystem',
      lines(record({ affected: [affected({ package: { ecosystem: 'npm', name: 'curl' } })] })),
      'not-this-feed: the file holds no OSV record of Debian that can be used (DSA-5000-1: it speaks of npm',
    ],
    [
      'nested without end',
      bytesOf(`{"id":${'['.repeat(100_000)}`),
      'too-deep: the file is nested more than 64 levels deep',
    ],
  ])('that is %s is refused as a whole', (_, bytes, fault) => {
    expect(faultOf(() => parseDebianOsv(bytes))).toContain(fault);
  });
});

describe.skipIf(TEST_DATA === null)('the advisories of Debian', () => {
  it('are read without loss', () => {
    const { advisories, claims, quarantined, dataAsOf } = parseDebianOsv(dataFile('debian/dsa-dla-osv.jsonl.gz'));

    expect(advisories.length).toBe(2_354);
    expect(claims.length).toBe(26_688);
    expect(new Set(claims.map(({ scope }) => scope))).toEqual(new Set(['debian:11', 'debian:12', 'debian:13']));
    const bookworm = claims.filter(({ scope }) => scope === 'debian:12').map(({ vulnerability }) => vulnerability);
    expect(new Set(bookworm.filter((vulnerability) => vulnerability.startsWith('CVE-'))).size).toBe(7_925);
    expect(quarantined).toEqual([]);
    expect(dataAsOf).toBe(Date.UTC(2026, 7, 21));
  });

  it('are read twice with the same result', () => {
    const bytes = dataFile('debian/dsa-dla-osv.jsonl.gz');

    expect(parseDebianOsv(bytes)).toEqual(parseDebianOsv(bytes));
  });
});
