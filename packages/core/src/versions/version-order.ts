import type { VersionFault } from './version-fault.ts';

/** The families of packages that a host reports: their versions have keys. */
const ECOSYSTEMS = ['deb', 'rpm', 'apk'] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];

/** Every family of versions that we order. Where purl has a type for it, that is its name. */
export const VERSION_ECOSYSTEMS = [
  ...ECOSYSTEMS,
  ...(['semver', 'pypi', 'maven', 'gem', 'composer', 'nuget', 'pub', 'cran', 'hackage', 'loose'] as const),
] as const;
export type VersionEcosystem = (typeof VERSION_ECOSYSTEMS)[number];

/**
 * How one ecosystem orders its versions. `compare` ranks every string, so a sort never fails on what a feed or a host
 * says; only between valid versions does the rank mean what the ecosystem's own tools mean.
 */
export interface VersionOrder {
  /** A total preorder over all strings (composer's readme names its one exception). */
  readonly compare: (a: string, b: string) => -1 | 0 | 1;
  /** Why the text is no version of this ecosystem; null: it is one. The readme beside each order states the rule. */
  readonly faultOf: (version: string) => VersionFault | null;
  readonly isValid: (version: string) => boolean;
  /** Of ecosystems that fix one vulnerability in several lines of builds: whether a fix speaks of builds like this. */
  readonly isSameLine?: (version: string, fix: string) => boolean;
}

export interface KeyedVersionOrder extends VersionOrder {
  /** Bytes whose lexicographic order (memcmp, `bytea`) is exactly the order of `compare`, equality included. */
  readonly key: (version: string) => Uint8Array;
}

/**
 * Longer versions are not valid. Real ones stay below 100 characters; a key takes at most two bytes per character of a
 * valid version, and an index row of PostgreSQL, which must hold the key beside other columns, 2,704 bytes.
 */
export const VERSION_CHARACTERS_MAX = 1_000;
