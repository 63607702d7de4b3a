import {
  componentOf,
  identityOf,
  judgedAs,
  originClass,
  type SourceVersion,
  scopeOfRelease,
} from '@patchsteward/core/1-identification';
import { versionKey } from '@patchsteward/core/versions';
import type { PackageSet } from '@patchsteward/core/vocabulary';

/** A distinct source version of a set, with the binary packages that were built from it. */
export interface SetSource {
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  /** Of an rpm. */
  readonly build: SourceVersion['build'];
  /** null: its order has no keys. */
  readonly versionKey: Uint8Array | null;
  readonly thirdParty: boolean;
  /** Names, one per installed (name, architecture), sorted. */
  readonly packages: readonly string[];
  /** Names of those that the package manager was told to keep, sorted. */
  readonly held: readonly string[];
}

/** A section `packages` as the matcher sees it. */
export interface NormalizedSet {
  /** Of a host; null where its release has no version, so that nothing can be judged, and of a list of components. */
  readonly scope: string | null;
  readonly packages: number;
  readonly sources: readonly SetSource[];
}

export function normalizeSet(section: PackageSet): NormalizedSet {
  return {
    scope: section.ecosystem === 'components' ? null : scopeOfRelease(section.release),
    packages: section.packages.length,
    sources: sourcesOf(section),
  };
}

interface Names {
  readonly packages: string[];
  readonly held: string[];
}

/** What can be judged at all, whoever speaks of its release now: advisories of it may come later. */
function sourcesOf(section: PackageSet): SetSource[] {
  const found = new Map<string, Omit<SetSource, 'packages' | 'held'> & Names>();
  for (const installed of section.packages) {
    const judged = judgedAs(componentOf(installed, section), () => true);
    if ('code' in judged) continue;
    const { scope, source, sourceVersion: version, build } = judged.version;
    const thirdParty = originClass(installed, section.publishers, section.release) === 'third-party';
    const identity = `${identityOf(judged.version)} ${thirdParty}`;
    const known = found.get(identity);
    const names = known ?? {
      ...{ scope, source, version, build, thirdParty },
      versionKey: versionKey(judged.order, version),
      packages: [],
      held: [],
    };
    names.packages.push(installed.name);
    if (installed.hold) names.held.push(installed.name);
    if (known === undefined) found.set(identity, names);
  }
  return inOrder(found).map((entry) => ({ ...entry, packages: entry.packages.sort(), held: entry.held.sort() }));
}

/** Every host's rows in one order: transactions that store overlapping sets at once then never wait in a circle. */
export function inOrder<T>(byIdentity: ReadonlyMap<string, T>): T[] {
  return [...byIdentity].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
}
