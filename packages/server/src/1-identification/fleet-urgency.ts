import { type AssetAnswers, assess, type FindingFacts, withAnswers } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import type { HolderRow, LiveFindingRow } from './fleet-group-store.ts';
import { believedOn, intelligenceOf } from './knowledge.ts';

export interface Urgency {
  readonly lane: Lane;
  readonly due: Instant;
}

/** As one who holds it has it. */
export interface HeldUrgency extends Urgency {
  /** Somebody answers for it there. */
  readonly answered: boolean;
}

/** What people answered to risks, by asset; assets of which nobody said anything are left out. */
export type AnswersByAsset = ReadonlyMap<string, AssetAnswers>;
const NOTHING_SAID: AnswersByAsset = new Map();

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

type Holder = Pick<HolderRow, 'exposure' | 'criticality' | 'first_seen' | 'answered'>;

/**
 * How urgent findings are on assets. Thousands of findings of one advisory on assets that are alike have one answer, so
 * it is kept; what is in the key is all that lane and due time are computed from. What people answered for on one asset is
 * of that asset alone.
 */
export function urgencies(
  policy: Policy,
  now: Instant,
  said: AnswersByAsset = NOTHING_SAID,
): (row: LiveFindingRow, holder: Holder) => HeldUrgency {
  const known = new Map<string, HeldUrgency>();
  return (row, holder) => {
    const { exposure, criticality, first_seen: firstSeen } = holder;
    const asset = { exposure, criticality, firstSeen };
    const answers = holder.answered === null ? undefined : said.get(holder.answered);
    const finding = answers === undefined ? null : withAnswers(factsOf(row), answers);
    if (finding?.answers !== undefined) return heldUrgency(assess(finding, asset, policy, now));
    const key = [
      ...[row.fixed === null, row.released_at, row.released_precision, row.index_date, row.advisory_seen],
      ...[row.said_severity, row.exploited_added, row.exploited_due, ratedText(row)],
      ...[holder.exposure, holder.criticality, holder.first_seen],
    ].join(' ');
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const urgency = heldUrgency(assess(factsOf(row), asset, policy, now));
    known.set(key, urgency);
    return urgency;
  };
}

function heldUrgency({ lane, due, answered }: ReturnType<typeof assess>): HeldUrgency {
  return { lane, due, answered: answered !== null };
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
