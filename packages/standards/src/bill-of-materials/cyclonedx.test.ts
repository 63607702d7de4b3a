import { describe, expect, it } from 'vitest';
import { isCycloneDx, readCycloneDx } from './cyclonedx.ts';

type Json = Record<string, unknown>;

const library = (purl: string | undefined, members: Json = {}) => ({ type: 'library', name: 'a', purl, ...members });
const bill = (components: readonly unknown[], members: Json = {}) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components,
  ...members,
});
const read = (document: unknown, release: string | null = null) => {
  const list = readCycloneDx(document, release);
  if (typeof list === 'string') throw new Error(list);
  return list;
};
const one = (purl: string, members: Json = {}, release: string | null = null) =>
  read(bill([library(purl, members)]), release).components[0];

it('knows itself', () => {
  expect([bill([]), {}, null, 7, { bomFormat: 'SPDX' }].map(isCycloneDx)).toEqual([true, false, false, false, false]);
});

describe('a component', () => {
  it.each<[string, Json]>([
    [
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u8?arch=amd64&upstream=glibc&distro=debian-12',
      {
        type: 'deb',
        name: 'libc6',
        version: '2.36-9+deb12u8',
        architecture: 'amd64',
        source: { name: 'glibc', version: '2.36-9+deb12u8' },
        release: 'debian:12',
      },
    ],
    [
      'pkg:deb/debian/bsdutils@1:2.41-5?upstream=util-linux%402.41-5&distro=debian-13',
      { source: { name: 'util-linux', version: '2.41-5' } },
    ],
    [
      'pkg:deb/debian/bash@5.2.37-2%2Bb7?distro=bookworm',
      { source: { name: 'bash', version: '5.2.37-2' }, release: 'debian:12' },
    ],
    [
      'pkg:rpm/almalinux/bind-libs@9.11.36-3.el8?arch=x86_64&epoch=32&distro=almalinux-8.7',
      { type: 'rpm', version: '32:9.11.36-3.el8', source: null, release: 'almalinux:8' },
    ],
    [
      'pkg:rpm/redhat/npm@10.5.0-1.module_el8?rpmmod=nodejs:18:8090:abc&distro=rhel-8.9',
      { module: 'nodejs:18', release: 'rhel:8' },
    ],
    [
      'pkg:apk/alpine/libssl3@3.1.4-r5?arch=x86_64&upstream=openssl&distro=alpine-3.19.1',
      { type: 'apk', source: { name: 'openssl', version: '3.1.4-r5' }, release: 'alpine:3.19' },
    ],
    ['pkg:npm/%40babel/traverse@7.0.0', { type: 'npm', name: '@babel/traverse', version: '7.0.0', release: null }],
    ['pkg:maven/org.jsoup/jsoup@1.11.3', { type: 'maven', name: 'org.jsoup:jsoup' }],
    ['pkg:golang/golang.org/x/net@v0.1.0', { type: 'golang', name: 'golang.org/x/net', version: 'v0.1.0' }],
    ['pkg:pypi/django', { type: 'pypi', name: 'django', version: null }],
  ])('%s', (purl, expected) => {
    expect(one(purl)).toMatchObject(expected);
  });

  it('may say its version beside its purl, its module and source among its properties', () => {
    const properties = [
      { name: 'syft:metadata:modularityLabel', value: 'perl:5.26:8010020190529084353:ca1f4f9b' },
      { name: 'aquasecurity:trivy:SrcName', value: 'gcc-12' },
      { name: 'aquasecurity:trivy:SrcVersion', value: '12.2.0' },
      { name: 'aquasecurity:trivy:SrcRelease', value: '14' },
      { name: 'aquasecurity:trivy:SrcEpoch', value: '2' },
      7,
    ];

    expect(one('pkg:rpm/centos/perl', { version: '4:5.26-1.module_el8', properties })).toMatchObject({
      version: '4:5.26-1.module_el8',
      module: 'perl:5.26',
    });
    expect(one('pkg:deb/debian/libgcc-s1@12.2.0-14', { properties })?.source).toEqual({
      name: 'gcc-12',
      version: '2:12.2.0-14',
    });
  });

  it('is of the release that its bill names, or else of the one that the person says', () => {
    const system = { type: 'operating-system', name: 'debian', version: '12' };
    const purl = 'pkg:deb/debian/bash@5.2.15-2';

    expect(read(bill([library(purl), system]), 'debian:11').components[0]?.release).toBe('debian:12');
    expect(one(purl, {}, 'debian:11')?.release).toBe('debian:11');
    expect(one(`${purl}?distro=almalinux-9`, {}, 'debian:11')?.release).toBe('debian:11');
    expect(one(purl)?.release).toBeNull();
  });

  it('stands in others, and what the bill is about counts where it is a package', () => {
    const inner = library('pkg:npm/inner@1.0.0');
    const outer = library('pkg:npm/outer@1.0.0', { components: [inner] });
    const { components, refused } = read(
      bill([outer, { type: 'file', name: '/etc/passwd' }], {
        metadata: { component: { type: 'container', name: 'image' } },
      }),
    );

    expect(components.map(({ name }) => name)).toEqual(['outer', 'inner']);
    expect(refused).toEqual([]);
    const app = read(bill([outer], { metadata: { component: library('pkg:npm/app@2.0.0') } }));
    expect(app.components.map(({ name }) => name)).toEqual(['app', 'outer', 'inner']);
  });

  it('in a folder of the distribution is its package seen again', () => {
    const python = (path: string) =>
      library('pkg:pypi/urllib3@1.26.12', { properties: [{ name: 'syft:location:0:path', value: path }] });
    const system = library('pkg:deb/debian/python3-urllib3@1.26.12-1?distro=debian-12');
    const owners = (components: readonly unknown[]) =>
      read(bill(components))
        .components.filter(({ type }) => type === 'pypi')
        .map(({ owner }) => owner !== null);

    const theirs = python('/usr/lib/python3/dist-packages/urllib3-1.26.12.egg-info/PKG-INFO');
    const own = python('/usr/local/lib/python3.11/site-packages/urllib3/METADATA');
    expect(owners([theirs, own, system])).toEqual([true, false]);
    expect(owners([theirs])).toEqual([false]);
  });
});

describe('what cannot be used', () => {
  it('is refused entry by entry', () => {
    const { components, refused } = read(
      bill([library('pkg:npm/a@1.0.0'), library(undefined), library('pkg:'), library('b'), 7]),
    );

    expect(components.length).toBe(1);
    expect(refused.map(({ problem }) => problem)).toEqual([
      'it has no purl, so nobody knows what it is',
      'pkg: is no purl',
      'b is no purl',
    ]);
  });

  it.each([
    ['no components', bill([]), 'it lists no package'],
    [
      'none of use',
      bill([library(undefined)]),
      'it lists no package that can be judged (a: it has no purl, so nobody knows what it is)',
    ],
    ['components that are no list', { bomFormat: 'CycloneDX', components: 7 }, 'it lists no package'],
  ])('as a whole: %s', (_, document, problem) => {
    expect(readCycloneDx(document, null)).toBe(problem);
  });
});
