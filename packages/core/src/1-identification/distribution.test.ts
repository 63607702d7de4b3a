import { describe, expect, it } from 'vitest';
import { claimScope, claimScopeOf, packageTypeOf, scopeOfRelease } from './distribution.ts';

describe('claimScope', () => {
  it.each([
    ['debian', '12', 'debian:12'],
    ['debian', '12.7', 'debian:12'],
    ['Ubuntu', '22.04', 'ubuntu:22.04'],
    ['ubuntu', '22.04.3', 'ubuntu:22.04'],
    ['almalinux', '9.4', 'almalinux:9'],
    ['Rocky Linux', '8', 'rocky:8'],
    ['redhat', '8.9', 'rhel:8'],
    ['alpine', '3.19.1', 'alpine:3.19'],
    ['alpine', 'v3.11', 'alpine:3.11'],
    ['alpine', 'edge', 'alpine:edge'],
    ['wolfi', '20230201', 'wolfi'],
    ['wolfi', null, 'wolfi'],
    ['opensuse-leap', '15.6', 'opensuse-leap:15.6'],
    ['opensuse.leap', '15.6', 'opensuse-leap:15.6'],
    ['opensuse-tumbleweed', '20260801', 'opensuse-tumbleweed'],
    ['mageia', '9', 'mageia:9'],
    ['photon', '5.0', 'photon:5.0'],
    ['azurelinux', '3.0', 'azurelinux:3'],
  ])('%s %s is %s', (name, version, scope) => {
    expect(claimScope(name, version)).toBe(scope);
  });

  it.each([
    ['debian', null],
    ['debian', 'sid'],
    ['ubuntu', '22'],
    ['plan9', '4'],
  ])('%s %s is no release that claims speak of', (name, version) => {
    expect(claimScope(name, version)).toBeNull();
  });
});

describe('claimScopeOf', () => {
  it.each([
    ['debian:12', 'debian:12'],
    ['debian-12', 'debian:12'],
    [' Bookworm ', 'debian:12'],
    ['alpine-3.18.3', 'alpine:3.18'],
    ['ubuntu-pro:18.04', 'ubuntu-pro:18.04'],
    ['rocky-linux-8', 'rocky:8'],
    ['sles-15.4', 'sles:15.4'],
    ['opensuse-leap-15.6', 'opensuse-leap:15.6'],
    ['mageia-9', 'mageia:9'],
    ['wolfi-20230201', 'wolfi'],
    ['sid', null],
    ['', null],
    ['debian', null],
  ])('%j is %s', (text, scope) => {
    expect(claimScopeOf(text)).toBe(scope);
  });
});

it.each([
  ['debian', '12', 'debian:12'],
  ['almalinux', '9.4', 'almalinux:9'],
  ['alpine', '3.19.1', 'alpine:3.19'],
  ['wolfi', null, 'wolfi'],
  ['plan9', '4', 'plan9:4'],
  ['debian', null, null],
])('a host of %s %s has the scope %s', (id, versionId, scope) => {
  expect(scopeOfRelease({ id, versionId, codename: null, prettyName: id })).toBe(scope);
});

it.each([
  ['debian:12', 'deb'],
  ['almalinux:9', 'rpm'],
  ['wolfi', 'apk'],
  ['npm', null],
])('packages of %s are %s', (scope, type) => {
  expect(packageTypeOf(scope)).toBe(type);
});
