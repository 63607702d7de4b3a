import { expect, it } from 'vitest';
import { readFeed } from './feeds-rows.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';

const DEBIAN = { id: 'debian-osv', form: 'osv', families: ['debian'] } as const;
const KEV = { id: 'kev', form: 'kev', families: null } as const;
const EPSS = { id: 'epss', form: 'epss', families: null } as const;
const bytes = (text: string) => Buffer.from(text);
const rowsOf = (texts: readonly string[]): Record<string, unknown>[] => texts.flatMap((text) => JSON.parse(text));

it('an advisory becomes a row, and a row for each thing that it says of vulnerabilities', () => {
  const rows = readFeed(DEBIAN, bytes(osvFile({ id: 'DSA-1-1', upstream: ['CVE-2026-0001', 'CVE-2026-0002'] })));

  expect(rows).toMatchObject({ records: 1, quarantined: [], dataAsOf: Date.parse('2026-11-19T10:30:00Z') });
  expect(rowsOf(rows.rows)).toMatchObject([
    {
      id: 'DSA-1-1',
      published: '2026-11-19T10:30:00.000Z',
      withdrawn: null,
      revision: expect.stringMatching(/^sha256:/),
    },
  ]);
  expect(rowsOf(rows.claims)).toMatchObject([
    {
      advisory: 'DSA-1-1',
      vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002'],
      scope: 'debian:12',
      ranges: [{ introduced: null, fixed: '2.0-1', lastAffected: null }],
    },
  ]);
});

it('the revision is of what is said, not of how it is written', () => {
  const revisionOf = (file: string) => rowsOf(readFeed(DEBIAN, bytes(file)).rows)[0]?.['revision'];
  const file = osvFile({ id: 'DSA-1-1' });
  const spaced = `${JSON.stringify(JSON.parse(file), null, 2)}\n`;

  expect(revisionOf(spaced)).toBe(revisionOf(file));
  expect(revisionOf(osvFile({ id: 'DSA-1-1', fixed: '2.0-2' }))).not.toBe(revisionOf(file));
});

it('a database of fixes becomes an advisory for each of its parts', () => {
  const secdb = { id: 'alpine-secdb', form: 'alpine-secdb', families: ['alpine'] } as const;
  const main = {
    ...{ distroversion: 'v3.19', reponame: 'main', urlprefix: 'https://dl-cdn.alpinelinux.org/alpine' },
    packages: [{ pkg: { name: 'curl', secfixes: { '8.5.0-r0': ['CVE-2026-0001'], '0': ['CVE-2026-0002'] } } }],
  };

  const rows = readFeed(secdb, bytes(JSON.stringify(main)));

  expect(rowsOf(rows.rows)).toMatchObject([{ id: 'secdb alpine:3.19/main', published: null, modified: null }]);
  expect(rowsOf(rows.claims)).toMatchObject([
    {
      advisory: 'secdb alpine:3.19/main',
      scope: 'alpine:3.19',
      vulnerabilities: ['CVE-2026-0002'],
      status: 'not_affected',
    },
    { package_name: 'curl', vulnerabilities: ['CVE-2026-0001'], status: 'affected' },
  ]);
});

it('what speaks of another distribution is set aside, and a file of nothing else is refused', () => {
  const alma = osvFile({ id: 'ALSA-2026:1' }).replace('Debian:12', 'AlmaLinux:9').replace('2.0-1', '2.0-1.el9');

  const rows = readFeed(DEBIAN, bytes(osvFile({ id: 'DSA-1-1' }) + alma));

  expect(rowsOf(rows.claims)).toMatchObject([{ advisory: 'DSA-1-1' }]);
  expect(rows.quarantined).toEqual([
    { record: 'ALSA-2026:1: almalinux:9', problem: 'debian-osv does not speak of almalinux:9' },
  ]);
  expect(() => readFeed(DEBIAN, bytes(alma))).toThrow('the file speaks of almalinux:9, of which debian-osv does not');
});

it('a catalog becomes a row for each entry', () => {
  const rows = readFeed(KEV, bytes(kevFile('2026-11-19T10:00:00Z', { id: 'CVE-2026-0001' })));

  expect(rowsOf(rows.rows)).toMatchObject([
    { vulnerability: 'CVE-2026-0001', ransomware: false, due: '2026-11-21T00:00:00.000Z' },
  ]);
});

it('scores carry their model and their day', () => {
  const rows = readFeed(EPSS, bytes(epssFile('v2026', '2026-11-19', ['CVE-2026-0001', 0.5, 0.9])));

  expect(rowsOf(rows.rows)).toEqual([
    { model: 'v2026', score_date: '2026-11-19', vulnerability: ['CVE-2026-0001'], score: [0.5], percentile: [0.9] },
  ]);
});

it('a row for every statement is small enough to keep a connection responsive', () => {
  const scores = Array.from({ length: 45_000 }, (_, at) => [`CVE-2026-${10_000 + at}`, 0.5, 0.9] as const);

  const { rows } = readFeed(EPSS, bytes(epssFile('v2026', '2026-11-19', ...scores)));

  expect(rows.map((text) => JSON.parse(text).score.length)).toEqual([20_000, 20_000, 5_000]);
});
