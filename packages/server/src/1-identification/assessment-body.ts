import type { Assessment as AssessmentBody, Intelligence } from '@patchsteward/contract';
import { type Assessment, differs, withSaid } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';
import type { Known } from './knowledge.ts';

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

export function intelligenceBody({ sourced, said }: Known): Intelligence {
  const { severity, severityFrom, knownExploited, epss } = withSaid(sourced, said);
  return {
    severity,
    severityFrom,
    said: saidBody({ sourced, said }),
    knownExploited:
      knownExploited === null
        ? null
        : {
            added: dayOf(knownExploited.added),
            due: knownExploited.due === null ? null : dayOf(knownExploited.due),
            ransomware: knownExploited.ransomware,
          },
    epss: epss === null ? null : { ...epss, date: dayOf(epss.date) },
  };
}

/** Both are shown where both speak: what a source says later does not move what a person decided, and is not hidden. */
function saidBody({ sourced, said }: Known): Intelligence['said'] {
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
