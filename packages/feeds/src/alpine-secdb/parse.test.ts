import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseAlpineSecdb } from './parse.ts';

const pkg = (name: string, secfixes: unknown) => ({ pkg: { name, secfixes } });
const database = (packages: readonly unknown[], members: Record<string, unknown> = {}) => ({
  distroversion: 'v3.19',
  reponame: 'main',
  urlprefix: 'https://dl-cdn.alpinelinux.org/alpine',
  packages,
  ...members,
});
const parse = (value: unknown) => parseAlpineSecdb(bytesOf(JSON.stringify(value)));
const said = (value: unknown) =>
  parse(value).claims.map(
    ({ scope, packageName, vulnerability, status, ranges }) =>
      `${scope} ${packageName} ${vulnerability} ${status} ${ranges[0]?.fixed ?? '-'}`,
  );

describe('a security database', () => {
  it('says in which version of an origin each vulnerability was fixed, and what never was there', () => {
    const value = database([
      pkg('openssl', { '3.1.4-r1': ['CVE-2023-5678'], '0': ['CVE-2022-3996'] }),
      pkg('zlib', { '1.2.12-r2': ['CVE-2022-37434'] }),
    ]);

    expect(said(value).sort()).toEqual([
      'alpine:3.19 openssl CVE-2022-3996 not_affected -',
      'alpine:3.19 openssl CVE-2023-5678 affected 3.1.4-r1',
      'alpine:3.19 zlib CVE-2022-37434 affected 1.2.12-r2',
    ]);
    expect(parse(value).claims[0]).toMatchObject({ authority: 'vendor-status', packageKind: 'source' });
  });

  it.each<[string, readonly string[] | null, string[]]>([
    ['several names in one text', ['CVE-2019-6110 CVE-2019-6111 (+ fix)'], ['CVE-2019-6110', 'CVE-2019-6111']],
    ['names of others', ['XSA-123', 'GHSA-jq35-85cj-fj4p'], ['XSA-123', 'GHSA-jq35-85cj-fj4p']],
    ['the name of a patch', ['CVE-2019-19451.patch'], ['CVE-2019-19451']],
    ['one name twice', ['CVE-2020-0001', 'CVE-2020-0001'], ['CVE-2020-0001']],
    ['nothing', null, []],
  ])('reads %s', (_, texts, names) => {
    const { claims } = parse(database([pkg('a', { '1-r0': texts }), pkg('b', { '1-r0': ['CVE-2000-0001'] })]));

    expect(claims.filter(({ packageName }) => packageName === 'a').map(({ vulnerability }) => vulnerability)).toEqual(
      names,
    );
  });

  it.each([
    ['edge', database([pkg('a', { '1-r0': ['CVE-2000-0001'] })], { distroversion: 'edge' }), 'alpine:edge'],
    [
      'a distribution that rolls',
      database([pkg('a', { '1-r0': ['CVE-2000-0001'] })], {
        distroversion: undefined,
        urlprefix: 'https://packages.wolfi.dev',
      }),
      'wolfi',
    ],
  ])('knows %s', (_, value, scope) => {
    expect(parse(value).claims[0]?.scope).toBe(scope);
  });

  it('quarantines what it cannot use, and keeps the rest', () => {
    const good = pkg('a', { '1-r0': ['CVE-2000-0001'], 'no version': ['CVE-2000-0002'] });
    const { claims, quarantined } = parse({
      'v3.19/main.yaml': database([good, pkg('b', 7), 'c']),
      'nowhere.yaml': database([good], { distroversion: undefined }),
    });

    expect(claims.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2000-0001']);
    expect(quarantined).toEqual([
      { record: 'secdb alpine:3.19/main a', problem: 'no version is no version' },
      { record: 'secdb alpine:3.19/main package 2', problem: 'it is no package with its fixes' },
      { record: 'secdb alpine:3.19/main package 3', problem: 'it is no package with its fixes' },
      { record: 'secdb /main', problem: 'it names no release' },
    ]);
  });

  it.each([
    ['nothing', bytesOf(''), 'empty: the file is empty'],
    ['another thing', bytesOf('[1]'), 'not-this-feed: the file is no security database of Alpine'],
    [
      'a database without a fix',
      bytesOf(JSON.stringify(database([]))),
      'not-this-feed: the file names no fix of any package',
    ],
    ['a file that was cut off', bytesOf('{"packages":['), 'not-json: the file is not JSON'],
    ['damaged gzip', gzipSync('{}').subarray(0, 9), 'damaged: the gzip data is damaged'],
  ])('refuses %s', (_, bytes, fault) => {
    expect(faultOf(() => parseAlpineSecdb(bytes))).toBe(fault);
  });

  it.skipIf(TEST_DATA === null)('reads real databases', () => {
    const { claims, quarantined } = parseAlpineSecdb(dataFile('alpine/secdb.json.gz'));

    expect(new Set(claims.map(({ scope }) => scope))).toEqual(new Set(['alpine:3.9', 'alpine:3.11']));
    expect(new Set(claims.map(({ scope, packageName }) => `${scope} ${packageName}`)).size).toBe(479);
    expect(quarantined).toEqual([]);
  });
});
