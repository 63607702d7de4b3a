import type {
  Claim,
  ClaimAuthority,
  ClaimStatus,
  Justification,
  VersionRange,
} from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';

/** A row of identification.claim, with what its JSON and its words hold. */
export interface ClaimRow {
  readonly id: number;
  readonly feed: string;
  readonly advisory: string;
  readonly authority: ClaimAuthority;
  readonly vulnerability: string;
  readonly scope: string;
  readonly package_kind: 'source' | 'binary';
  readonly package_name: string;
  readonly architectures: readonly string[] | null;
  readonly status: ClaimStatus;
  readonly ranges: readonly VersionRange[];
  readonly versions: readonly string[];
  readonly published: Instant | null;
  readonly published_precision: 'time' | 'day';
  readonly modified: Instant | null;
  readonly withdrawn: Instant | null;
  /** Of a claim that a person read out of an announcement. */
  readonly provenance: string | null;
  /** Why it is not affected; null: nobody says. */
  readonly justification: Justification | null;
  readonly impact: string | null;
}

export interface StoredClaim {
  readonly id: number;
  readonly claim: Claim;
}

/** What a ClaimRow is selected by. */
export const claimColumns = sql`
  claim.id, claim.feed, claim.advisory, claim.authority, claim.vulnerability, claim.scope, claim.package_kind,
  claim.package_name, claim.architectures, claim.status, claim.ranges, claim.versions, claim.published, claim.published_precision,
  claim.modified, claim.withdrawn, claim.provenance, claim.justification, claim.impact
`;

export function claimOf(row: ClaimRow): Claim {
  return {
    feed: row.feed,
    advisory: row.advisory,
    authority: row.authority,
    vulnerability: row.vulnerability,
    scope: row.scope,
    packageKind: row.package_kind,
    packageName: row.package_name,
    ...(row.architectures === null ? {} : { architectures: row.architectures }),
    status: row.status,
    ranges: row.ranges,
    versions: row.versions,
    published: row.published,
    publishedPrecision: row.published_precision,
    modified: row.modified,
    withdrawn: row.withdrawn,
    ...(row.provenance === null ? {} : { provenance: row.provenance }),
    ...(row.justification === null ? {} : { justification: row.justification }),
    ...(row.impact === null ? {} : { impact: row.impact }),
  };
}
