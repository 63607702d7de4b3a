import type { Policy } from '../policy/index.ts';
import {
  type AssetFacts,
  type Instant,
  instantText,
  type Lane,
  type ReasonCode,
  reasonOf,
} from '../vocabulary/index.ts';
import type { Assessment } from './assessment.ts';
import { bodOf } from './bod.ts';
import { clockOf } from './clock.ts';
import { dueOf } from './due.ts';
import type { FindingFacts } from './facts.ts';
import { factsOf, type LaneChoice, laneOf } from './lane.ts';
import { priorityOf } from './priority.ts';
import { type Answered, answeredOf, type RiskAnswer } from './risk-answer.ts';
import { isStricter } from './risk-response-rule.ts';
import { ssvcOf } from './ssvc.ts';

/** How urgent one finding or update is on one asset. // SOP P2.1 P2.2 S1-S3 */
export function assess(finding: FindingFacts, asset: AssetFacts, policy: Policy, now: Instant): Assessment {
  const facts = factsOf(finding);
  const clock = clockOf(finding, asset, policy, now);
  const known = finding.intelligence !== null;
  const bod = known ? bodOf(facts, asset, clock.firstSeen, policy.binding.bod2604) : null;
  const ssvc = known ? ssvcOf(facts, asset, policy) : null;
  const found = laneOf(finding, asset, policy, { facts, bod, ssvc });
  const said = answeredOf(finding, found.lane, now);
  const choice = overridden(found, said.override);
  const { due, dueFrom, how } = dueOf(finding, asset, policy, { facts, clock, bod, choice, said });
  const late = due < now;

  const codes: ReasonCode[] = [...choice.reasons, ...clock.reasons];
  return {
    lane: choice.lane,
    releasedAt: clock.releasedAt,
    releasedPrecision: clock.releasedPrecision,
    releasedFrom: clock.releasedFrom,
    firstSeen: clock.firstSeen,
    due,
    dueFrom,
    clock: clock.kind,
    late,
    ...answeredParts(said),
    bod,
    ssvc,
    priority: finding.security ? priorityOf(facts, asset, policy) : 0,
    reasons: [
      ...codes.map((code) => reasonOf(code, finding.subject)),
      ...saidReasons(said, finding.subject),
      ...(late ? [reasonOf('due-passed', finding.subject, due)] : []),
    ],
    why: `${capitalized(choice.lane)} because ${choice.cause}: ${how}.${saidText(said)}`,
    policyVersion: policy.version,
  };
}

/** Up at once; down only as somebody agreed to it, and then no other clock holds the finding up. */
function overridden(choice: LaneChoice, override: RiskAnswer | null): LaneChoice {
  if (override === null || override.lane === null) return choice;
  const { lane, raise } = override;
  if (raise && !isStricter(lane, choice.lane)) return choice;
  const cause = raise ? 'Security raised it' : 'people agreed to override it';
  return { ...choice, lane, cause, alsoCritical: raise && choice.alsoCritical };
}

function answeredParts({ standing, pauses }: Answered) {
  const answered =
    standing === null ? null : { response: standing.response, kind: standing.kind, until: standing.until };
  return { answered, pauses, findings: 1, answeredFindings: answered === null ? 0 : 1 };
}

function saidReasons({ standing, fallen, pauses }: Answered, subject: string) {
  if (standing !== null) return [reasonOf('risk-answered', subject, standing.until)];
  const worse = fallen.length > 0 ? [reasonOf('risk-outgrown', subject)] : [];
  return pauses.length > 0 ? [...worse, reasonOf('risk-reopened', subject)] : worse;
}

const ANSWERS: Readonly<Record<RiskAnswer['kind'], string>> = {
  accept: 'Accepted',
  mitigate: 'Mitigated',
  transfer: 'Transferred',
  avoid: 'Avoided',
  override: 'Overridden',
};

/** Every time that does not count is told, so that no second acceptance hides the first. */
function saidText({ pauses }: Answered): string {
  return pauses
    .map(({ kind, from, until }) => ` ${ANSWERS[kind]} from ${instantText(from)} to ${instantText(until)}.`)
    .join('');
}

function capitalized(lane: Lane): string {
  return lane.charAt(0).toUpperCase() + lane.slice(1);
}
