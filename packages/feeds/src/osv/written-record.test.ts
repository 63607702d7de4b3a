import { gunzipSync } from 'node:zlib';
import { type Claim, indexClaims, matchComponents } from '@patchsteward/core/1-identification';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf } from '../testing/fault.ts';
import { parseOsv } from './any.ts';
import { type ToWrite, writtenRecords } from './written-record.ts';

const AT = Date.UTC(2026, 6, 1, 10);
const advisory: ToWrite['advisory'] = {
  ...{
    feed: 'debian-osv',
    id: 'DSA-1-1',
    summary: 'curl - security update',
    published: AT,
    publishedPrecision: 'time',
  },
  ...{ modified: AT, withdrawn: null, aliases: [], references: ['https://example.org/DSA-1-1', 'no address'] },
};
const claim = (members: Partial<Claim> = {}): Claim => ({
  ...{ feed: 'debian-osv', advisory: 'DSA-1-1', authority: 'vendor-advisory', vulnerability: 'CVE-2026-0001' },
  ...{ scope: 'debian:12', packageKind: 'source', packageName: 'curl', status: 'affected' },
  ...{ ranges: [{ introduced: null, fixed: '2.0-1', lastAffected: null }], versions: [] },
  ...{ published: AT, publishedPrecision: 'time', modified: AT, withdrawn: null },
  ...members,
});
const write = (claims: readonly Claim[], members: Partial<ToWrite> = {}) =>
  writtenRecords({ advisory, claims, ratings: [], isIdShared: false, ...members });
const read = (records: readonly object[]) => parseOsv(bytesOf(records.map((one) => JSON.stringify(one)).join('\n')));

// What OSV 1.7 asks of a record, as its schema says it.
const Time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/);
const Events = z
  .array(
    z.union([
      z.strictObject({ introduced: z.string() }),
      z.strictObject({ fixed: z.string() }),
      z.strictObject({ last_affected: z.string() }),
    ]),
  )
  .refine((events) => events.some((event) => 'introduced' in event))
  .refine((events) => !events.some((event) => 'fixed' in event) || !events.some((event) => 'last_affected' in event));
const Severity = z.array(z.strictObject({ type: z.enum(['CVSS_V2', 'CVSS_V3', 'CVSS_V4']), score: z.string() }));
const Osv = z.strictObject({
  schema_version: z.string().regex(/^1\.7\.\d+$/),
  id: z.string().regex(/^(?:x_|(?:DSA|CVE|RHSA|ALSA|GHSA)-)/),
  modified: Time,
  published: Time.optional(),
  withdrawn: Time.optional(),
  aliases: z.array(z.string()),
  upstream: z.array(z.string()),
  summary: z.string(),
  references: z.array(z.strictObject({ type: z.literal('WEB'), url: z.url() })).optional(),
  severity: Severity,
  affected: z.array(
    z.strictObject({
      package: z.strictObject({ ecosystem: z.string().regex(/^[A-Za-z. ]+(?::.+)?$/), name: z.string() }),
      ranges: z.array(z.strictObject({ type: z.literal('ECOSYSTEM'), events: Events })).optional(),
      versions: z.array(z.string()).optional(),
      database_specific: z.looseObject({}),
    }),
  ),
  database_specific: z.looseObject({}),
});

describe('a claim', () => {
  it.each<[string, Partial<Claim>]>([
    ['with a fix', {}],
    ['with a last version', { ranges: [{ introduced: '1.0', fixed: null, lastAffected: '1.9' }] }],
    [
      'of two lines',
      { ranges: [1, 2].map((line) => ({ introduced: `${line}.0`, fixed: `${line}.5`, lastAffected: null })) },
    ],
    ['of listed versions alone', { ranges: [], versions: ['1.0-1', '1.0-2'] }],
    ['of every version', { ranges: [], versions: [] }],
    ['with both bounds', { ranges: [{ introduced: null, fixed: '2.0', lastAffected: '1.9' }] }],
    ['that is no threat', { status: 'not_affected' }],
    ['that is looked into', { status: 'under_investigation', ranges: [] }],
    ['that will not be fixed', { status: 'wont_fix', ranges: [{ introduced: null, fixed: null, lastAffected: null }] }],
    ['of a release that is over', { status: 'end_of_life' }],
    [
      'of a module and an architecture',
      { scope: 'almalinux:8', packageKind: 'binary', packageName: 'nodejs:18::npm', architectures: ['x86_64'] },
    ],
    ['of a minor release', { scope: 'rhel-eus:9.4', packageKind: 'binary' }],
    ['of a release of which OSV knows nothing', { scope: 'fedora:41', packageKind: 'binary' }],
    ['of a registry', { scope: 'npm', packageName: '@a/b', authority: 'aggregator' }],
  ])('%s is read back as it was written', (_, members) => {
    const said = claim(members);
    const records = write([said]);
    const back = read(records);

    expect(z.array(Osv).safeParse(records).error).toBeUndefined();
    expect(back.claims).toEqual([said]);
    expect(back.quarantined).toEqual([]);
  });

  it.each(['not_affected', 'fixed', 'under_investigation'] as const)(
    'that says %s is nothing that others take for affected',
    (status) => {
      expect(write([claim({ status })])[0]?.affected).toEqual([]);
    },
  );

  it.each([
    ['debian:12', 'Debian:12'],
    ['ubuntu:22.04', 'Ubuntu:22.04:LTS'],
    ['ubuntu:24.10', 'Ubuntu:24.10'],
    ['ubuntu-pro:18.04', 'Ubuntu:Pro:18.04:LTS'],
    ['rocky:9', 'Rocky Linux:9'],
    ['alpine:3.20', 'Alpine:v3.20'],
    ['wolfi', 'Wolfi'],
    ['rhel:9', 'Red Hat:enterprise_linux:9'],
    ['sles:15.6', 'SUSE:Linux Enterprise Server 15 SP6'],
    ['pypi', 'PyPI'],
    ['golang', 'Go'],
  ])('of %s is one of %s', (scope, ecosystem) => {
    expect(write([claim({ scope, ranges: [] })])[0]?.affected[0]?.package.ecosystem).toBe(ecosystem);
  });
});

