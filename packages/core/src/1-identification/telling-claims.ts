import type { VersionOrder } from '../versions/index.ts';
import type { Claim } from './claim.ts';
import { isFinding, type Judgment, type LossCause } from './judgment.ts';
import { inclusionOf } from './version-range.ts';

/** Ways to lose to somebody who says the same: what was told before stays told. */
const TOLD_BEFORE: readonly LossCause[] = [
  'superseded-by-newer-revision',
  'lower-precedence',
  'fixed-by-earlier-advisory',
  'fixed-in-higher-version',
];

/**
 * The claims that told of a finding: the one that won, and those that lost to it and call this version affected too.
 * Whoever told first, told us; a status of the vendor that overtakes its advisory weeks later does not make the finding
 * weeks younger. What was withdrawn, or speaks of other versions, told nothing of it.
 */
export function tellingClaims(judgment: Judgment, sourceVersion: string, order: VersionOrder): readonly Claim[] {
  const { winner, losing } = judgment;
  if (!isFinding(judgment)) return [winner];
  const before = losing.filter(
    ({ claim, because }) =>
      TOLD_BEFORE.includes(because) && isFinding(claim) && inclusionOf(claim, sourceVersion, order).kind !== 'outside',
  );
  return [winner, ...before.map(({ claim }) => claim)];
}
