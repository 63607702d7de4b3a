import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf } from '../testing/fault.ts';
import { parseOsv } from './any.ts';

const EL8 = 'AlmaLinux:8';
const record = (id: string, summary: string, ...fixes: readonly (readonly [name: string, fixed: string])[]) => ({
  ...{ id, summary, modified: '2026-07-02T10:00:00Z', related: ['CVE-2026-0001'] },
  affected: fixes.map(([name, fixed]) => ({
    package: { ecosystem: EL8, name },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
  })),
});
const OLD = '1-1.module_el8.5.0+1+aa';
const NEW = '1-2.module_el8.6.0+2+bb';
const OPEN = record('ALSA-2026:1', 'Important: ruby security update', ['ruby', NEW], ['rubygem-bson', OLD]);

/** The names under which the record that names no stream is placed. */
function placesOf(...records: readonly unknown[]): string[] {
  const { claims } = parseOsv(bytesOf(records.map((one) => JSON.stringify(one)).join('\n')));
  return claims.filter(({ advisory }) => advisory === 'ALSA-2026:1').map(({ packageName }) => packageName);
}

describe('the stream that a title does not name', () => {
  it.each<[string, readonly unknown[], string[]]>([
    [
      'is told by builds that others list',
      [record('ALSA-2026:2', 'Low: ruby:2.5 security update', ['rubygem-bson', OLD])],
      ['ruby:2.5::ruby', 'ruby:2.5::rubygem-bson'],
    ],
    [
      'is told by a build, whatever other streams have the package',
      [
        record('ALSA-2026:2', 'Low: ruby:2.5 security update', ['rubygem-bson', OLD]),
        record('ALSA-2026:3', 'Low: ruby:3.3 security update', ['ruby', '3-1.module_el8.9.0+3+cc']),
      ],
      ['ruby:2.5::ruby', 'ruby:2.5::rubygem-bson'],
    ],
    [
      'is told by what two builds have in common',
      [
        record('ALSA-2026:2', 'Low: ruby:2.5 security update', ['rubygem-bson', OLD], ['ruby', NEW]),
        record('ALSA-2026:3', 'Low: ruby:2.6 security update', ['rubygem-bson', OLD]),
      ],
      ['ruby:2.5::ruby', 'ruby:2.5::rubygem-bson'],
    ],
    [
      'is told by packages of one stream alone',
      [record('ALSA-2026:2', 'Low: ruby:2.5 security update', ['ruby', '1-0.module_el8.4.0+9+dd'])],
      ['ruby:2.5::ruby', 'ruby:2.5::rubygem-bson'],
    ],
    [
      'stays open where packages are in several',
      [
        record('ALSA-2026:2', 'Low: ruby:2.5 security update', ['ruby', '1-0.module_el8.4.0+9+dd']),
        record('ALSA-2026:3', 'Low: ruby:3.3 security update', ['ruby', '3-1.module_el8.9.0+3+cc']),
      ],
      [],
    ],
    [
      'stays open where a build is in several',
      [
        record('ALSA-2026:2', 'Low: ruby:2.5 security update', ['rubygem-bson', OLD]),
        record('ALSA-2026:3', 'Low: ruby:2.6 security update', ['rubygem-bson', OLD]),
      ],
      [],
    ],
    [
      'stays open where the title speaks of another module',
      [record('ALSA-2026:2', 'Low: perl:5.30 security update', ['rubygem-bson', OLD])],
      [],
    ],
    ['stays open where nobody says', [record('ALSA-2026:2', 'Low: bash security update', ['bash', '5-1.el8'])], []],
  ])('%s', (_, others, expected) => {
    expect(placesOf(OPEN, ...others).sort()).toEqual(expected);
    expect(placesOf(...others, OPEN).sort()).toEqual(expected);
  });

  it.skipIf(TEST_DATA === null)('is found for every real advisory', () => {
    const { claims, quarantined } = parseOsv(dataFile('rhel-family/almalinux-osv.jsonl.gz'));

    expect(quarantined.filter(({ problem }) => problem.includes('module'))).toEqual([]);
    const varnish = claims.filter(
      ({ advisory, packageName }) => advisory === 'ALSA-2023:5989' && packageName.endsWith('::varnish'),
    );
    expect(varnish.map(({ packageName, vulnerability }) => `${packageName} ${vulnerability}`)).toContain(
      'varnish:6::varnish CVE-2023-44487',
    );
  });
});
