import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf } from '../testing/fault.ts';
import { parseOsv } from './any.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

function rated(record: object, ecosystem = 'npm') {
  const affected = [
    {
      package: { ecosystem, name: 'x' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0' }] }],
    },
  ];
  const whole = { id: 'GHSA-aaaa-bbbb-cccc', modified: '2026-07-01T00:00:00Z', affected, ...record };
  return parseOsv(bytesOf(JSON.stringify(whole))).rated ?? [];
}

const brief = (records: ReturnType<typeof rated>) =>
  records.map(({ vulnerability, ratings }) => [
    vulnerability,
    ...ratings.map(({ voice, source, distribution, scale, vector, stated }) => [
      ...[voice, source, distribution, scale, vector ?? stated.level],
    ]),
  ]);

describe('what OSV records say of severities', () => {
  it('of registries is the word of an aggregator on the vulnerability, by its CVE', () => {
    const record = {
      aliases: ['CVE-2026-0001'],
      severity: [{ type: 'CVSS_V3', score: VECTOR }],
      database_specific: { severity: 'MODERATE' },
    };

    expect(brief(rated(record))).toEqual([
      [
        'CVE-2026-0001',
        ['aggregator', 'GitHub', null, 'cvss-3.1', VECTOR],
        ['aggregator', 'GitHub', null, 'words', 'MODERATE'],
      ],
    ]);
  });

  it('of Ubuntu is its priority, for Ubuntu', () => {
    const record = { id: 'UBUNTU-CVE-2026-0001', severity: [{ type: 'Ubuntu', score: 'negligible' }] };

    expect(brief(rated(record, 'Ubuntu:22.04:LTS'))).toEqual([
      ['CVE-2026-0001', ['vendor', 'ubuntu', 'ubuntu', 'words', 'negligible']],
    ]);
  });

  it('of AlmaLinux stands in the title, and is of all that the advisory bundles', () => {
    const record = {
      id: 'ALSA-2026:1',
      summary: 'Important: kernel security update',
      related: ['CVE-2026-0001', 'CVE-2026-0002'],
    };

    expect(brief(rated(record, 'AlmaLinux:9'))).toEqual([
      ['CVE-2026-0001', ['vendor', 'almalinux', 'almalinux', 'words', 'Important']],
      ['CVE-2026-0002', ['vendor', 'almalinux', 'almalinux', 'words', 'Important']],
    ]);
  });

  it.each([
    ['nothing', {}],
    ['a rating of no kind that is known', { severity: [{ type: 'OTHER', score: '5' }] }],
    ['no rating at all', { severity: [7], database_specific: { severity: 3 } }],
    ['a word that rates nothing', { severity: [{ type: 'Ubuntu', score: 'untriaged' }] }],
    [
      'something, and was withdrawn',
      { severity: [{ type: 'CVSS_V3', score: VECTOR }], withdrawn: '2026-07-02T00:00:00Z' },
    ],
    ['something in a title that is no vendor’s', { summary: 'Critical: x' }],
  ])('is nothing where a record says %s', (_, record) => {
    expect(rated(record)).toEqual([]);
  });
});

it('Debian’s urgency is its word for Debian, once for all releases that say the same', () => {
  const urgent = (release: string, urgency: string) => ({
    package: { ecosystem: `Debian:${release}`, name: 'x' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
    ecosystem_specific: { urgency },
  });
  const affected = [urgent('12', 'low'), urgent('13', 'low'), urgent('11', 'not yet assigned')];

  expect(brief(rated({ id: 'DEBIAN-CVE-2026-0001', affected }))).toEqual([
    ['CVE-2026-0001', ['vendor', 'debian', 'debian', 'words', 'low']],
  ]);
});

it.skipIf(TEST_DATA === null)('every erratum of AlmaLinux but one rates what it fixes', () => {
  const { advisories, rated: all = [] } = parseOsv(dataFile('rhel-family/almalinux-osv.jsonl.gz'));

  const rating = new Set(all.map(({ record }) => record));
  expect(advisories.filter(({ id, vulnerabilities }) => !rating.has(id) && vulnerabilities.length > 0)).toHaveLength(1);
});
