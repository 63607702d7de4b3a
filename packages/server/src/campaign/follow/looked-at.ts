import type { JobState } from '@patchsteward/core/job';
import type { PlanLeaf } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';

/**
 * When an asset was looked at last. Of work by hand one list after it is the look, however long is watched: lists come by
 * the month, and what one of them showed holds until the next says otherwise. // decision 0048
 */
export function lookedAt(leaf: PlanLeaf, seenAt: Instant, job: JobState | undefined, now: Instant): Instant {
  const isSeen = 'executor' in leaf && job?.name === 'succeeded' && seenAt > job.since;
  return isSeen ? now : seenAt;
}
