import type { JobEvidenceBody, JobReportBody } from '@patchsteward/contract';
import type { JobEvidence, JobReport } from '@patchsteward/core/job';
import { type Hash, REASONS, type ReasonCode } from '@patchsteward/core/vocabulary';

/** A report as core takes it: instants instead of times, hashes and reasons of our lists. */
export function jobReportOf(body: JobReportBody): JobReport {
  if (body.phase === 'blocked') return { phase: body.phase, ...whyBlocked(body) };
  if (body.phase === 'succeeded') return { phase: body.phase, evidence: evidenceOf(body.evidence) };
  if ('error' in body) return { phase: body.phase, error: body.error, evidence: evidenceOf(body.evidence) };
  return body;
}

/** An agent that is newer than this server may know reasons that we do not; then its own words stand in the detail. */
function whyBlocked({ reason, detail }: { readonly reason: string; readonly detail: string }) {
  // Core keeps its codes there.
  if (Object.hasOwn(REASONS, reason)) return { reason: reason as ReasonCode, detail };
  return { reason: 'host-blocked', detail: `${reason}: ${detail}` } as const;
}

function evidenceOf(body: JobEvidenceBody): JobEvidence {
  return {
    ...body,
    startedAt: Date.parse(body.startedAt),
    endedAt: Date.parse(body.endedAt),
    // The contract checked its form.
    log: body.log as Hash | null,
  };
}
