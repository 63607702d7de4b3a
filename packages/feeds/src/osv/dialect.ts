import type { Claim, ClaimAuthority } from '@patchsteward/core/1-identification';
import type { VersionOrder } from '@patchsteward/core/versions';
import type { OsvAffected, OsvRecord } from './schema.ts';

/** Where an entry of a record speaks, and by whose order of versions. */
export interface OsvPlace {
  readonly feed: string;
  readonly scope: string;
  readonly packageKind: Claim['packageKind'];
  readonly packageName: string;
  readonly order: VersionOrder;
  /** Registries keep versions from before they had a rule: those are passed over. In a distribution they are a defect. */
  readonly hasOddVersions: boolean;
}

/** How one publisher, or all of them, use OSV. */
export interface OsvDialect {
  /** What the records are called in a complaint: `OSV record of Debian`. */
  readonly recordName: string;
  /** The feed of an advisory none of whose entries has a place. */
  readonly feed: string;
  /** Several where one entry speaks of several packages by our names; a text where it has no place here. */
  readonly placesOf: (affected: OsvAffected, record: OsvRecord) => readonly OsvPlace[] | string;
  /** Whether a record can be read only once all others of its file are known. */
  readonly waits?: (record: OsvRecord) => boolean;
  readonly authorityOf: (record: OsvRecord) => ClaimAuthority;
  readonly vulnerabilitiesOf: (record: OsvRecord) => readonly string[];
  /** What a well-formed record cannot be used for all the same; null: nothing. */
  readonly problemOf: (record: OsvRecord) => string | null;
}