describe('an advisory', () => {
  it('that says the same of two vulnerabilities is one record', () => {
    const records = write([claim(), claim({ vulnerability: 'CVE-2026-0002' })]);

    expect(records).toMatchObject([{ id: 'DSA-1-1', upstream: ['CVE-2026-0001', 'CVE-2026-0002'] }]);
    expect(records[0]?.references).toEqual([{ type: 'WEB', url: 'https://example.org/DSA-1-1' }]);
    expect(read(records).claims.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2026-0001', 'CVE-2026-0002']);
  });

  it('that says different things of them is one record for each', () => {
    const records = write([claim(), claim({ vulnerability: 'CVE-2026-0002', status: 'wont_fix' })]);

    expect(records.map(({ id }) => id)).toEqual([
      'x_debian-osv_DSA-1-1_CVE-2026-0001',
      'x_debian-osv_DSA-1-1_CVE-2026-0002',
    ]);
    expect(read(records).claims.map(({ status }) => status)).toEqual(['affected', 'wont_fix']);
  });

  it.each([
    ['whose id two feeds have', {}, true, 'x_debian-osv_DSA-1-1'],
    ['whose id OSV does not know', { id: 'openssl' }, false, 'x_debian-osv_openssl'],
  ])('%s has one of its own', (_, members, isIdShared, id) => {
    expect(write([claim()], { advisory: { ...advisory, ...members }, isIdShared })[0]?.id).toBe(id);
  });

  it('that was withdrawn says so, and nothing else', () => {
    const back = read(write([], { advisory: { ...advisory, withdrawn: AT } }));

    expect([back.advisories[0]?.withdrawn, back.claims]).toEqual([AT, []]);
  });

  it('without a date has none when it is read back', () => {
    const back = read(write([claim({ modified: null })]));

    expect(back.claims[0]?.modified).toBeNull();
  });

  it('carries vectors that OSV takes, and a word', () => {
    const stated = { score: null, level: null };
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    const [record] = write([claim()], {
      ratings: [
        { scale: 'cvss-3.1', vector, stated },
        { scale: 'cvss-2.0', vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', stated },
        { scale: 'cvss-4.0', vector: 'CVSS:4.0/AV:N', stated },
        { scale: 'words', vector: null, stated: { score: null, level: 'high' } },
      ],
    });

    expect(record?.severity).toEqual([
      { type: 'CVSS_V3', score: vector },
      { type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' },
    ]);
    expect(record?.database_specific.severity).toBe('HIGH');
  });
});

it('an entry with an impossible version is set aside when it is read', () => {
  const { claims, quarantined } = read(write([claim({ versions: ['no version'] }), claim({ packageName: 'b' })]));

  expect([claims.map(({ packageName }) => packageName), quarantined]).toEqual([
    ['b'],
    [{ record: 'DSA-1-1', problem: 'no version is no version' }],
  ]);
});

describe.skipIf(TEST_DATA === null)('real data', () => {
  it('judges alike when it is written and read back', () => {
    const lines = gunzipSync(dataFile('rhel-family/almalinux-osv.jsonl.gz')).toString().split('\n');
    // Every fourth says enough; all of them take a quarter of a minute.
    const known = parseOsv(Buffer.from(lines.filter((_, index) => index % 4 === 0).join('\n')));
    const claimsOf = Map.groupBy(known.claims, (one) => one.advisory);
    const back = read(
      known.advisories.flatMap((one) => write(claimsOf.get(one.id) ?? [], { advisory: one, isIdShared: false })),
    );
    const components = known.claims.slice(0, 2_000).map(({ packageName, scope }) => ({
      ...{ type: 'rpm', name: packageName.replace(/^.*::/, ''), version: '0:1.0-1', architecture: null, source: null },
      ...{ release: scope, module: packageName.includes('::') ? packageName.replace(/::.*$/, '') : null, owner: null },
    }));
    const found = [known, back].map(({ claims }) =>
      matchComponents(components, indexClaims(claims)).findings.map(
        ({ package: name, judgment: { vulnerability, status } }) => `${name} ${vulnerability} ${status}`,
      ),
    );

    expect(back.claims.length).toBe(known.claims.length);
    expect(found[0]?.length).toBeGreaterThan(1_000);
    expect(found[1]).toEqual(found[0]);
  });
});
