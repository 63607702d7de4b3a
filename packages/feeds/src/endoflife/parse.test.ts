import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { isLifecycleText, parseLifecycles } from './parse.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) + 86_400_000;
const json = (products: object) => bytesOf(JSON.stringify(products));
const HEADER = 'version,codename,series,created,release,eol';

describe('ends of support', () => {
  it('of endoflife.date, of systems that we have scopes for', () => {
    const file = json({
      debian: {
        releases: [
          { releaseCycle: '12', eol: '2026-07-11', eoes: '2028-06-30' },
          { releaseCycle: '14', eol: false },
        ],
      },
      rhel: { releases: [{ releaseCycle: '9', eol: '2032-05-31', eoes: '2036-05-31' }] },
      nginx: { releases: [{ releaseCycle: '1', eol: '2020-01-01' }] },
    });
    expect(parseLifecycles(gzipSync(file))).toEqual({
      lifecycles: [
        { scope: 'debian:12', phase: 'regular', ends: day('2026-07-11') },
        { scope: 'debian:12', phase: 'lts', ends: day('2028-06-30') },
        { scope: 'rhel:9', phase: 'regular', ends: day('2032-05-31') },
        { scope: 'rhel:9', phase: 'extended', ends: day('2036-05-31') },
      ],
      quarantined: [],
      dataAsOf: null,
    });
  });

  const release = (name: string, eolFrom: string | null, eoesFrom: string | null) => ({
    ...{ name, codename: 'Some', label: name, releaseDate: '2020-01-01', isLts: false, ltsFrom: null },
    ...{ isEol: false, eolFrom, isEoes: eoesFrom === null ? null : false, eoesFrom, isMaintained: true, custom: null },
  });
  const product = (name: string, ...releases: object[]) => ({
    name,
    label: name,
    aliases: [],
    category: 'os',
    releases,
  });
  const DEBIAN_12 = [
    { scope: 'debian:12', phase: 'regular', ends: day('2026-07-11') },
    { scope: 'debian:12', phase: 'lts', ends: day('2028-06-30') },
  ];

  it('of version 1 of endoflife.date, of all products', () => {
    const file = json({
      ...{ schema_version: '1.2.0', generated_at: '2026-08-01T00:00:00+00:00', total: 2 },
      result: [
        product('debian', release('14', null, null), release('12', '2026-07-11', '2028-06-30')),
        product('nginx', release('1', '2020-01-01', null)),
      ],
    });

    expect(parseLifecycles(file)).toEqual({
      ...{ lifecycles: DEBIAN_12, quarantined: [], dataAsOf: Date.UTC(2026, 7, 1) },
    });
    expect(isLifecycleText(new TextDecoder().decode(file))).toBe(true);
  });

  it('of version 1 of endoflife.date, of one product', () => {
    const result = product('debian', release('12', '2026-07-11', '2028-06-30'));
    const file = json({ schema_version: '1.2.0', last_modified: '2026-07-30T10:00:00+00:00', result });

    expect(parseLifecycles(file)).toMatchObject({ lifecycles: DEBIAN_12, dataAsOf: Date.UTC(2026, 6, 30, 10) });
  });

  it('of a list that names no product are refused with where to get them', () => {
    const file = json([{ cycle: '12', eol: '2026-07-11', extendedSupport: '2028-06-30' }]);

    expect(faultOf(() => parseLifecycles(file))).toContain('/api/v1/products/full');
  });

  it('of distro-info, with long-term and extended support apart, and the later of two columns of one phase', () => {
    const debian = `${HEADER},eol-lts,eol-elts\n10,Buster,buster,2017-06-17,2019-07-06,2022-09-10,2024-06-30,2029-06-30\n,Sid,sid,1993-08-16\n`;
    expect(parseLifecycles(bytesOf(debian)).lifecycles).toEqual([
      { scope: 'debian:10', phase: 'regular', ends: day('2022-09-10') },
      { scope: 'debian:10', phase: 'lts', ends: day('2024-06-30') },
      { scope: 'debian:10', phase: 'extended', ends: day('2029-06-30') },
    ]);
    const ubuntu = `${HEADER},eol-server,eol-esm,eol-legacy\n8.04 LTS,Hardy,hardy,2007-10-18,2008-04-24,2011-05-12,2013-05-09\n`;
    expect(parseLifecycles(bytesOf(ubuntu)).lifecycles).toEqual([
      { scope: 'ubuntu:8.04', phase: 'regular', ends: day('2013-05-09') },
    ]);
  });

  it('that are no day are quarantined one by one', () => {
    const file = `${HEADER},eol-lts,eol-elts\n9,Stretch,stretch,2015-04-25,2017-06-17,2020-02-30,2022-06-30\n`;
    expect(parseLifecycles(bytesOf(file))).toMatchObject({
      lifecycles: [{ phase: 'lts' }],
      quarantined: [{ record: 'debian:9', problem: expect.stringContaining('2020-02-30') }],
    });
    const strange = json({ debian: 'old', rhel: { releases: [{ releaseCycle: '9', eol: '2032-05-31' }] } });
    expect(parseLifecycles(strange).quarantined).toMatchObject([{ record: 'debian' }]);
  });

  it.each([
    ['a list', json([])],
    ['products of others alone', json({ nginx: { releases: [] } })],
    ['no line', bytesOf(`${HEADER}\n`)],
    ['no JSON', bytesOf('{')],
  ])('are refused where the file is %s', (_, bytes) => {
    expect(faultOf(() => parseLifecycles(bytes))).toMatch(/not-this-feed|not-json/);
  });

  it.skipIf(TEST_DATA === null)('agree between the two sources on the releases that both name', () => {
    const [all, debian] = ['eol/endoflife.json.gz', 'eol/distro-info-debian.csv'].map((path) =>
      parseLifecycles(dataFile(path)),
    );
    const endOf = (from: typeof all, phase: string) =>
      from?.lifecycles.find((one) => one.scope === 'debian:12' && one.phase === phase)?.ends;
    expect([endOf(all, 'regular'), endOf(all, 'lts')]).toEqual([endOf(debian, 'regular'), endOf(debian, 'lts')]);
    expect(endOf(debian, 'regular')).toBe(day('2026-07-11'));
    expect([all?.quarantined, debian?.quarantined]).toEqual([[], []]);
  });
});
