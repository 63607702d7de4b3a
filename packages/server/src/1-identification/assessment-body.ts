import type { Assessment as AssessmentBody, Intelligence } from '@patchsteward/contract';
import type { Assessment, VulnerabilityFacts } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';

export function assessmentBody(assessment: Assessment): AssessmentBody {
  const { bod, firstSeen, due, reasons, releasedAt, ssvc: _, ...rest } = assessment;
  return {
    ...rest,
    releasedAt: timeOf(releasedAt),
    firstSeen: timeOf(firstSeen),
    due: timeOf(due),
    bod: bod === null ? null : { ...bod, due: bod.due === null ? null : timeOf(bod.due) },
    reasons: reasons.map(reasonBody),
  };
}

export function intelligenceBody({ severity, severityFrom, knownExploited, epss }: VulnerabilityFacts): Intelligence {
  return {
    severity,
    severityFrom,
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

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

function dayOf(instant: Instant): string {
  return timeOf(instant).slice(0, 10);
}
