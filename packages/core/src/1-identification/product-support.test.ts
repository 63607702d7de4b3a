import { describe, expect, it } from 'vitest';
import { componentCycleOf, supportScopeOf } from './product-support.ts';
import { componentKey, type ProductCycle, productNames, type SupportedProduct } from './supported-product.ts';

type Cycle = readonly [name: string, latest: string | null, ends: number, ...labels: string[]];

function product(name: string, title: string, cpes: readonly string[], ...cycles: readonly Cycle[]): SupportedProduct {
  const read = cycles.map(
    ([of, latest, regular, ...labels]): ProductCycle => ({ name: of, latest, labels, ends: { regular } }),
  );
  return { name, scope: `product:${name}`, title, cpes, components: [], isDevice: false, cycles: read };
}

const SERVER = product(
  ...(['windows-server', 'Microsoft Windows Server', []] as const),
  ...([
    ['2025', '10.0.26100', 9],
    ['2022', '10.0.20348', 8],
    ['2019', '10.0.17763', 7],
    ['1809-sac', '10.0.17763', 6],
    ['2012-r2', '6.3.9600', 5],
    ['2012', '6.2.9200', 5],
    ['2008-r2-sp1', '6.1.7601', 4],
    ['2008-sp2', '6.0.6003', 4],
    ['2003-sp2', '5.2.3790', 3],
    ['2003', '5.2.3790', 2],
  ] as const),
);
const CLIENT = product(
  ...(['windows', 'Microsoft Windows', ['microsoft/windows']] as const),
  ...([
    ['11-23h2-e', '10.0.22631', 9],
    ['11-23h2-w', '10.0.22631', 8],
    ['10-22h2', '10.0.19045', 7],
    ['10-21h2-iot-lts', '10.0.19044', 12],
    ['10-21h2-e-lts', '10.0.19044', 11],
    ['10-21h2-e', '10.0.19044', 6],
    ['10-21h2-w', '10.0.19044', 5],
    ['8.1', '6.3.9600', 4],
    ['8', '6.2.9200', 3],
    ['5-sp3', '5.1.2600', 1, 'XP SP3'],
  ] as const),
);
const SQL = product(
  ...(['mssqlserver', 'Microsoft SQL Server', ['microsoft/sql-server']] as const),
  ...([
    ['15.0', '15.0.4480.2 CU32', 9, '2019'],
    ['13.0-sp3', '13.0.6500.1 GDR', 8, '2016 SP3'],
    ['13.0', '13.0.2218.0 CU9', 7, '2016'],
  ] as const),
);
const MACOS = product(
  ...(['macos', 'Apple macOS', ['apple/macos']] as const),
  ...([
    ['14', '14.8.9', 9, 'Sonoma'],
    ['10.15', '10.15.8', 8, 'Catalina'],
  ] as const),
);
const POSTGRES = product(
  ...(['postgresql', 'PostgreSQL', ['postgresql/postgresql']] as const),
  ...([
    ['14', '14.24', 9],
    ['9.6', '9.6.24', 8],
  ] as const),
);
const FORTIOS = product('fortios', 'FortiOS', ['fortinet/fortios'], ['7.2', null, 9], ['7', null, 8]);
const EXCHANGE = product('msexchange', 'Microsoft Exchange Server', [], ['2019', '15.2.1544.36', 9]);
const APPLE_IOS = product('ios', 'Apple iOS', [], ['17', '17.7.7', 9]);
const PHONE = { ...product('iphone', 'Apple iPhone', [], ['15', null, 9]), isDevice: true };
const ALL = [SERVER, CLIENT, SQL, MACOS, POSTGRES, FORTIOS, EXCHANGE, APPLE_IOS, PHONE];

