import { readFileSync } from 'node:fs';
import type { InstalledPackage, InventorySections } from '@patchsteward/core/vocabulary';
import { inventory } from '../packages/server/src/1-identification/testing/inventories.ts';
import { bookworm } from '../packages/server/src/1-identification/testing/reported-host.ts';
import { sharedData, sharedFeeds, sharedHost } from '../packages/server/src/1-identification/testing/shared-data.ts';
import { BenchError } from './bench-error.ts';

/** Packages that change between two reports of one host. */
export const CHANGED_PACKAGES = 5;

/** A real Debian 12 host of some 750 packages, with what apt offers it. */
export function realHost(hostname: string): InventorySections {
  refuseWithoutData();
  const { packages, updates = [] } = sharedHost();
  return {
    packages: { ecosystem: 'deb', release: bookworm, packages: [...packages], publishers: [] },
    updates: { updates: [...updates], unanswered: null },
    origins: { origins: [] },
    system: inventory({ hostname }).system,
  };
}

/** Every advisory of Debian 12 as of the test data. */
export function realAdvisories(): Uint8Array {
  refuseWithoutData();
  return readFileSync(sharedFeeds['debian-osv']);
}

function refuseWithoutData(): void {
  if (sharedData !== undefined) return;
  throw new BenchError('the test data is not there', 'name its folder in PATCHSTEWARD_TEST_DATA');
}

/** The same host after an upgrade: some packages have versions that nobody has seen yet. `round`: which upgrade. */
export function upgraded(sections: InventorySections, round: number): InventorySections {
  const { packages } = sections.packages;
  const from = (round * CHANGED_PACKAGES) % packages.length;
  const changed = packages.map((one, at): InstalledPackage => {
    const isChanged = (at - from + packages.length) % packages.length < CHANGED_PACKAGES;
    if (!isChanged) return one;
    const sourceVersion = `${one.sourceVersion}+round${round}`;
    return { ...one, version: `${one.version}+round${round}`, sourceVersion };
  });
  return { ...sections, packages: { ...sections.packages, packages: changed } };
}
