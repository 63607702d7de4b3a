import type { Assessment as AssessmentBody, Intelligence } from '@patchsteward/contract';
import {
  type Assessment,
  differs,
  type SaidSeverity,
  type VulnerabilityFacts,
  withSaid,
} from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';
import type { HeldWord, Known } from './knowledge.ts';

export function assessmentBody(assessment: Assessment): AssessmentBody {
  const { answered, bod, firstSeen, due, pauses, reasons, releasedAt, ...rest } = assessment;
  const { answeredFindings: _together, findings: _all, ...plain } = rest;
  return {
    ...plain,
    releasedAt: timeOf(releasedAt),
    firstSeen: timeOf(firstSeen),
    due: timeOf(due),
    answered: answered === null ? null : { ...answered, until: timeOf(answered.until) },
    pauses: pauses.map((pause) => ({ ...pause, from: timeOf(pause.from), until: timeOf(pause.until) })),
    bod: bod === null ? null : { ...bod, due: bod.due === null ? null : timeOf(bod.due) },
    reasons: reasons.map(reasonBody),
  };
}

export function intelligenceBody({ sourced, said, held }: Known): Intelligence {
  const { severity, severityFrom, knownExploited, epss } = withSaid(sourced, said);
  return {
    severity,
    severityFrom,
    said: saidBody(sourced, said),
    ...(held === null ? {} : { held: heldBody(held) }),
    knownExploited: listingBody(knownExploited),
    epss: epss === null ? null : { ...epss, date: dayOf(epss.date) },
  };
}

function heldBody({ severity, severityFrom, cvss, ssvc, knownExploited, since }: HeldWord): Intelligence['held'] {
  return { severity, severityFrom, cvss, ssvc, knownExploited: listingBody(knownExploited), since: timeOf(since) };
}

function listingBody(listing: VulnerabilityFacts['knownExploited']): Intelligence['knownExploited'] {
  if (listing === null) return null;
  const { added, due, ransomware } = listing;
  return { added: dayOf(added), due: due === null ? null : dayOf(due), ransomware };
}

/** Both are shown where both speak: what a source says later does not move what a person decided, and is not hidden. */
function saidBody(sourced: VulnerabilityFacts, said: SaidSeverity | null): Intelligence['said'] {
  if (said === null) return null;
  const { severity, severityFrom } = sourced;
  return {
    severity: said.severity,
    by: said.by,
    at: timeOf(said.at),
    why: said.why,
    source: severity === 'unknown' ? null : { severity, from: severityFrom },
    differs: differs(sourced, said),
  };
}

export function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

function dayOf(instant: Instant): string {
  return timeOf(instant).slice(0, 10);
}
