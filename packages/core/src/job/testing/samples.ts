import type { Hash } from '../../vocabulary/index.ts';
import type { ErrorSignature, JobEvent, JobEvidence, JobReport } from '../event.ts';
import { evolveJob } from '../evolve.ts';
import type { JobState } from '../state.ts';

// Core treats a hash as opaque, so a test may name what it stands for.
const PLAN = 'sha256:plan' as Hash;

export const EVIDENCE: JobEvidence = {
  before: [{ name: 'openssl', architecture: 'amd64', version: '3.0.1' }],
  after: [{ name: 'openssl', architecture: 'amd64', version: '3.0.2' }],
  startedAt: 1,
  endedAt: 2,
  outages: [],
  rebooted: false,
  log: null,
};
const ERROR: ErrorSignature = { stage: 'installing', package: 'openssl', cause: 'postinst' };

/** Queued on the host front1. */
export function job(members: Partial<JobState> = {}): JobState {
  const queued = evolveJob(null, {
    event: { kind: 'job.queued', plan: PLAN, assetId: 'front1', wave: 1, epoch: 1, groups: ['front'] },
    at: 0,
  });
  return { ...queued, ...members };
}

export function granted(): JobState {
  const armed = job({ name: 'armed' });
  return evolveJob(armed, { event: { kind: 'job.granted', grant: 'g1', startBy: 600_000 }, at: 1 });
}

export function reported(phase: JobReport['phase'], sequence = 7): Extract<JobEvent, { kind: 'job.reported' }> {
  return { kind: 'job.reported', sequence, report: reportOf(phase) };
}

export function reportOf(phase: JobReport['phase'], cause = 'postinst'): JobReport {
  if (phase === 'blocked') return { phase, reason: 'host-busy', detail: 'apt runs' };
  if (phase === 'returned') return { phase, detail: 'too late' };
  if (phase === 'succeeded') return { phase, evidence: EVIDENCE };
  if (phase === 'failed' || phase === 'rolled-back' || phase === 'rollback-failed') {
    return { phase, error: { ...ERROR, cause }, evidence: EVIDENCE };
  }
  return { phase };
}
