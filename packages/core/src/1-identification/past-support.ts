import { DAY_MS, dateOfDay, dateText, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { ClaimStatus } from './claim.ts';
import type { PlatformSupport } from './platform-support.ts';

interface Judged {
  readonly status: ClaimStatus | 'not_judged';
  readonly fixed: string | null;
  readonly why: string;
}

/** What claims leave open where they name no fix: on a platform past its support nobody closes it. */
const LEFT_OPEN: readonly Judged['status'][] = ['affected', 'deferred'];

/**
 * What is judged affected without a fix, as it stands on its platform: past all support nobody fixes it there any more,
 * also where the claims are older than the end. Subscribers still get fixes, so that theirs stays as it was judged.
 */
export function onPlatform<T extends Judged>(judged: T, support: PlatformSupport | null, platform: string): T {
  const { status, fixed, why } = judged;
  if (support?.state !== 'ended' || support.extendedUntil !== null) return judged;
  if (fixed !== null || !LEFT_OPEN.includes(status)) return judged;
  const day = dateText(dateOfDay(Math.floor((support.until - 1) / DAY_MS)));
  return { ...judged, status: 'end_of_life', why: `${why} The support of ${platform} ended on ${day}.` };
}

/** Why there is nothing to install, and with it what is left to do. // SP 800-40r4 §2.2 §2.3 */
export function unfixedReason(status: ClaimStatus | 'not_judged', vulnerability: string): Reason {
  if (status === 'wont_fix') return reasonOf('fix-refused', vulnerability);
  if (status === 'end_of_life') return reasonOf('fix-past-support', vulnerability);
  return reasonOf('no-fix-available', vulnerability);
}
