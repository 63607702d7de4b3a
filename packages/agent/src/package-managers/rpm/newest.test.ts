import { expect, test } from 'vitest';
import { identityOf, newestOf } from './newest.ts';
import { installedRpm } from './testing/samples.ts';

test('the newest of each name and architecture, by rpm’s order', () => {
  const packages = [
    installedRpm('a', '1:1-1'),
    installedRpm('a', '10-1'),
    installedRpm('a', '2-1', { architecture: 'i686' }),
  ];

  const newest = newestOf(packages);

  expect([...newest.values()].map(({ version }) => version)).toEqual(['1:1-1', '2-1']);
  expect([...newest.keys()]).toEqual([identityOf({ name: 'a', architecture: 'x86_64' }), 'a i686']);
});
