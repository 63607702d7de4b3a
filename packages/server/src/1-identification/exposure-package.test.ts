import { expect, test } from 'vitest';
import { judgeBelow, soughtPackage } from './exposure-package.ts';

test.each([
  ['openssl < 3.0.15-1', { name: 'openssl', below: '3.0.15-1' }],
  [' openssl<3.0.15-1~deb12u1 ', { name: 'openssl', below: '3.0.15-1~deb12u1' }],
  ['@babel/core < 7.23.2', { name: '@babel/core', below: '7.23.2' }],
  ['openssl', null],
  ['openssl <', null],
  ['< 3.0', null],
  ['openssl < 3.0 < 4', null],
  ['CVE-2026-0001', null],
])('%s', (asked, sought) => {
  expect(soughtPackage(asked)).toEqual(sought);
});

const PLAIN = { architecture: '', built_from: '', has_version_of_source: false };

test.each([
  ['debian:12', '1.9-1', '1.10-1', 'affected'],
  ['debian:12', '1.10-1', '1.10-1', 'not_affected'],
  ['debian:12', '1.10~rc1-1', '1.10-1', 'affected'],
  ['almalinux:9', '0:1.9-1.el9', '1:1.0-1.el9', 'affected'],
  ['alpine:3.19', '1.2.3-r0', '1.2.3_p1-r0', 'affected'],
  ['npm', '7.23.10', '7.23.2', 'not_affected'],
  ['debian:12', '1.9-1', 'not a version', 'not_judged'],
  ['nobody:1', '1', '2', 'not_judged'],
])('of %s %s is below %s: %s', (scope, version, below, status) => {
  const installed = [{ id: 1, scope, source: 'openssl', version, ...PLAIN, third_party: true }];

  expect(judgeBelow(installed, { name: 'libssl3', below }).get(1)?.status).toBe(status);
});
