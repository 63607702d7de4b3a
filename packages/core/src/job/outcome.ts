import type { ErrorSignature } from './event.ts';
import { isTerminal } from './phases.ts';
import type { JobState } from './state.ts';

/**
 * How a job counts. `unknown` counts as failed; `unreached` (never allowed to start: off, no window, canceled) does not,
 * and is not in the denominator either. // rollout-and-trust §2.4
 */
export type JobOutcome = 'running' | 'succeeded' | 'failed' | 'unknown' | 'unreached' | 'adjudicated';

export function outcomeOf(job: JobState): JobOutcome {
  if (job.name === 'succeeded') return 'succeeded';
  if (job.failedAt !== null) return 'failed';
  if (job.declared !== null) return job.declared.as === 'down-accepted' ? 'failed' : 'adjudicated';
  if (job.unknownSince !== null) return 'unknown';
  return isTerminal(job.name) ? 'unreached' : 'running';
}

/** Whether a wave may close over it: nothing more comes from the host, or a person has answered for it. */
export function isSettled(job: JobState): boolean {
  if (job.name === 'rolling-back') return job.declared !== null;
  return isTerminal(job.name) || job.declared !== null;
}

/** Two hosts with the same one have the same trouble. */
export function signatureText({ stage, package: name, cause }: ErrorSignature): string {
  return [stage, name ?? 'no package', cause].join(' / ');
}
