import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { kernelsOf } from './kernels.ts';

function installed(name: string, version = '1', state: InstalledPackage['state'] = 'installed'): InstalledPackage {
  const origin = { source: name, sourceVersion: version, hold: false, origins: null };
  return { name, version, architecture: 'amd64', state, ...origin };
}

test.each([
  ['linux-image-6.1.0-40-amd64', '6.1.0-40-amd64'],
  ['linux-image-6.1.0-40-cloud-amd64', '6.1.0-40-cloud-amd64'],
  ['linux-image-6.1.0-40-amd64-unsigned', '6.1.0-40-amd64'],
  ['linux-image-6.12.90+deb13.1-amd64', '6.12.90+deb13.1-amd64'],
  ['linux-image-6.1.0-0.deb11.21-amd64', '6.1.0-0.deb11.21-amd64'],
  ['linux-image-6.12-rc6-amd64', '6.12-rc6-amd64'],
  ['linux-image-6.8.0-51-generic', '6.8.0-51-generic'],
  ['linux-image-unsigned-6.8.0-51-generic', '6.8.0-51-generic'],
  ['linux-image-6.5.0-1014-oem', '6.5.0-1014-oem'],
  ['linux-image-6.12.25+rpt-rpi-v8', '6.12.25+rpt-rpi-v8'],
  ['linux-image-6.18.0-custom', '6.18.0-custom'],
])('%s is the kernel %s', (name, release) => {
  expect(kernelsOf([installed(name)])).toEqual([{ release, package: name, version: '1' }]);
});

test.each([
  'linux-image-amd64',
  'linux-image-cloud-amd64',
  'linux-image-generic',
  'linux-image-generic-hwe-22.04',
  'linux-image-virtual',
  'linux-image-2.6-amd64',
  'linux-image-6.1.0-40-amd64-dbg',
  'linux-image-unsigned-6.8.0-51-generic-dbgsym',
  'linux-headers-6.1.0-40-amd64',
  'linux-modules-6.8.0-51-generic',
  'linux-libc-dev',
])('%s is no kernel', (name) => {
  expect(kernelsOf([installed(name)])).toEqual([]);
});

test('a half installed kernel may not boot', () => {
  expect(kernelsOf([installed('linux-image-6.1.0-40-amd64', '1', 'broken')])).toEqual([]);
});

// PatchMon#831: by name `+deb13` sorts after `+deb13.1`; -9 after -10.
test('kernels are ordered by package version, newest last', () => {
  const kernels = kernelsOf([
    installed('linux-image-6.12.90+deb13.1-amd64', '6.12.90-2'),
    installed('linux-image-6.12.90+deb13-amd64', '6.12.90-1'),
    installed('linux-image-6.1.0-10-amd64', '6.1.37-1'),
    installed('linux-image-6.1.0-9-amd64', '6.1.27-1'),
    installed('linux-image-amd64', '6.12.90-2'),
  ]);

  expect(kernels.map(({ release }) => release)).toEqual([
    '6.1.0-9-amd64',
    '6.1.0-10-amd64',
    '6.12.90+deb13-amd64',
    '6.12.90+deb13.1-amd64',
  ]);
});
