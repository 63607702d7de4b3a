import { expect, test } from 'vitest';
import { markDuplicates } from './duplicates.ts';
import { installedRpm } from './testing/samples.ts';

test('of what dnf calls a duplicate, all but the newest are broken; kernels stay as they are', () => {
  const packages = [
    installedRpm('a', '1-9'),
    installedRpm('a', '1-10'),
    installedRpm('kernel-core', '5-1'),
    installedRpm('kernel-core', '5-2'),
  ];

  const marked = markDuplicates('a\t0\t1\t9\tx86_64\na\t0\t1\t10\tx86_64\n', packages);

  expect(marked.map(({ state }) => state)).toEqual(['broken', 'installed', 'installed', 'installed']);
});
