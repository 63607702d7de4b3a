import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseNvd } from './parse.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

function item(members: object = {}): object {
  return {
    cve: {
      ...{ id: 'CVE-2026-0001', vulnStatus: 'Analyzed', lastModified: '2026-07-02T09:30:00.123' },
      metrics: {
        cvssMetricV31: [
          metric('nvd@nist.gov', { vectorString: VECTOR, baseScore: 9.8, baseSeverity: 'CRITICAL' }),
          metric('secalert@redhat.com', { vectorString: VECTOR, baseScore: 9.8, baseSeverity: 'CRITICAL' }),
          metric('134c704f-9b21-4f2e-91b3-4a467353bcc0', {
            vectorString: VECTOR,
            baseScore: 9.8,
            baseSeverity: 'CRITICAL',
          }),
        ],
        cvssMetricV2: [
          {
            ...metric('nvd@nist.gov', { vectorString: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', baseScore: 7.5 }),
            baseSeverity: 'HIGH',
          },
        ],
      },
      ...members,
    },
  };
}

function metric(source: string, cvssData: object) {
  return { source, type: 'Primary', cvssData };
}

function page(vulnerabilities: readonly unknown[], members: object = {}): string {
  const count = vulnerabilities.length;
  return JSON.stringify({
    ...{ resultsPerPage: count, startIndex: 0, totalResults: count, format: 'NVD_CVE', version: '2.0' },
    ...{ timestamp: '2026-07-03T00:00:00.000', vulnerabilities, ...members },
  });
}

it('says what NVD says, and whom it repeats', () => {
  const { rated, quarantined, dataAsOf } = parseNvd(gzipSync(bytesOf(page([item()]))));

  expect(quarantined).toEqual([]);
  expect(dataAsOf).toBe(Date.UTC(2026, 6, 3));
  expect(rated).toMatchObject([
    { vulnerability: 'CVE-2026-0001', modified: Date.UTC(2026, 6, 2, 9, 30, 0, 123), points: [] },
  ]);
  expect(rated[0]?.ratings.map(({ voice, source, scale, stated }) => [voice, source, scale, stated.level])).toEqual([
    ['nvd', 'NVD', 'cvss-3.1', 'CRITICAL'],
    ['cna', 'secalert@redhat.com', 'cvss-3.1', 'CRITICAL'],
    ['adp', 'CISA-ADP', 'cvss-3.1', 'CRITICAL'],
    ['nvd', 'NVD', 'cvss-2.0', 'HIGH'],
  ]);
});

it.each([
  ['was rejected', { vulnStatus: 'Rejected' }, true],
  ['has no score yet', { vulnStatus: 'Awaiting Analysis', metrics: {} }, false],
  ['has no metrics at all', { metrics: undefined }, false],
])('a vulnerability that %s is rated by nobody', (_, members, rejected) => {
  expect(parseNvd(bytesOf(page([item(members)]))).rated).toMatchObject([{ ratings: [], rejected }]);
});

it('a metric that cannot be read costs itself alone, an item without an id itself', () => {
  const broken = item({ metrics: { cvssMetricV31: [{ source: 'x' }, metric('y', { vectorString: VECTOR })] } });

  const { rated, quarantined } = parseNvd(bytesOf(page([broken, { cve: {} }])));

  expect(rated[0]?.ratings.map(({ source }) => source)).toEqual(['y']);
  expect(quarantined).toEqual([
    { record: 'CVE-2026-0001', problem: 'a metric in cvssMetricV31 has no vector or no source' },
    { record: 'vulnerability 2', problem: 'it is none of NVD' },
  ]);
});

it('the last page of many has fewer', () => {
  const last = page([item()], { resultsPerPage: 2_000, startIndex: 4_000, totalResults: 4_001 });

  expect(parseNvd(bytesOf(last)).rated).toHaveLength(1);
});

it.each([
  ['another file', '{"vulnerabilities":[]}', /^not-this-feed/],
  ['a page that lost some', page([item()], { resultsPerPage: 2, totalResults: 2 }), /^incomplete/],
  ['a page that was cut', page([item()]).slice(0, -9), /^not-json/],
])('refuses %s', (_, text, fault) => {
  expect(faultOf(() => parseNvd(bytesOf(text)))).toMatch(fault);
});
