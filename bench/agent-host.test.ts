import type { InventorySections } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { inventory } from '../packages/server/src/1-identification/testing/inventories.ts';
import { upgraded } from './agent-host.ts';

it('an upgrade changes five packages to versions that nobody has seen', () => {
  const host: InventorySections = inventory({ hostname: 'h' });
  const [one] = host.packages.packages;
  if (one === undefined) throw new TypeError('a host has packages');
  const packages = Array.from({ length: 12 }, (_, at) => ({ ...one, name: `package-${at}` }));
  const before = { ...host, packages: { ...host.packages, packages } };

  const versions = (sections: InventorySections) => sections.packages.packages.map(({ version }) => version);
  const changed = (round: number) => versions(upgraded(before, round)).filter((version) => version !== one.version);

  expect(changed(1)).toHaveLength(5);
  expect(changed(2)).toHaveLength(5);
  expect(changed(1)[0]).not.toBe(changed(2)[0]);
});
