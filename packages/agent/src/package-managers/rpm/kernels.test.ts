import { expect, test } from 'vitest';
import { kernelsOf } from './kernels.ts';
import { installedRpm } from './testing/samples.ts';

test.each([
  ['a split kernel', 'kernel-core', '5.14.0-427.el9', 'kernel', '5.14.0-427.el9.x86_64'],
  ['a variant of the same source', 'kernel-rt-core', '5.14.0-427.el9', 'kernel', '5.14.0-427.el9.x86_64+rt'],
  ['a variant of a variant', 'kernel-64k-debug-core', '5.14.0-427.el9', 'kernel', '5.14.0-427.el9.x86_64+64k-debug'],
  ['a kernel of another source', 'kernel-rt-core', '4.18.0-553.rt7.el8', 'kernel-rt', '4.18.0-553.rt7.el8.x86_64'],
  ['Oracle’s own', 'kernel-uek-core', '5.15.0-206.153.7.el9uek', 'kernel-uek', '5.15.0-206.153.7.el9uek.x86_64'],
  ['a kernel in one piece', 'kernel', '6.1.94-99.176.amzn2023', 'kernel', '6.1.94-99.176.amzn2023.x86_64'],
  ['a named line', 'kernel6.12', '6.12.20-23.97.amzn2023', 'kernel6.12', '6.12.20-23.97.amzn2023.x86_64'],
  ['an epoch is no part of it', 'kernel-core', '1:5.14.0-427.el9', 'kernel', '5.14.0-427.el9.x86_64'],
])('%s runs as its package says', (_, name, version, source, release) => {
  expect(kernelsOf([installedRpm(name, version, { source })])).toEqual([{ release, package: name, version }]);
});

test('ordered by package version, not as text; meta packages, modules, headers and tools are no kernels', () => {
  const versions = ['5.14.0-10.el9', '5.14.0-9.el9'];
  const names = [
    'kernel',
    'kernel-core',
    'kernel-modules-core',
    'kernel-headers',
    'kernel-tools',
    'kernel-srpm-macros',
  ];

  const kernels = kernelsOf(versions.flatMap((version) => names.map((name) => installedRpm(name, version))));

  expect(kernels.map((kernel) => `${kernel.package} ${kernel.version}`)).toEqual([
    'kernel-core 5.14.0-9.el9',
    'kernel-core 5.14.0-10.el9',
  ]);
});
