/** The families of package versions, each with its own order. */
export const ECOSYSTEMS = ['deb', 'rpm'] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];

/**
 * How one ecosystem orders its versions. `compare` and `key` rank every string, so a sort or an index never fails on
 * what a feed or a host says; only between valid versions does the rank mean what the ecosystem's own tools mean.
 */
export interface VersionOrder {
  /** A total preorder over all strings. */
  readonly compare: (a: string, b: string) => -1 | 0 | 1;
  /** Bytes whose lexicographic order (memcmp, `bytea`) is exactly the order of `compare`, equality included. */
  readonly key: (version: string) => Uint8Array;
  /** The readme beside each order states the rule. */
  readonly isValid: (version: string) => boolean;
}

/**
 * Longer versions are not valid. Real ones stay below 100 characters; a key takes at most two bytes per character of a
 * valid version, and an index row of PostgreSQL, which must hold the key beside other columns, 2,704 bytes.
 */
export const VERSION_CHARACTERS_MAX = 1_000;
