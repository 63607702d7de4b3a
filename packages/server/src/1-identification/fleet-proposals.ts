import { type Assessment, assess, joinAssessments, withAnswers } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import { condenseReasons, type Instant } from '@patchsteward/core/vocabulary';
import type { LiveFindingRow } from './fleet-group-store.ts';
import type { FleetProposalRow, NewestOfferRow, OfferHolderRow } from './fleet-proposal-store.ts';
import { type AnswersByAsset, factsOf } from './fleet-urgency.ts';
import { plainFacts } from './plain-offer.ts';

/** What a proposal rests on beside its own row. */
interface ProposalFacts {
  /** Never empty: somebody is offered it. */
  readonly holders: readonly OfferHolderRow[];
  /** Of one source version: what any offered version of its source ends. */
  readonly endedOf: (sourceVersionId: number) => readonly LiveFindingRow[];
  readonly said: AnswersByAsset;
  readonly policy: Policy;
  readonly now: Instant;
}

/**
 * An offered version as it could be opened: as urgent as the most urgent of what it ends on any asset, and where it ends
 * nothing, as an update that is due all the same. // SOP P2.2 S2
 */
export function proposalRow(offer: NewestOfferRow, facts: ProposalFacts): FleetProposalRow | undefined {
  const { holders, endedOf, said, policy, now } = facts;
  const ended = new Map<string, LiveFindingRow>();
  const assessments: Assessment[] = [];
  for (const holder of holders) {
    const findings = holder.source_version_id === null ? [] : endedOf(holder.source_version_id);
    for (const finding of findings) ended.set(finding.vulnerability, finding);
    const plain = findings.length === 0 ? [plainFacts(offer)] : findings.map(factsOf);
    const answers = holder.answered === null ? undefined : said.get(holder.answered);
    const subjects = answers === undefined ? plain : plain.map((subject) => withAnswers(subject, answers));
    // Time runs for all alike, but for those who joined after a release: the first and the last of them stand for all.
    for (const firstSeen of new Set([holder.first_seen, holder.last_seen])) {
      const asset = { exposure: holder.exposure, criticality: holder.criticality, firstSeen };
      for (const subject of subjects) assessments.push(assess(subject, asset, policy, now));
    }
  }
  const [first, ...rest] = assessments;
  return first === undefined ? undefined : rowOf(offer, [...ended.values()], joinAssessments([first, ...rest]));
}

function rowOf(offer: NewestOfferRow, ended: readonly LiveFindingRow[], assessment: Assessment): FleetProposalRow {
  const { scope, source, source_version, kind, packages, assets, test_assets } = offer;
  // That a due time has passed is no news of the count: whoever reads the row looks at the clock.
  const reasons = assessment.reasons.filter(({ code }) => code !== 'due-passed');
  return {
    ...{ scope, source, source_version, kind, packages, assets, test_assets },
    fixes: ended.map(({ vulnerability }) => vulnerability).sort(),
    known_exploited: ended.filter((row) => row.exploited_added !== null).length,
    lane: assessment.lane,
    released_at: textOf(assessment.releasedAt),
    first_seen: textOf(assessment.firstSeen),
    due: textOf(assessment.due),
    why: assessment.why,
    reasons: condenseReasons(reasons).map(({ code, subject, by }) => ({
      ...{ code, subject, by: by === undefined ? null : textOf(by) },
    })),
  };
}

function textOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
