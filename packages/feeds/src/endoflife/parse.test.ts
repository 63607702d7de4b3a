import { gzipSync } from 'node:zlib';
import { supportScopeOf } from '@patchsteward/core/1-identification';
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
      products: [],
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

    expect(parseLifecycles(file)).toMatchObject({
      ...{ lifecycles: DEBIAN_12, quarantined: [], dataAsOf: Date.UTC(2026, 7, 1) },
      products: [
        { name: 'debian', scope: 'debian', title: 'debian' },
        { name: 'nginx', scope: 'product:nginx' },
      ],
    });
    expect(isLifecycleText(new TextDecoder().decode(file))).toBe(true);
  });

  it('of version 1 of endoflife.date, of one product', () => {
    const result = product('debian', release('12', '2026-07-11', '2028-06-30'));
    const file = json({ schema_version: '1.2.0', last_modified: '2026-07-30T10:00:00+00:00', result });

    expect(parseLifecycles(file)).toMatchObject({ lifecycles: DEBIAN_12, dataAsOf: Date.UTC(2026, 6, 30, 10) });
  });

  const NODE = {
    name: 'nodejs',
    scope: 'product:nodejs',
    title: 'Node.js',
    cpes: ['nodejs/node-js'],
    components: ['generic node', 'npm @scope/node', 'maven org.example:node'],
    isDevice: false,
    cycles: [
      { name: '22', labels: ['Jod'], latest: '22.9.0', ends: { regular: day('2024-10-29'), lts: day('2027-04-30') } },
      { name: '21', labels: [], latest: null, ends: { regular: day('2024-06-01'), extended: day('2025-06-01') } },
      { name: '20', labels: [], latest: '20.1', ends: { lts: day('2026-04-30') } },
      { name: '19', labels: [], latest: null, ends: {} },
    ],
  };

  it('of products, with their names, and with long-term support and that of subscribers apart', () => {
    const file = json({
      nodejs: {
        title: 'Node.js',
        category: 'framework',
        identifiers: [
          { purl: 'pkg:generic/node' },
          { purl: 'pkg:npm/%40scope/node' },
          { purl: 'pkg:maven/org.example/node' },
          { purl: 'pkg:rpm/redhat/nodejs' },
          { purl: 'pkg:docker/library/node' },
          { cpe: 'cpe:2.3:a:nodejs:node.js' },
          { repology: 'nodejs' },
        ],
        releases: [
          { releaseCycle: '22', codename: 'Jod', latest: '22.9.0', lts: '2024-10-29', eol: '2027-04-30' },
          { releaseCycle: '21', eol: '2024-06-01', eoes: '2025-06-01' },
          { releaseCycle: '20', latest: '20.1', lts: true, eol: '2026-04-30' },
          { releaseCycle: '19', eol: true },
        ],
      },
    });
    expect(parseLifecycles(file)).toEqual({ lifecycles: [], products: [NODE], quarantined: [], dataAsOf: null });
  });

  it('of products of version 1', () => {
    const cycle = (name: string, eol: string | null, eoes: string | null, more: object): object => ({
      ...{ ...release(name, eol, eoes), codename: null },
      ...more,
    });
    const result = {
      ...product(
        'nodejs',
        cycle('22', '2027-04-30', null, { codename: 'Jod', latest: { name: '22.9.0' }, ltsFrom: '2024-10-29' }),
        cycle('21', '2024-06-01', '2025-06-01', {}),
        cycle('20', '2026-04-30', null, { isLts: true, latest: { name: '20.1' } }),
        cycle('19', null, null, {}),
      ),
      label: 'Node.js',
      identifiers: [
        { id: 'pkg:generic/node', type: 'purl' },
        { id: 'pkg:npm/%40scope/node', type: 'purl' },
        { id: 'pkg:maven/org.example/node', type: 'purl' },
        { id: 'cpe:2.3:a:nodejs:node.js', type: 'cpe' },
      ],
    };
    const file = json({ schema_version: '1.2.0', last_modified: '2026-07-30T10:00:00+00:00', result });

    expect(parseLifecycles(file).products).toEqual([NODE]);
  });

  it('of a product that are no day are quarantined, and its other releases stay', () => {
    const releases = [
      { releaseCycle: '2', eol: '2020-02-30' },
      { releaseCycle: '1', eol: '2020-02-29' },
    ];
    expect(parseLifecycles(json({ thing: { title: 'Thing', releases } }))).toMatchObject({
      products: [{ cycles: [{ ends: {} }, { ends: { regular: day('2020-02-29') } }] }],
      quarantined: [{ record: 'thing 2' }],
    });
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

  it.skipIf(TEST_DATA === null)('of the real list are read for every product, and name what hosts are called', () => {
    const { products, quarantined } = parseLifecycles(dataFile('eol/endoflife.json.gz'));
    expect(products.length).toBe(464);
    expect(quarantined).toEqual([]);
    const scopeOf = (vendor: string | null, name: string, version: string | null, build: string | null = null) =>
      supportScopeOf({ vendor, product: name, version, build }, products);
    expect([
      scopeOf('Microsoft', 'Windows Server 2016 Datacenter', '1607', '10.0.14393.6796'),
      scopeOf('Microsoft', 'Windows 10 Pro', '22H2', '19045'),
      scopeOf('Apple', 'macOS', '13.7.8'),
      scopeOf('Fortinet', 'FortiOS', '7.2.8'),
      scopeOf('Oracle', 'MySQL', '5.7.44'),
      scopeOf(null, 'Debian', '12'),
      scopeOf('Microsoft', 'SQL Server 2014', '12.0.6449'),
      scopeOf('Cisco', 'IOS', '15.2'),
    ]).toEqual([
      ...['product:windows-server:2016', 'product:windows:10-22h2', 'product:macos:13', 'product:fortios:7.2'],
      ...['product:mysql:5.7', 'debian:12', null, null],
    ]);
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
