import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageTypeOf } from '@patchsteward/core/1-identification';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import { type Host, THIS_HOST } from '../host/host.ts';
import { readReleaseIfPresent } from '../host/release.ts';
import { readSystem } from '../host/system.ts';
import { explained } from '../platform/explained.ts';
import { Problem } from '../platform/problem.ts';
import { apk } from './apk/index.ts';
import type { PackageManager, PackageSections, Workplace } from './contract.ts';
import { deb } from './deb/index.ts';
import { rpm } from './rpm/index.ts';

export { Problem } from '../platform/problem.ts';
export { parseDpkgStatus } from './deb/dpkg-status.ts';

const MANAGERS: readonly PackageManager[] = [deb, rpm, apk];

/** No known package manager keeps this host's packages. */
class NoPackageManagerError extends Problem {
  constructor(host: Host) {
    super(
      'no-package-manager',
      `there is no package database of dpkg, rpm or apk below ${host.root}`,
      'what has no package manager (a container from scratch, an appliance) is judged by a bill of materials',
    );
  }
}

/** A host may have the tools of another family, and a database of them; its own is the one that its release speaks of. */
export async function managerOf(host: Host): Promise<PackageManager> {
  const present: PackageManager[] = [];
  for (const manager of MANAGERS) {
    if (await manager.runsOn(host)) present.push(manager);
  }
  const [first, ...others] = present;
  if (first === undefined) throw new NoPackageManagerError(host);
  if (others.length === 0) return first;
  const release = await readReleaseIfPresent(host);
  const own = release === null ? null : packageTypeOf(release.id);
  return present.find(({ ecosystem }) => ecosystem === own) ?? first;
}

/** Everything that can be said of a host, read once, without root. */
export function readInventory(host: Host = THIS_HOST): Promise<InventorySections> {
  return explained(() => readOnce(host));
}

async function readOnce(host: Host): Promise<InventorySections> {
  const manager = await managerOf(host);
  const sections = await inScratch((place) => manager.readSections(host, place));
  return { ...sections, system: await readSystem(host, manager, sections.packages.packages, null) };
}

/**
 * What can be said of a system that does not run here: a mounted disk, the file system of a container. A folder without a
 * package manager (a container from scratch) is a problem that says so.
 */
export function readRoot(root: string): Promise<PackageSections> {
  return explained(() =>
    inScratch(async (place) => {
      const host = { ...THIS_HOST, root: await realpath(root) };
      return (await managerOf(host)).readSections(host, place);
    }),
  );
}

async function inScratch<T>(work: (place: Workplace) => Promise<T>): Promise<T> {
  const scratchDirectory = await mkdtemp(join(tmpdir(), 'patchsteward-'));
  try {
    return await work({ scratchDirectory });
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true });
  }
}
