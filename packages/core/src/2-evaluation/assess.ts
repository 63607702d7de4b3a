import type { Policy } from '../policy/index.ts';
import {
  type AssetFacts,
  DAY_MS,
  HOUR_MS,
  type Instant,
  type Lane,
  type ReasonCode,
  reasonOf,
} from '../vocabulary/index.ts';
import type { Assessment } from './assessment.ts';
import { type BodAssessment, bodOf } from './bod.ts';
import { type Clock, clockOf } from './clock.ts';
import { isExposed } from './exposure.ts';
import type { FindingFacts, VulnerabilityFacts } from './facts.ts';
import { factsOf, type LaneChoice, laneOf } from './lane.ts';
import { priorityOf } from './priority.ts';
import { ssvcOf } from './ssvc.ts';

/** How urgent one finding or update is on one asset. // SOP P2.1 P2.2 S1-S3 */
export function assess(finding: FindingFacts, asset: AssetFacts, policy: Policy, now: Instant): Assessment {
  const facts = factsOf(finding);
  const clock = clockOf(finding, asset, policy, now);
  const known = finding.intelligence !== null;
  const bod = known ? bodOf(facts, asset, clock.firstSeen, policy.binding.bod2604) : null;
  const ssvc = known ? ssvcOf(facts, asset, policy) : null;
  const choice = laneOf(finding, asset, policy, { facts, bod, ssvc });
  const { due, dueFrom, how } = dueOf(finding, asset, policy, { facts, clock, bod, choice });
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
    bod,
    ssvc,
    priority: finding.security ? priorityOf(facts, asset, policy) : 0,
    reasons: [
      ...codes.map((code) => reasonOf(code, finding.subject)),
      ...(late ? [reasonOf('due-passed', finding.subject, due)] : []),
    ],
    why: `${capitalized(choice.lane)} because ${choice.cause}: ${how}.`,
    policyVersion: policy.version,
  };
}

interface Inputs {
  readonly facts: VulnerabilityFacts;
  readonly clock: Clock;
  readonly bod: BodAssessment | null;
  readonly choice: LaneChoice;
}

interface DueDate {
  readonly due: Instant;
  readonly dueFrom: Assessment['dueFrom'];
  /** A clause: `48 hours from the release in the advisory`. */
  readonly how: string;
}

/** Of all dates that bind, the earliest. */
function dueOf(finding: FindingFacts, asset: AssetFacts, policy: Policy, inputs: Inputs): DueDate {
  const { facts, clock, bod, choice } = inputs;
  const dates = [laneDue(finding, asset, policy, inputs), after(policy.routine.dueMs, clock)];
  // An emergency declared later never moves the critical clock back.
  if (choice.alsoCritical) dates.push(after(policy.critical.dueMs, clock));
  const listed = facts.knownExploited?.due ?? null;
  if (policy.binding.knownExploitedDue && listed !== null) {
    dates.push({ due: listed, dueFrom: 'known-exploited', how: "CISA's date for it binds and is the earliest" });
  }
  if (bod?.binding && bod.due !== null) {
    dates.push({ due: bod.due, dueFrom: 'bod-26-04', how: 'the date of BOD 26-04 binds and is the earliest' });
  }
  return dates.reduce((earliest, date) => (date.due < earliest.due ? date : earliest));
}

function laneDue(finding: FindingFacts, asset: AssetFacts, policy: Policy, { facts, clock, choice }: Inputs): DueDate {
  const { lane } = choice;
  if (lane === 'routine' || lane === 'critical') return after(policy[lane].dueMs, clock);

  const timeMs = lane === 'mitigation' ? policy.mitigation.dueMs : emergencyTime(asset, policy);
  if (finding.declaredEmergencyAt !== null) {
    return laneDate(finding.declaredEmergencyAt + timeMs, `${durationOf(timeMs)} from its declaration`);
  }
  // Where it was listed as exploited only after its release, that is when the emergency began.
  const listed = facts.knownExploited?.added ?? clock.start;
  if (listed <= clock.start) return after(timeMs, clock);
  return laneDate(listed + timeMs, `${durationOf(timeMs)} from its listing as exploited`);
}

function emergencyTime(asset: AssetFacts, { emergency }: Policy): number {
  return isExposed(asset.exposure) ? emergency.exposedDueMs : emergency.otherDueMs;
}

const STARTS: Readonly<Record<Clock['releasedFrom'], string>> = {
  advisory: 'the release in the advisory',
  index: 'the release in the package index',
  'first-seen': 'first sight',
};

function after(timeMs: number, clock: Clock): DueDate {
  const start = clock.kind === 'backlog' ? 'first sight, as it was released before' : STARTS[clock.releasedFrom];
  return laneDate(clock.start + timeMs, `${durationOf(timeMs)} from ${start}`);
}

function laneDate(due: Instant, how: string): DueDate {
  return { due, dueFrom: 'lane', how };
}

/** Days where they are many; hours otherwise, as the procedure counts. */
function durationOf(ms: number): string {
  return ms > 3 * DAY_MS ? `${ms / DAY_MS} days` : `${ms / HOUR_MS} hours`;
}

function capitalized(lane: Lane): string {
  return lane.charAt(0).toUpperCase() + lane.slice(1);
}
