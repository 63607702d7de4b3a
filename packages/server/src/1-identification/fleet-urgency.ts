import { type Assessment, assess, type FindingFacts } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import type { HolderRow, LiveFindingRow } from './fleet-group-store.ts';
import { believedOn, intelligenceOf } from './knowledge.ts';

export interface Urgency {
  readonly lane: Lane;
  readonly due: Instant;
}

/** A finding of the fleet, as evaluation takes it. */
export function factsOf(row: LiveFindingRow): FindingFacts {
  return {
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
  };
}

type Holder = Pick<HolderRow, 'exposure' | 'criticality' | 'first_seen'>;

/**
 * How urgent findings are on assets. Thousands of findings of one advisory on assets that are alike have one answer, so
 * it is kept; what is in the key is all that lane and due time are computed from.
 */
export function urgencies(policy: Policy, now: Instant): (row: LiveFindingRow, holder: Holder) => Urgency {
  const known = new Map<string, Urgency>();
  return (row, holder) => {
    const key = [
      ...[row.fixed === null, row.released_at, row.released_precision, row.index_date, row.advisory_seen],
      ...[row.said_severity, row.exploited_added, row.exploited_due, ratedText(row)],
      ...[holder.exposure, holder.criticality, holder.first_seen],
    ].join(' ');
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const { exposure, criticality, first_seen: firstSeen } = holder;
    const { lane, due }: Assessment = assess(factsOf(row), { exposure, criticality, firstSeen }, policy, now);
    const urgency = { lane, due };
    known.set(key, urgency);
    return urgency;
  };
}

/** What sources say of severity and exploitation, as far as lanes depend on it. */
function ratedText(row: LiveFindingRow): string {
  const believed = believedOn(row);
  const { exploitation, automatable, technicalImpact } = row.ssvc ?? {};
  return [believed?.severity, believed?.cvss, exploitation, automatable, technicalImpact].join(' ');
}

/** Strictest first, for what is due at the same time. */
const STRICTNESS: readonly Lane[] = ['emergency', 'mitigation', 'critical', 'routine'];

export function moreUrgent(one: Urgency, other: Urgency): Urgency {
  if (one.due !== other.due) return one.due < other.due ? one : other;
  return STRICTNESS.indexOf(one.lane) <= STRICTNESS.indexOf(other.lane) ? one : other;
}
