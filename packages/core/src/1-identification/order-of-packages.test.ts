import { expect, it } from 'vitest';
import { orderOfPackages, orderOfScope, orderOfSet } from './order-of-packages.ts';

it.each([
  ['deb', '1.0~rc1', '1.0'],
  ['rpm', '1.0-1.el9', '1.0-2.el9'],
  ['apk', '1.0_rc1-r0', '1.0-r0'],
  ['npm', '1.0.0-rc.1', '1.0.0'],
  ['golang', '1.9.0', '1.10.0'],
  ['pypi', '1.0rc1', '1.0'],
  ['maven', '1.0-rc1', '1.0'],
  ['product', '17.3.4', '17.3.4a'],
])('%s orders %s before %s', (type, low, high) => {
  expect(orderOfPackages(type)?.compare(low, high)).toBe(-1);
});

it('knows no order of what it does not know', () => {
  expect(orderOfPackages('plan9')).toBeNull();
});

it.each([
  ['deb', '1.0~rc1', '1.0'],
  ['rpm', '1.0-1.el9', '1.0-2.el9'],
  ['apk', '1.0_rc1-r0', '1.0-r0'],
  ['components', '1.9', '1.10'],
] as const)('the package manager of %s orders %s before %s', (ecosystem, low, high) => {
  expect(orderOfSet(ecosystem).compare(low, high)).toBe(-1);
});

it.each([
  ['debian:12', '1.0~rc1', '1.0'],
  ['almalinux:9', '1.0^git1-1', '1.0a-1'],
  ['wolfi', '1.0_rc1-r0', '1.0-r0'],
  ['pypi', '1.0rc1', '1.0'],
  ['product', '17.3.4', '17.3.4a'],
])('claims of %s order %s before %s', (scope, low, high) => {
  expect(orderOfScope(scope)?.compare(low, high)).toBe(-1);
});

it('knows no order of a release that nobody speaks of', () => {
  expect(orderOfScope('plan9:4')).toBeNull();
});
