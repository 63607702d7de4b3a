import {
  type SaidSeverity,
  UNKNOWN_INTELLIGENCE,
  type VulnerabilityFacts,
  withSaid,
} from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { FindingKnowledge } from './evidence.ts';
import type { KnowledgeRow, SetFindingRow } from './evidence-store.ts';

/** The facts of a finding, as evaluation takes them. */
export function knowledgeOf(row: SetFindingRow): FindingKnowledge {
  return {
    facts: {
      subject: row.vulnerability,
      source: row.source,
      security: true,
      fixed: row.fixed,
      advisoryAt: row.released_at,
      advisoryPrecision: row.released_precision ?? 'time',
      indexAt: row.index_date,
      advisorySeen: row.advisory_seen,
      declaredEmergencyAt: null,
      intelligence: intelligenceOf(row),
    },
    known: knownOf(row),
    advisoryUrl: row.advisory_url,
  };
}

/** What sources say of a vulnerability, and what Security says. */
export interface Known {
  readonly sourced: VulnerabilityFacts;
  readonly said: SaidSeverity | null;
}

export function knownOf(row: KnowledgeRow): Known {
  return { sourced: sourcedOf(row), said: saidOf(row) };
}

/** What evaluation goes by: the word of Security stands before that of sources. */
export function intelligenceOf(row: KnowledgeRow): VulnerabilityFacts {
  return withSaid(sourcedOf(row), saidOf(row));
}

function saidOf({ said_severity, said_by, said_why, said_at }: KnowledgeRow): SaidSeverity | null {
  if (said_severity === null || said_by === null || said_why === null || said_at === null) return null;
  return { severity: said_severity, by: said_by, why: said_why, at: said_at };
}

/** No loaded feed gives severities yet; that is said, not guessed. */
function sourcedOf(row: KnowledgeRow): VulnerabilityFacts {
  const { exploited_added: added, exploited_due: due, ransomware, score, percentile, model, score_date: date } = row;
  return {
    ...UNKNOWN_INTELLIGENCE,
    knownExploited:
      added === null
        ? null
        : { added: startOf(added), due: due === null ? null : startOf(due), ransomware: ransomware === true },
    epss:
      score === null || percentile === null || model === null || date === null
        ? null
        : { score, percentile, model, date: startOf(date) },
  };
}

/** A day without a time is its beginning in UTC. */
function startOf(day: string): Instant {
  return Date.parse(`${day}T00:00:00Z`);
}
