import type { Instant } from '../vocabulary/index.ts';

/** The words of CSAF and VEX, and the two that distributions add. // CSAF 2.0 §3.2.3.9, VEX status */
export const CLAIM_STATUSES = [
  'affected',
  'fixed',
  'not_affected',
  'wont_fix',
  'deferred',
  'under_investigation',
  'end_of_life',
] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

/** Why a product is not affected; OpenVEX has the same words. // CSAF 2.0 §3.2.3.5.2, VEX status justifications */
export const JUSTIFICATIONS = [
  'component_not_present',
  'inline_mitigations_already_exist',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_not_present',
] as const;
export type Justification = (typeof JUSTIFICATIONS)[number];

/**
 * Who speaks, strongest first: the vendor's status of one vulnerability (a tracker, a VEX statement), the vendor's
 * advisory, the distribution that this one derives from, a person here who read a vendor's announcement, an aggregator of
 * ecosystems, a match by product name.
 */
export const CLAIM_AUTHORITIES = [
  'vendor-status',
  'vendor-advisory',
  'parent-distribution',
  'triaged',
  'aggregator',
  'cpe-match',
] as const;
export type ClaimAuthority = (typeof CLAIM_AUTHORITIES)[number];

/** One interval of versions. // OSV ranges: introduced is inclusive, fixed exclusive, last_affected inclusive */
export interface VersionRange {
  /** null: from the beginning (OSV writes `0`). */
  readonly introduced: string | null;
  readonly fixed: string | null;
  readonly lastAffected: string | null;
}

/** How exactly an instant is known: a date without a time is 00:00 UTC of that day, and is shown as such. */
export type Precision = 'time' | 'day';

/** A vendor's announcement. // SOP P1.1 */
export interface Advisory {
  readonly feed: string;
  /** The vendor's id: `DSA-5700-1`. */
  readonly id: string;
  readonly summary: string;
  readonly published: Instant | null;
  readonly publishedPrecision: Precision;
  readonly modified: Instant | null;
  /** Set when the vendor took it back: its claims judge nothing any more. */
  readonly withdrawn: Instant | null;
  readonly aliases: readonly string[];
  readonly vulnerabilities: readonly string[];
  readonly references: readonly string[];
}

/** One statement of an advisory: this vulnerability, in this package, on this release, in these versions. */
export interface Claim {
  readonly feed: string;
  readonly advisory: string;
  readonly authority: ClaimAuthority;
  readonly vulnerability: string;
  /** `debian:12`; see `claimScope`. */
  readonly scope: string;
  /** Debian and Ubuntu speak of source packages, others of binaries. */
  readonly packageKind: 'source' | 'binary';
  readonly packageName: string;
  readonly status: ClaimStatus;
  /** With no range and no version listed the claim speaks of every version. */
  readonly ranges: readonly VersionRange[];
  /** Versions listed one by one; meant beside what the ranges say. // OSV affected[].versions */
  readonly versions: readonly string[];
  readonly published: Instant | null;
  readonly publishedPrecision: Precision;
  readonly modified: Instant | null;
  /** Set when the vendor took the advisory back. */
  readonly withdrawn: Instant | null;
  /** Only these builds are meant; absent: those of every architecture. */
  readonly architectures?: readonly string[];
  /** Why it is not affected, in the word of the vendor. // VEX status justifications, CSAF 2.0 §3.2.3.5.2 */
  readonly justification?: Justification;
  /** What the vendor says of that in its own words, the beginning of it. // VEX impact statement, CSAF 2.0 §4.5 */
  readonly impact?: string;
  /** Who read it out of what, where no program did: `triaged by Sam Security from Acme's announcement`. */
  readonly provenance?: string;
}