describe('the release that a product of a list is', () => {
  it.each([
    ['Microsoft', 'Windows Server 2019', null, null, 'windows-server:2019'],
    [
      'Microsoft Corporation',
      'Microsoft Windows Server 2019 Standard',
      '1809',
      '10.0.17763.5576',
      'windows-server:2019',
    ],
    [null, 'Windows Server 2019 Datacenter', '10.0.17763', null, 'windows-server:2019'],
    ['Microsoft', 'Windows Server', '2022', null, 'windows-server:2022'],
    ['Microsoft', 'Windows Server', null, '20348.2340', 'windows-server:2022'],
    ['Microsoft', 'Windows Server 2012', null, null, 'windows-server:2012'],
    ['Microsoft', 'Windows Server 2012 R2', null, '9600', 'windows-server:2012-r2'],
    ['Microsoft', 'Windows Server 2008 R2', null, null, 'windows-server:2008-r2-sp1'],
    ['Microsoft', 'Windows 11 Enterprise', '23H2', '22631.3447', 'windows:11-23h2-e'],
    ['Microsoft', 'Windows 11 Pro', null, '10.0.22631', 'windows:11-23h2-w'],
    ['Microsoft', 'Windows 10 Pro', '10.0.19045.3803', null, 'windows:10-22h2'],
    ['Microsoft', 'Windows', '10.0.19045', null, 'windows:10-22h2'],
    ['Microsoft', 'Windows 10 Enterprise LTSC 2021', null, '19044', 'windows:10-21h2-e-lts'],
    ['Microsoft', 'Windows 10 IoT Enterprise LTSC', '21H2', null, 'windows:10-21h2-iot-lts'],
    ['Microsoft', 'Windows 8.1', null, null, 'windows:8.1'],
    ['Microsoft', 'Windows 8', null, null, 'windows:8'],
    ['Microsoft', 'Windows XP', null, null, 'windows:5-sp3'],
    ['Microsoft', 'SQL Server', '15.0.4480.2', null, 'mssqlserver:15.0'],
    ['Microsoft', 'SQL Server 2019', null, null, 'mssqlserver:15.0'],
    ['Apple', 'macOS', '14.6.1', null, 'macos:14'],
    ['Apple Inc.', 'macOS Sonoma', '14.6.1', null, 'macos:14'],
    ['Apple', 'macOS', '10.15.7', '19H2026', 'macos:10.15'],
    [null, 'PostgreSQL', '9.6.3', null, 'postgresql:9.6'],
    ['PostgreSQL', 'PostgreSQL 14', '14.2', null, 'postgresql:14'],
    ['Fortinet', 'FortiOS', '7.2.8', null, 'fortios:7.2'],
    ['Fortinet', 'FortiOS', 'v7.2.8', null, 'fortios:7.2'],
    ['Microsoft', 'Exchange Server 2019', '15.2.1258.12', null, 'msexchange:2019'],
    ['Apple', 'iPhone 15', null, null, 'iphone:15'],
  ])('%s, %s, %s, %s: %s', (vendor, name, version, build, expected) => {
    expect(supportScopeOf({ vendor, product: name, version, build }, ALL)).toBe(`product:${expected}`);
  });

  it.each([
    ['nothing', null, null, '14', null],
    ['another product of that name', 'Cisco', 'IOS', '17.3.4a', null],
    ['another vendor', 'Acme', 'PostgreSQL', '9.6.3', null],
    ['what only begins with the name', 'Microsoft', 'Windows Server Update Services', '10.0.20348', null],
    ['what only begins with a release', 'PostgreSQL', 'PostgreSQL 14 Toolkit', '14.1', null],
    ['a release and the version of another one', 'PostgreSQL', 'PostgreSQL 14', '9.6.3', null],
    ['a release and the build of another one', 'Microsoft', 'Windows Server 2019', null, '20348'],
    ['an edition that is not said', 'Microsoft', 'Windows 11', '23H2', '22631'],
    ['an edition that has no such update', 'Microsoft', 'Windows 10 Mobile', null, '19045'],
    ['a build of two releases', 'Microsoft', 'Windows Server', null, '17763'],
    ['a generation without an update', 'Microsoft', 'Windows 10 Pro', null, null],
    ['a service pack that is not said', 'Microsoft', 'SQL Server 2016', '13.0.6500', null],
    ['a version that no release begins', 'PostgreSQL', 'PostgreSQL', '9.5.1', null],
    ['less of a version than its release has', 'PostgreSQL', 'PostgreSQL', '9', null],
    ['one number without a newest version', 'Fortinet', 'FortiOS', '7.4.1', null],
    ['a version of another scheme', 'Microsoft', 'Exchange Server', '15.2.1258.12', null],
    ['the version of what runs on a device', 'Apple', 'iPhone', '15.2', null],
    ['a version without numbers', 'Apple', 'macOS', 'newest', null],
  ])('is not certain of %s', (_, vendor, name, version, build) => {
    expect(supportScopeOf({ vendor, product: name, version, build }, ALL)).toBeNull();
  });

  it('is not certain where two products have the name', () => {
    const named = { vendor: null, product: 'PostgreSQL', version: '14.1', build: null };
    expect(supportScopeOf(named, [POSTGRES, { ...POSTGRES, name: 'other' }])).toBeNull();
  });

  it('is that of the platform where hosts run it as well', () => {
    const debian = { ...product('debian', 'Debian', [], ['12', '12.11', 9]), scope: 'debian' };
    const named = { vendor: null, product: 'Debian', version: '12.5', build: null };
    expect(supportScopeOf(named, [debian])).toBe('debian:12');
  });
});

it.each([
  ['9.6.24', '9.6'],
  ['14.0-rc1', '14'],
  ['15.1', null],
  ['latest', null],
  [null, null],
])('the release that a package of version %s is: %s', (version, expected) => {
  expect(componentCycleOf(version, [POSTGRES])?.name ?? null).toBe(expected);
  expect(componentCycleOf(version, [POSTGRES, SQL])).toBeNull();
});

it('products are asked for by title and by CPE, packages by the names of their registry', () => {
  expect(productNames(CLIENT)).toEqual(['microsoft-windows']);
  expect(productNames(FORTIOS)).toEqual(['fortios', 'fortinet-fortios']);
  expect([componentKey('pypi', 'Foo.Bar'), componentKey('npm', '@a/b')]).toEqual(['pypi foo-bar', 'npm @a/b']);
});
