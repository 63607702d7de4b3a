import { expect, test } from 'vitest';
import { installedRpm } from '../rpm/testing/samples.ts';
import { kernelsOf } from './kernels.ts';

test('kernels alone, by their version, and the release that each shows when it runs', () => {
  const names = ['linux-virt', 'linux-headers', 'linux-lts-dev', 'linux-firmware-none', 'linux-pam'];
  const packages = [installedRpm('linux-lts', '6.6.100-r0'), ...names.map((name) => installedRpm(name, '6.6.16-r1'))];

  expect(kernelsOf(packages)).toEqual([
    { release: '6.6.16-1-virt', package: 'linux-virt', version: '6.6.16-r1' },
    { release: '6.6.100-0-lts', package: 'linux-lts', version: '6.6.100-r0' },
  ]);
});
