import type { Policy } from '../policy/index.ts';
import type { AssetFacts, Instant } from '../vocabulary/index.ts';
import { bodOf } from './bod.ts';
import { clockOf } from './clock.ts';
import type { FindingFacts } from './facts.ts';
import { factsOf, type LaneChoice, laneOf } from './lane.ts';
import { answeredOf, type FallCause } from './risk-answer.ts';
import { ssvcOf } from './ssvc.ts';

/** A finding that an answer no longer holds for, as its facts are worse than what was agreed to. */
export interface FallenFinding {
  readonly response: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly cause: FallCause;
}

/** What got worse since it was answered for; whoever keeps responses writes it down, so that it stays open. */
export function fallenOf(
  findings: readonly FindingFacts[],
  asset: AssetFacts,
  policy: Policy,
  now: Instant,
): FallenFinding[] {
  return findings.flatMap((finding) => {
    if (finding.answers === undefined) return [];
    const { fallen } = answeredOf(finding, unsaidLane(finding, asset, policy, now).lane, now);
    const about = { vulnerability: finding.subject, source: finding.source ?? '' };
    return fallen.map(({ answer, cause }) => ({ ...about, response: answer.response, cause }));
  });
}

/** The lane of a finding before anybody answered anything. */
export function unsaidLane(finding: FindingFacts, asset: AssetFacts, policy: Policy, now: Instant): LaneChoice {
  const facts = factsOf(finding);
  const known = finding.intelligence !== null;
  const { firstSeen } = clockOf(finding, asset, policy, now);
  const bod = known ? bodOf(facts, asset, firstSeen, policy.binding.bod2604) : null;
  return laneOf(finding, asset, policy, { facts, bod, ssvc: known ? ssvcOf(facts, asset, policy) : null });
}
