import type { ErrorSignature, JobOutcome } from '../job/index.ts';
import { signatureText } from '../job/index.ts';
import type { PauseLimit } from '../policy/index.ts';
import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';

/** What one job says about the change as a whole. */
export interface JobFact {
  readonly host: string;
  readonly outcome: JobOutcome;
  readonly error: ErrorSignature | null;
  /** When it failed or went silent. */
  readonly failedAt: Instant | null;
}

/** Whether this many failures stop the fleet: the n-th failure does, n the larger of the figure and the share. */
export function limitReached(
  { attempted, failed }: { readonly attempted: number; readonly failed: number },
  { failures, percent }: PauseLimit,
): boolean {
  return failed > 0 && failed >= Math.max(failures, Math.ceil((attempted * percent) / 100));
}

/**
 * Why the fleet must pause, if it must. Unknown counts as failed, what was never attempted counts not at all, and what a
 * person has looked at and resumed over counts no more. // decided 18, rollout-and-trust §2.4, §2.8 S6
 */
export function limitReasons(jobs: readonly JobFact[], limit: PauseLimit, resumedAt: Instant | null): Reason[] {
  const attempted = jobs.filter(({ outcome }) => outcome !== 'unreached');
  const failed = attempted.filter(
    ({ outcome, failedAt }) =>
      (outcome === 'failed' || outcome === 'unknown') &&
      (resumedAt === null || failedAt === null || failedAt > resumedAt),
  );
  const reached = limitReached({ attempted: attempted.length, failed: failed.length }, limit);
  const numbers = `${failed.length} of ${attempted.length} (${failed.map(({ host }) => host).join(', ')})`;
  return [...(reached ? [reasonOf('failure-limit', numbers)] : []), ...alike(failed, limit)];
}

/** The same trouble twice is the change's trouble, whatever the percentage. */
function alike(failed: readonly JobFact[], limit: PauseLimit): Reason[] {
  const withError = failed.flatMap(({ error, host }) => (error === null ? [] : [{ text: signatureText(error), host }]));
  return [...Map.groupBy(withError, ({ text }) => text)]
    .filter(([, same]) => new Set(same.map(({ host }) => host)).size >= limit.alike)
    .map(([text, same]) => reasonOf('failures-alike', `${text} on ${same.map(({ host }) => host).join(', ')}`));
}
