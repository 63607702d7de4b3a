import { componentOf, judgedAs, originClass, scopeOfRelease } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { PackageEcosystem, PackageSet } from '@patchsteward/core/vocabulary';

/** A distinct source version of a set, with the binary packages that were built from it. */
export interface SetSource {
  readonly source: string;
  readonly version: string;
  readonly versionKey: Uint8Array;
  readonly thirdParty: boolean;
  /** Names, one per installed (name, architecture), sorted. */
  readonly packages: readonly string[];
  /** Names of those that the package manager was told to keep, sorted. */
  readonly held: readonly string[];
}

/** A section `packages` as the matcher sees it. */
export interface NormalizedSet {
  /** null where the release has no version: nothing can be judged, so no source version is kept. */
  readonly scope: string | null;
  readonly packages: number;
  readonly sources: readonly SetSource[];
}

export function normalizeSet(section: PackageSet): NormalizedSet {
  const scope = scopeOfRelease(section.release);
  return {
    scope,
    packages: section.packages.length,
    sources: scope === null ? [] : sourcesOf(section),
  };
}

interface Names {
  readonly packages: string[];
  readonly held: string[];
}

/** What can be judged at all, whoever speaks of its release now: advisories of it may come later. */
function sourcesOf(section: PackageSet): SetSource[] {
  const found = new Map<string, Omit<SetSource, 'packages' | 'held' | 'versionKey'> & Names>();
  for (const installed of section.packages) {
    const judged = judgedAs(componentOf(installed, section), () => true);
    if ('code' in judged) continue;
    const { source, sourceVersion } = judged.version;
    const thirdParty = originClass(installed, section.publishers, section.release) === 'third-party';
    // No package name or version holds a space.
    const identity = `${source} ${sourceVersion} ${thirdParty}`;
    const known = found.get(identity);
    const names = known ?? { source, version: sourceVersion, thirdParty, packages: [], held: [] };
    names.packages.push(installed.name);
    if (installed.hold) names.held.push(installed.name);
    if (known === undefined) found.set(identity, names);
  }
  return inOrder(found).map((entry) => ({
    ...entry,
    packages: entry.packages.sort(),
    held: entry.held.sort(),
    versionKey: keyOf(section.ecosystem, entry.version),
  }));
}

/** Every host's rows in one order: transactions that store overlapping sets at once then never wait in a circle. */
export function inOrder<T>(byIdentity: ReadonlyMap<string, T>): T[] {
  return [...byIdentity].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
}

export function keyOf(ecosystem: PackageEcosystem, version: string): Uint8Array {
  if (ecosystem === 'components') throw new TypeError('no host reports components');
  return VERSION_ORDERS[ecosystem].key(version);
}
