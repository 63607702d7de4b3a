import type { Instant } from './units.ts';

/**
 * A package repository as the package manager knows it: `<site><base> <suite>/<component>`, for example
 * `deb.debian.org/debian-security bookworm-security/main`. Without scheme and credentials, so equal on every host.
 */
export type OriginId = string;

/** What the host's copy of a signed index says of itself: the fields of a Release file. */
export interface IndexSnapshot {
  readonly id: OriginId;
  /** Release file `Origin`: who publishes it, `Debian`. */
  readonly publisher: string | null;
  readonly label: string | null;
  readonly suite: string | null;
  readonly codename: string | null;
  /** Release file `Date`; null where the index is unsigned or says nothing. */
  readonly date: Instant | null;
  readonly validUntil: Instant | null;
  /** The package manager verified a signature over this index. */
  readonly signed: boolean;
}

/** The section `origins`. Sorted by id. */
export interface Origins {
  readonly origins: readonly IndexSnapshot[];
}
