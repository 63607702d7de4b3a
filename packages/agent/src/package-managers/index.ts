import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import { type Host, THIS_HOST } from '../host/host.ts';
import { readSystem } from '../host/system.ts';
import { explained } from '../platform/explained.ts';
import { Problem } from '../platform/problem.ts';
import type { PackageManager } from './contract.ts';
import { deb } from './deb/index.ts';

export { Problem } from '../platform/problem.ts';
export { parseDpkgStatus } from './deb/dpkg-status.ts';

const MANAGERS: readonly PackageManager[] = [deb];

/** No known package manager keeps this host's packages. */
class NoPackageManagerError extends Problem {
  constructor(host: Host) {
    super(
      'no-package-manager',
      `there is no dpkg database below ${host.root}`,
      'use it on Debian, Ubuntu or a system made from them',
    );
  }
}

export async function managerOf(host: Host): Promise<PackageManager> {
  for (const manager of MANAGERS) {
    if (await manager.runsOn(host)) return manager;
  }
  throw new NoPackageManagerError(host);
}

/** Everything that can be said of a host, read once, without root. */
export function readInventory(host: Host = THIS_HOST): Promise<InventorySections> {
  return explained(() => readOnce(host));
}

async function readOnce(host: Host): Promise<InventorySections> {
  const manager = await managerOf(host);
  const scratchDirectory = await mkdtemp(join(tmpdir(), 'patchsteward-'));
  try {
    const sections = await manager.readSections(host, { scratchDirectory });
    return { ...sections, system: await readSystem(host, manager, sections.packages.packages, null) };
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true });
  }
}
