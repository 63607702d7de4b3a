import type { InstalledPackage } from '@patchsteward/core/vocabulary';

/** An installed rpm; what is left out is as plain as can be. */
export function installedRpm(name: string, version: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name,
    version,
    architecture: 'x86_64',
    source: name,
    sourceVersion: version,
    state: 'installed',
    hold: false,
    origins: null,
    ...more,
  };
}
