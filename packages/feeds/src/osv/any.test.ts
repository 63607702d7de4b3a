import { indexClaims, matchComponents } from '@patchsteward/core/1-identification';
import { describe, expect, it } from 'vitest';
import { zipEntries } from '../archive/zip.ts';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseOsv } from './any.ts';

const parse = (...records: unknown[]) => parseOsv(bytesOf(records.map((item) => JSON.stringify(item)).join('\n')));

const affected = (ecosystem: string, name: string, ...events: unknown[]) => ({
  package: { ecosystem, name },
  ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...events] }],
});
const alsa = (members: Record<string, unknown> = {}) => ({
  id: 'ALSA-2026:1',
  modified: '2026-07-01T10:00:00Z',
  summary: 'Important: curl security update',
  related: ['CVE-2026-0002', 'CVE-2026-0001'],
  affected: [affected('AlmaLinux:9', 'curl', { fixed: '7.76.1-29.el9_4' })],
  ...members,
});

describe('a record of another distribution', () => {
  it('speaks of binaries, and bundles what it names as related', () => {
    const { claims, quarantined } = parse(alsa());

    expect(claims.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2026-0001', 'CVE-2026-0002']);
    expect(claims[0]).toMatchObject({
      feed: 'osv-almalinux',
      authority: 'vendor-advisory',
      scope: 'almalinux:9',
      packageKind: 'binary',
      packageName: 'curl',
      ranges: [{ introduced: null, fixed: '7.76.1-29.el9_4', lastAffected: null }],
    });
    expect(quarantined).toEqual([]);
  });

  it('keeps builds of a module in their stream, and both of two builds', () => {
    const builds = ['1:18.20.2-1.module_el8.9.0+224+a', '1:18.20.2-1.module_el8.9.0+226+b'];
    const { claims } = parse(
      alsa({
        summary: 'Important: nodejs:18 security update',
        related: ['CVE-2026-0001'],
        affected: builds.map((fixed) => affected('AlmaLinux:8', 'nodejs-devel', { fixed })),
      }),
    );

    expect(claims.map(({ packageName, ranges }) => `${packageName} ${ranges[0]?.fixed}`)).toEqual(
      builds.map((fixed) => `nodejs:18::nodejs-devel ${fixed}`),
    );
  });

  it('counts a package in both modules of a title', () => {
    const { claims } = parse(
      alsa({
        id: 'ALSA-2026:2',
        summary: 'ALSA-2026:2: virt:rhel and virt-devel:rhel security update (Important)',
        related: ['CVE-2026-0001'],
        affected: [affected('AlmaLinux:8', 'qemu', { fixed: '6-1.module_el8+1+a' })],
      }),
    );

    expect(claims.map(({ packageName }) => packageName)).toEqual(['virt:rhel::qemu', 'virt-devel:rhel::qemu']);
  });

  it.each([
    [
      'whose module it does not name',
      [affected('AlmaLinux:8', 'a', { fixed: '1-1.module_el8+1+a' })],
      'it was built for a module that the record does not name',
    ],
    [
      'of a channel that is not judged',
      [affected('Ubuntu:Pro:FIPS:20.04:LTS', 'a', { fixed: '1' })],
      'Ubuntu:Pro:FIPS:20.04:LTS is nothing that can be judged',
    ],
    ['of nothing known', [affected('Plan9:4', 'a', { fixed: '1' })], 'Plan9:4 is nothing that can be judged'],
    ['with an impossible fix', [affected('AlmaLinux:9', 'a', { fixed: 'no version' })], 'no version is no version'],
  ])('%s is quarantined', (_, entries, problem) => {
    const { claims, quarantined } = parse(alsa({ affected: entries }));

    expect(claims).toEqual([]);
    expect(quarantined.map((entry) => entry.problem)).toEqual([problem]);
  });

  it.each([
    ['of no form', 'odd', 'the record: Invalid input: expected object, received string'],
    ['that lacks something', { feed: 'f', advisory: 'A', vulnerabilities: [] }, 'statements: Invalid input'],
    [
      'of an unknown status',
      { feed: 'f', advisory: 'A', vulnerabilities: [], statements: [{ status: 'odd' }] },
      'statements.0.scope',
    ],
  ])('a statement of ours %s is told, and the rest is read as plain OSV', (_, patchsteward, problem) => {
    const entries = [affected('AlmaLinux:9', 'curl', { fixed: '7.76.1-29.el9' })];
    const { claims, quarantined } = parse(alsa({ affected: entries, database_specific: { patchsteward } }));

    expect(claims.length).toBeGreaterThan(0);
    expect(quarantined.map((entry) => entry.problem)).toEqual([
      expect.stringContaining(`its database_specific.patchsteward cannot be used (${problem}`),
    ]);
  });

  it.each([
    ['RHSA-2026:1', 'Red Hat:enterprise_linux:9::baseos', 'rhel:9', 'binary'],
    ['RHSA-2026:2', 'Red Hat:rhel_eus:9.4::baseos', 'rhel-eus:9.4', 'binary'],
    ['SUSE-SU-2026:1-1', 'SUSE:Linux Enterprise Module for Basesystem 15 SP6', 'sles:15.6', 'source'],
    ['MGASA-2026-0001', 'Mageia:9', 'mageia:9', 'source'],
  ])('%s of %s speaks of %s', (id, ecosystem, scope, packageKind) => {
    const { claims } = parse(alsa({ id, affected: [affected(ecosystem, 'curl', { fixed: '0:7.76.1-29.el9' })] }));

    expect(claims).toMatchObject([
      { authority: 'vendor-advisory', vulnerability: 'CVE-2026-0001', scope, packageKind },
      { authority: 'vendor-advisory', vulnerability: 'CVE-2026-0002', scope, packageKind },
    ]);
  });

  it('of Red Hat judges a build of its minor release by that line, and all others by the main one', () => {
    const lines = [
      affected('Red Hat:enterprise_linux:9::baseos', 'curl', { fixed: '0:7.76.1-31.el9_6' }),
      affected('Red Hat:rhel_eus:9.4::baseos', 'curl', { fixed: '0:7.76.1-29.el9_4.2' }),
    ];
    const claims = lines.flatMap((entry, index) => parse(alsa({ id: `RHSA-2026:${index}`, affected: [entry] })).claims);
    const affectedOf = (version: string) => {
      const component = { type: 'rpm', name: 'curl', version, architecture: 'x86_64', release: 'rhel:9', module: null };
      const list = [{ ...component, source: { name: 'curl', version }, owner: null }];
      return matchComponents(list, indexClaims(claims)).findings.length;
    };

    expect(
      ['0:7.76.1-29.el9_4.1', '0:7.76.1-29.el9_4.2', '0:7.76.1-30.el9_6', '0:7.76.1-31.el9_6'].map(affectedOf),
    ).toEqual([2, 0, 2, 0]);
  });

  it('of Debian is read as Debian means it', () => {
    const { claims } = parse({
      ...alsa({ id: 'DEBIAN-CVE-2026-0009', affected: [affected('Debian:12', 'curl', { fixed: '7.88.1-11' })] }),
    });

    expect(claims).toMatchObject([
      { feed: 'debian-osv', authority: 'vendor-status', vulnerability: 'CVE-2026-0009', scope: 'debian:12' },
    ]);
  });

  it('needs no date, and an end that never comes is no fix', () => {
    const { claims } = parse(
      alsa({ modified: undefined, affected: [affected('AlmaLinux:9', 'a', { fixed: '99.999.99999' })] }),
    );

    expect(claims[0]).toMatchObject({
      modified: null,
      ranges: [{ introduced: null, fixed: null, lastAffected: null }],
    });
  });
});

describe('a file', () => {
  it.each([
    [
      'without a record',
      '{}',
      'not-this-feed: the file holds no OSV record that can be used (the record: id: Invalid input: expected string, received undefined)',
    ],
    ['that was cut off', '{"id":"A"', 'not-json: the file is not JSON'],
    ['of brackets', '['.repeat(100_000), 'too-deep: the file is nested more than 64 levels deep'],
  ])('%s is refused', (_, text, fault) => {
    expect(faultOf(() => parseOsv(bytesOf(text)))).toBe(fault);
  });
});

describe.skipIf(TEST_DATA === null)('real data', () => {
  it('holds every build of AlmaLinux whose module can be told', () => {
    const { advisories, claims, quarantined } = parseOsv(dataFile('rhel-family/almalinux-osv.jsonl.gz'));

    // 4,051 records, of which 40 stand there again.
    expect(advisories.length).toBe(4_011);
    // Of five advisories whose titles name no stream the others tell it.
    expect(new Set(quarantined.map(({ problem }) => problem))).toEqual(
      new Set(['the file holds it twice; the newer one was taken']),
    );
    const streams = new Map(claims.map(({ advisory, packageName }) => [advisory, packageName.split('::')[0]]));
    const untitled = ['ALSA-2023:5989', 'ALSA-2024:4235', 'ALSA-2024:4237', 'ALSA-2024:4246', 'ALSA-2024:4499'];
    expect(untitled.map((advisory) => streams.get(advisory))).toEqual([
      'varnish:6',
      '389-ds:1.4',
      'go-toolset:rhel8',
      'container-tools:rhel8',
      'ruby:2.5',
    ]);
    expect(new Set(claims.map(({ scope }) => scope))).toEqual(new Set(['almalinux:8', 'almalinux:9', 'almalinux:10']));
  });

  it.each([
    ['rocky/osv/', ['rocky:8', 'rocky:9']],
    ['alma/osv-database/', ['almalinux:8', 'almalinux:9']],
  ])('of %s', (folder, scopes) => {
    const claims = fixtures(folder).flatMap((bytes) => parseOsv(bytes).claims);

    expect([...new Set(claims.map(({ scope }) => scope))].sort()).toEqual(scopes);
  });

  it('keeps what only Ubuntu Pro fixes apart from the plain release', () => {
    const claims = fixtures('ubuntu/osv').flatMap((bytes) => parseOsv(bytes).claims);
    const unzip = claims.filter(({ vulnerability }) => vulnerability === 'CVE-2014-9913');

    expect(unzip.map(({ scope, ranges, authority }) => `${scope} ${ranges[0]?.fixed} ${authority}`)).toEqual([
      'ubuntu-pro:14.04 6.0-9ubuntu1.6 vendor-status',
      'ubuntu:16.04 6.0-20ubuntu1.1 vendor-status',
    ]);
    expect(claims.filter(({ advisory }) => advisory === 'USN-5614-1')[0]).toMatchObject({
      vulnerability: 'CVE-2021-3782',
      authority: 'vendor-advisory',
    });
  });

  function fixtures(folder: string): Uint8Array[] {
    const limits = { entriesMax: 1_000, entryBytesMax: 10_000_000, totalBytesMax: 100_000_000 };
    const entries = zipEntries(dataFile('source-shapes/vunnel-source-fixtures.zip'), limits);
    return [...entries].filter(({ name }) => name.startsWith(folder)).map(({ bytes }) => bytes);
  }
});
