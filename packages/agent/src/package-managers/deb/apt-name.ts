import type { InstalledPackage } from '@patchsteward/core/vocabulary';

/** How apt calls a package: the bare name for the native architecture and `all`, `name:architecture` for others. */
export function aptName(installed: Pick<InstalledPackage, 'name' | 'architecture'>, native: string): string {
  const bare = installed.architecture === 'all' || installed.architecture === native;
  return bare ? installed.name : `${installed.name}:${installed.architecture}`;
}

/** dpkg is of the architecture that it calls native; null where dpkg is not in the list. */
export function nativeArchitecture(packages: readonly InstalledPackage[]): string | null {
  const dpkg = packages.find((installed) => installed.name === 'dpkg' && installed.architecture !== 'all');
  return dpkg?.architecture ?? null;
}
