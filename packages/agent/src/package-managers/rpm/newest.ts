import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage } from '@patchsteward/core/vocabulary';

/** Under which versions of one package replace each other. */
export function identityOf({ name, architecture }: Pick<InstalledPackage, 'name' | 'architecture'>): string {
  return `${name} ${architecture}`;
}

/** The newest installed version of each package: of kernels, and after a broken transaction, there are several. */
export function newestOf(packages: readonly InstalledPackage[]): ReadonlyMap<string, InstalledPackage> {
  const newest = new Map<string, InstalledPackage>();
  for (const installed of packages) {
    const known = newest.get(identityOf(installed));
    if (known === undefined || VERSION_ORDERS.rpm.compare(installed.version, known.version) > 0) {
      newest.set(identityOf(installed), installed);
    }
  }
  return newest;
}
