import type { OriginId } from './inventory-origins.ts';
import type { Release } from './release.ts';

/**
 * `installed` is whole; `broken` is any half state of dpkg (unpacked, half-installed, half-configured, triggers
 * awaited or pending) that leaves files in place. Removed packages with configuration left are not listed at all.
 */
export type PackageState = 'installed' | 'broken';

/** One installed binary package with the source it was built from. // SOP P1.2 */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly state: PackageState;
  /** The administrator asked the package manager to keep this version: a blocked remediation, not a fix. */
  readonly hold: boolean;
  /** Origins whose index lists exactly this version; empty: none does (a local or withdrawn build); null: not known. */
  readonly origins: readonly OriginId[] | null;
  // The rest is absent where it says nothing, so that a section keeps the hash that it had before they came.
  /** `nodejs:18` for an rpm of a module: its builds have a version line of their own. */
  readonly module?: string;
  /**
   * Who built an rpm: its header says it, or the name of the key that signed it. Repositories of rpm name no publisher
   * as those of deb do, so this tells a third party's packages from the distribution's.
   */
  readonly vendor?: string;
  /** The pin of apt's preferences that keeps a newer version away, in its own words; `hold` is then true. */
  readonly pin?: string;
  /** The purl type (`deb`, `npm` …), in `components` alone: elsewhere the ecosystem is the type. // ECMA-427 */
  readonly type?: string;
  /** `debian:12`: the release of a component of a distribution, in `components` alone. */
  readonly scope?: string;
  /** The distribution's package that owns its files: then that one is judged, and this is the same software again. */
  readonly owner?: string;
}

/**
 * The first three are read from a host's package manager; `components` come from a bill of materials or a person's
 * list, may hold any types beside each other, and have an empty version where the list says none.
 */
export type PackageEcosystem = 'deb' | 'rpm' | 'apk' | 'components';

/** The section `packages`: what is installed. Sorted by name, then architecture, then version. */
export interface PackageSet {
  readonly ecosystem: PackageEcosystem;
  readonly release: Release;
  readonly packages: readonly InstalledPackage[];
  /**
   * Who publishes each origin named above (Release file `Origin`), sorted by origin: a package that only a third
   * party lists is not judged by the distribution's ranges.
   */
  readonly publishers: readonly { readonly origin: OriginId; readonly publisher: string | null }[];
}
