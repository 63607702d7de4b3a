import { expect, test } from 'vitest';
import { isInstallOnly } from './install-only.ts';

test.each([
  ['kernel', true],
  ['kernel-core', true],
  ['kernel-modules', true],
  ['kernel-modules-core', true],
  ['kernel-modules-extra', true],
  ['kernel-rt-debug-core', true],
  ['kernel-64k-modules', true],
  ['kernel-uek-core', true],
  ['kernel6.12', true],
  ['kernel-devel', true],
  ['kernel-headers', false],
  ['kernel-tools', false],
  ['kernel-tools-libs', false],
  ['kernel-srpm-macros', false],
  ['kernelshark', false],
  ['bash', false],
])('%s: %j', (name, expected) => {
  expect(isInstallOnly(name)).toBe(expected);
});
