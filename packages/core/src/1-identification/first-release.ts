import type { VersionOrder } from '../versions/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { Claim, Precision } from './claim.ts';
import type { Judgment } from './judgment.ts';
import { nextFix, reachedFix } from './version-range.ts';

/** When a vendor announced a fix, and where. */
export interface FixRelease {
  readonly at: Instant;
  readonly precision: Precision;
  readonly advisory: string;
}

/**
 * The earliest advisory of the vendor that announces the fix the judgment asks for, or a later one. null where only a
 * status (a tracker, a VEX statement) names the fix: its date is that of the vulnerability, not of the fix.
 */
export function firstReleaseOf(judgment: Judgment, sourceVersion: string, order: VersionOrder): FixRelease | null {
  if (judgment.fixed === null) return null;
  let first: FixRelease | null = null;
  for (const claim of announcing(judgment)) {
    if (claim.authority === 'vendor-status' || claim.published === null) continue;
    const fix = nextFix(claim, sourceVersion, order) ?? reachedFix(claim, sourceVersion, order);
    if (fix === null || order.compare(fix, judgment.fixed) < 0) continue;
    if (first === null || claim.published < first.at) {
      first = { at: claim.published, precision: claim.publishedPrecision, advisory: claim.advisory };
    }
  }
  return first;
}

/** The claims that count: all but what the vendor took back or replaced. */
function announcing({ winner, losing }: Judgment): Claim[] {
  const standing = losing.filter(
    ({ because }) => because !== 'withdrawn' && because !== 'superseded-by-newer-revision',
  );
  return [winner, ...standing.map(({ claim }) => claim)];
}
