import { gunzipSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseCve } from './parse.ts';
import { type CveFacts, cveRecord, cvss31, LOCAL, NETWORK, ssvc } from './testing/record.ts';

const text = (facts?: CveFacts) => JSON.stringify(cveRecord(facts));
const parsed = (...facts: CveFacts[]) => parseCve(bytesOf(facts.map((one) => `${text(one)}\n`).join('')));
const one = (facts: CveFacts) => parsed(facts).rated[0];

const RATED = { cna: [cvss31(NETWORK, 9.8, 'CRITICAL')], adp: [ssvc('poc', 'yes', 'total')] };

describe('a CVE record', () => {
  it('says what its CNA and each ADP say, under their names', () => {
    expect(parsed({ ...RATED, adp: [...RATED.adp, cvss31(LOCAL, 7.8, 'HIGH')] })).toEqual({
      rated: [
        {
          ...{ vulnerability: 'CVE-2026-0001', record: 'CVE-2026-0001', rejected: false },
          modified: Date.UTC(2026, 6, 2, 9, 30),
          ratings: [
            expect.objectContaining({
              ...{ voice: 'cna', source: 'redhat', distribution: null, scale: 'cvss-3.1', vector: NETWORK },
              ...{ stated: { score: 9.8, level: 'CRITICAL' }, at: Date.UTC(2026, 6, 2, 9, 30) },
            }),
            expect.objectContaining({ voice: 'adp', source: 'CISA-ADP', vector: LOCAL }),
          ],
          points: [
            {
              ...{ source: 'CISA-ADP', exploitation: 'public_poc', automatable: true, technicalImpact: 'total' },
              ...{ version: '2.0.3', at: Date.UTC(2026, 6, 2, 8) },
            },
          ],
        },
      ],
      quarantined: [],
      dataAsOf: Date.UTC(2026, 6, 2, 9, 30),
    });
  });

  it('without a score is a record all the same: what an older one said is over', () => {
    expect(one({})).toMatchObject({ ratings: [], points: [], rejected: false });
  });

  it('that was rejected rates nothing, whatever it still holds', () => {
    expect(one({ ...RATED, state: 'REJECTED' })).toMatchObject({ ratings: [], points: [], rejected: true });
  });

  it('keeps every score of every version', () => {
    const all = [
      { cvssV4_0: { vectorString: 'CVSS:4.0/…', baseScore: 9.3, baseSeverity: 'CRITICAL' } },
      cvss31(NETWORK, 9.8, 'CRITICAL'),
      {
        cvssV3_0: { vectorString: 'CVSS:3.0/…' },
        cvssV2_0: { vectorString: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', baseScore: 7.5 },
      },
    ];

    expect(one({ cna: all })?.ratings.map(({ scale, stated }) => [scale, stated.score])).toEqual([
      ['cvss-4.0', 9.3],
      ['cvss-3.1', 9.8],
      ['cvss-3.0', null],
      ['cvss-2.0', 7.5],
    ]);
  });

  it('may rate in words, and passes over words that rate nothing', () => {
    const words = [
      { other: { type: 'Red Hat severity rating', content: { value: 'Important', namespace: 'https://example.org' } } },
      { other: { type: 'Textual description of severity', content: { text: 'high' } } },
      { other: { type: 'Textual description of severity', content: { text: 'see the advisory' } } },
      { other: { type: 'kev', content: { dateAdded: '2026-07-01' } } },
    ];

    expect(one({ cna: words })?.ratings.map(({ scale, stated }) => [scale, stated.level])).toEqual([
      ['words', 'Important'],
      ['words', 'high'],
    ]);
  });

  it.each([
    [
      'in capitals',
      ssvc('None', 'No', 'Partial'),
      { exploitation: 'none', automatable: false, technicalImpact: 'partial' },
    ],
    ['active', ssvc('ACTIVE', 'yes', 'total'), { exploitation: 'active', automatable: true, technicalImpact: 'total' }],
    ['in part', ssvc('none', 'maybe', 'total'), { exploitation: 'none', automatable: null, technicalImpact: 'total' }],
  ])('has SSVC %s', (_, metric, expected) => {
    expect(one({ adp: [metric] })?.points).toMatchObject([expected]);
  });

  it.each([
    ['a vector that is no text', { cvssV3_1: { baseScore: 5 } }, 'a CVSS metric has no vector'],
    ['no object', 'high', 'a metric is no object'],
    ['SSVC without options', { other: { type: 'ssvc', content: {} } }, 'its SSVC has no options'],
    ['SSVC of unknown words', ssvc('x', 'y', 'z'), 'its SSVC says nothing that is known'],
    ['no content', { other: { type: 'x' } }, 'a metric of another kind has no content'],
  ])('with %s says the rest, and what is wrong', (_, metric, problem) => {
    const { rated, quarantined } = parsed({ adp: [metric as object, ...RATED.adp] });

    expect(quarantined).toEqual([{ record: 'CVE-2026-0001: CISA-ADP', problem }]);
    expect(rated[0]?.points).toHaveLength(1);
  });
});

describe('a file of CVE records', () => {
  it.each([
    ['one record', bytesOf(text())],
    ['a list', bytesOf(`[${text()}]`)],
    ['lines, packed', gzipSync(bytesOf(`${text()}\n`))],
    [
      'the zip of the list, with its logs',
      zipSync({ 'cves/delta.json': strToU8('{"new":[]}'), 'cves/2026/0xxx/CVE-2026-0001.json': strToU8(text()) }),
    ],
    [
      'the zip in a zip that is released',
      zipSync({ 'cves.zip': zipSync({ 'cves/2026/0xxx/CVE-2026-0001.json': strToU8(text()) }) }),
    ],
  ])('may be %s', (_, bytes) => {
    expect(parseCve(bytes).rated.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2026-0001']);
  });

  it('may hold a record twice: the newer one counts, in whatever order', () => {
    const [old, young] = [{ updated: '2026-07-01T00:00:00Z' }, { ...RATED, updated: '2026-07-03T00:00:00Z' }];

    for (const { rated } of [parsed(old, young), parsed(young, old)]) {
      expect(rated).toMatchObject([{ modified: Date.UTC(2026, 6, 3), ratings: [{ source: 'redhat' }] }]);
    }
  });

  it('keeps what can be used, and names what cannot', () => {
    const { rated, quarantined } = parseCve(bytesOf(`[${text()}, {"cveMetadata":{"cveId":"CVE-x"}}, 7]`));

    expect(rated).toHaveLength(1);
    expect(quarantined.map(({ record }) => record)).toEqual(['record 2', 'record 3']);
  });

  it.each([
    [
      'nothing of the kind',
      bytesOf('[{"id":"DSA-1"}]'),
      /^not-this-feed: the file holds no CVE record that can be used/,
    ],
    [
      'an archive without records',
      zipSync({ 'readme.md': strToU8('x') }),
      /^not-this-feed: the file holds no CVE record$/,
    ],
    ['a line that was cut', bytesOf(`${text()}\n{"cveMeta`), /^not-json: line 2/],
    ['an archive that was cut', zipSync({ 'CVE-2026-0001.json': strToU8(text()) }).subarray(0, 300), /^damaged/],
    [
      'three archives in each other',
      zipSync({ 'a.zip': zipSync({ 'b.zip': zipSync({ 'CVE-2026-0001.json': strToU8(text()) }) }) }),
      /^not-this-feed/,
    ],
  ])('is refused where it is %s', (_, bytes, fault) => {
    expect(faultOf(() => parseCve(bytes))).toMatch(fault);
  });
});

describe.skipIf(TEST_DATA === null)('real records', () => {
  it('the 474 whole ones of CISA Vulnrichment are read without a loss', () => {
    const { rated, quarantined, dataAsOf } = parseCve(dataFile('vulnrichment/cve-records-sample.jsonl.gz'));

    expect(quarantined).toEqual([]);
    expect(rated).toHaveLength(474);
    expect(new Date(dataAsOf ?? 0).getUTCFullYear()).toBe(2024);
    expect(rated.filter(({ points }) => points.length === 1)).toHaveLength(474);
    const scales = Object.groupBy(
      rated.flatMap(({ ratings }) => ratings),
      ({ voice, scale }) => `${voice} ${scale}`,
    );
    expect(Object.fromEntries(Object.entries(scales).map(([scale, ratings]) => [scale, ratings?.length]))).toEqual({
      ...{ 'cna cvss-4.0': 25, 'cna cvss-3.1': 261, 'cna cvss-3.0': 54, 'cna cvss-2.0': 27, 'cna words': 5 },
      'adp cvss-3.1': 82,
    });
  });

  it('the words of all 44,130 records of Vulnrichment are known, in either case', () => {
    const lines = new TextDecoder()
      .decode(gunzipSync(dataFile('vulnrichment/ssvc-summary.jsonl.gz')))
      .trimEnd()
      .split('\n');
    const summaries = lines.map(
      (line) => JSON.parse(line) as { cve: string; ssvc?: Record<string, string>; ts?: string },
    );
    const { rated, quarantined } = parsed(
      ...summaries.map(({ cve, ssvc: said = {}, ts }) => {
        const [exploitation, automatable, impact] = [
          said['Exploitation'],
          said['Automatable'],
          said['Technical Impact'],
        ];
        const has = exploitation !== undefined && automatable !== undefined && impact !== undefined;
        return { id: cve, adp: has ? [ssvc(exploitation, automatable, impact, ts)] : [] };
      }),
    );

    expect(quarantined).toEqual([]);
    expect(rated).toHaveLength(44_130);
    const points = rated.flatMap((record) => record.points);
    expect(points).toHaveLength(44_026);
    expect(
      points.filter(({ exploitation, automatable, technicalImpact, at }) =>
        [exploitation, automatable, technicalImpact, at].includes(null),
      ),
    ).toEqual([]);
  });
});
