import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { JobEvent } from './event.ts';
import { evolveJob } from './evolve.ts';
import { AT_WORK, BEFORE_GRANT, REPORTED_FROM } from './phases.ts';
import type { JobRecorded, JobState } from './state.ts';

export type JobStepped =
  | {
      readonly state: JobState;
      readonly events: readonly JobRecorded[];
      /** A host started without a grant: its campaign must halt. // §2.8 S5 */
      readonly broken: 'started-without-grant' | null;
    }
  | { readonly refused: Reason };

/** The one way in which a job changes. // rollout-and-trust §2.6 */
export function stepJob(job: JobState | null, event: JobEvent, now: Instant): JobStepped {
  const refused = refusal(job, event);
  if (refused !== null) return { refused };
  const recorded = { event, at: now };
  return { state: evolveJob(job, recorded), events: [recorded], broken: brokenPromise(job, event) };
}

function refusal(job: JobState | null, event: JobEvent): Reason | null {
  if (event.kind === 'job.queued') return job === null ? null : notListed(job, event);
  if (job === null) return reasonOf('event-not-listed', `${event.kind} without a job`);
  switch (event.kind) {
    case 'job.offered':
      return ['queued', 'offered', 'blocked'].includes(job.name) ? null : notListed(job, event);
    case 'job.reported':
      return reportRefusal(job, event);
    case 'job.granted':
      return job.name === 'armed' ? null : notListed(job, event);
    case 'job.silent':
      return job.slot !== null && job.unknownSince === null ? null : notListed(job, event);
    case 'job.canceled':
      if (job.name === 'granted') return null;
      return BEFORE_GRANT.includes(job.name) ? null : notListed(job, event);
    case 'job.expired':
      if (job.name === 'granted') return reasonOf('grant-outstanding', job.assetId);
      return BEFORE_GRANT.includes(job.name) ? null : notListed(job, event);
    case 'job.declared':
      return job.slot !== null || isGivenUp(job, event) ? null : notListed(job, event);
  }
}

/** A host that is gone for good comes for no work order: its wave must not wait for it until the plan ends. // §2.8 L3 */
function isGivenUp({ name }: JobState, { as }: Extract<JobEvent, { kind: 'job.declared' }>): boolean {
  return as === 'decommissioned' && BEFORE_GRANT.includes(name);
}

function reportRefusal(
  job: JobState,
  { sequence, report }: Extract<JobEvent, { kind: 'job.reported' }>,
): Reason | null {
  if (sequence <= job.lastSequence) return reasonOf('report-repeated', String(sequence));
  if (REPORTED_FROM[report.phase].includes(job.name)) return null;
  return reasonOf('report-out-of-order', `${report.phase} after ${job.name} on ${job.assetId}`);
}

function brokenPromise(job: JobState | null, event: JobEvent): 'started-without-grant' | null {
  const started = event.kind === 'job.reported' && event.report.phase === 'installing';
  return started && job !== null && job.grant === null && !AT_WORK.includes(job.name) ? 'started-without-grant' : null;
}

function notListed(job: JobState, event: JobEvent): Reason {
  return reasonOf('event-not-listed', `${event.kind} of a job that is ${job.name}`);
}
