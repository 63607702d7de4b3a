import type { VersionOrder } from '../versions/index.ts';
import type { Claim } from './claim.ts';
import type { Judgment, LosingClaim, LossCause } from './judgment.ts';
import { nextFix } from './version-range.ts';

/** What claims of one authority come to. */
export type Weighed = Omit<Judgment, 'vulnerability'>;

/** The claims that lost for one cause. */
export function lost(claims: readonly Claim[], except: readonly Claim[], because: LossCause): LosingClaim[] {
  return claims.filter((claim) => !except.includes(claim)).map((claim) => ({ claim, because }));
}

/** The claim whose fix is the lowest above the version; one without a fix only when there is no other. */
export function lowestFix(claims: readonly Claim[], version: string, order: VersionOrder): Claim | null {
  let lowest: Claim | null = null;
  let lowestFixed: string | null = null;
  for (const claim of claims) {
    const fixed = nextFix(claim, version, order);
    const lower = fixed !== null && (lowestFixed === null || order.compare(fixed, lowestFixed) < 0);
    if (lowest === null || lower) [lowest, lowestFixed] = [claim, fixed];
  }
  return lowest;
}
