import type { Instant } from '../vocabulary/index.ts';
import type { JobEvent, JobReport } from './event.ts';
import type { JobRecorded, JobState } from './state.ts';

export function foldJob(recorded: Iterable<JobRecorded>): JobState | null {
  let job: JobState | null = null;
  for (const one of recorded) job = evolveJob(job, one);
  return job;
}

/** What the event says; nothing is judged here. */
export function evolveJob(job: JobState | null, { event, at }: JobRecorded): JobState {
  if (job === null) return queued(event, at);
  const changed = { ...job, ...changes(job, event, at) };
  return changed.name === job.name ? changed : { ...changed, since: at };
}

function queued(event: JobEvent, at: Instant): JobState {
  if (event.kind !== 'job.queued') throw new Error(`a job begins with job.queued, not with ${event.kind}`);
  const { kind: _, ...members } = event;
  return {
    ...members,
    name: 'queued',
    since: at,
    lastSequence: 0,
    grant: null,
    attempted: false,
    slot: null,
    unknownSince: null,
    blocked: null,
    error: null,
    failedAt: null,
    evidence: null,
    declared: null,
    cancelWanted: false,
  };
}

function changes(job: JobState, event: JobEvent, at: Instant): Partial<JobState> {
  switch (event.kind) {
    case 'job.queued':
      return {};
    case 'job.offered':
      return { name: 'offered', blocked: null };
    case 'job.granted':
      return {
        name: 'granted',
        grant: { id: event.grant, startBy: event.startBy, at },
        attempted: true,
        slot: { since: at, why: 'granted' },
        // Whoever answered for the host did so for the start before this one.
        declared: null,
      };
    case 'job.silent':
      return { unknownSince: at };
    case 'job.canceled':
      return job.name === 'granted' ? { cancelWanted: true } : { name: 'canceled' };
    case 'job.expired':
      return { name: 'expired' };
    case 'job.declared':
      return { slot: null, unknownSince: null, declared: { as: event.as, person: event.person, at } };
    case 'job.reported':
      return { lastSequence: event.sequence, unknownSince: null, ...reported(job, event.report, at) };
  }
}

function reported(job: JobState, report: JobReport, at: Instant): Partial<JobState> {
  switch (report.phase) {
    case 'claimed':
    case 'fetching':
    case 'preflight':
    case 'armed':
      return { name: report.phase, blocked: null };
    case 'blocked':
      return { ...handedBack(job, 'blocked'), blocked: { reason: report.reason, detail: report.detail } };
    case 'returned':
      return handedBack(job, 'armed');
    case 'installing':
    case 'verifying':
    case 'rebooting':
    case 'health':
      return { name: report.phase, attempted: true, slot: heldSlot(job, 'granted', at) };
    case 'rolling-back':
      return { name: 'rolling-back', slot: heldSlot(job, 'rollback', at), failedAt: job.failedAt ?? at };
    case 'succeeded':
      return { name: 'succeeded', slot: null, evidence: report.evidence };
    case 'failed':
      // Without a grant nothing was touched, so the host is as up as it was.
      return { ...failure(job, report, at), slot: job.grant === null ? null : heldSlot(job, 'failed', at) };
    case 'rollback-failed':
      return { ...failure(job, report, at), slot: heldSlot(job, 'failed', at) };
    case 'rolled-back':
      // The runner says so only after its health check passed on the old versions.
      return { ...failure(job, report, at), slot: null };
  }
}

/** The host did not start: its place among the down is free again. */
function handedBack({ cancelWanted }: JobState, name: 'blocked' | 'armed'): Partial<JobState> {
  return { name: cancelWanted ? 'canceled' : name, grant: null, attempted: false, slot: null };
}

/** After a person's word about the host no report of this job takes the place again: they answered for it. */
function heldSlot(job: JobState, why: 'granted' | 'rollback' | 'failed', at: Instant): JobState['slot'] {
  return job.declared === null ? { since: job.slot?.since ?? at, why } : null;
}

function failure(
  job: JobState,
  report: Extract<JobReport, { readonly error: unknown }>,
  at: Instant,
): Partial<JobState> {
  return { name: report.phase, error: report.error, evidence: report.evidence, failedAt: job.failedAt ?? at };
}
