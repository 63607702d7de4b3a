import { expect, test } from 'vitest';
import { commonestArchitecture } from './commonest-architecture.ts';
import { installedRpm } from './rpm/testing/samples.ts';

test.each([
  [[], null],
  [['noarch', 'noarch'], null],
  [['noarch', 'noarch', 'aarch64'], 'aarch64'],
  [['i686', 'x86_64', 'x86_64', 'noarch', 'noarch', 'noarch'], 'x86_64'],
])('of %j it is %s', (architectures, expected) => {
  expect(commonestArchitecture(architectures.map((architecture) => installedRpm('a', '1-1', { architecture })))).toBe(
    expected,
  );
});
