import type { Policy } from '../policy/index.ts';
import { type AssetFacts, DAY_MS, HOUR_MS, type Instant } from '../vocabulary/index.ts';
import type { Assessment } from './assessment.ts';
import type { BodAssessment } from './bod.ts';
import type { Clock } from './clock.ts';
import { isExposed } from './exposure.ts';
import type { FindingFacts, VulnerabilityFacts } from './facts.ts';
import type { LaneChoice } from './lane.ts';
import { type Answered, runningDue } from './risk-answer.ts';

interface Inputs {
  readonly facts: VulnerabilityFacts;
  readonly clock: Clock;
  readonly bod: BodAssessment | null;
  readonly choice: LaneChoice;
  readonly said: Answered;
}

interface DueDate {
  readonly due: Instant;
  readonly dueFrom: Assessment['dueFrom'];
  /** A clause: `48 hours from the release in the advisory`. */
  readonly how: string;
}

/** Of all dates that bind, the earliest; not before the end of an answer that stands. */
export function dueOf(finding: FindingFacts, asset: AssetFacts, policy: Policy, inputs: Inputs): DueDate {
  const { said } = inputs;
  const earliest = boundDue(finding, asset, policy, inputs);
  if (said.standing === null || said.standing.until <= earliest.due) return earliest;
  return { ...earliest, due: said.standing.until };
}

function boundDue(finding: FindingFacts, asset: AssetFacts, policy: Policy, inputs: Inputs): DueDate {
  const { facts, clock, bod, choice, said } = inputs;
  const overridden: DueDate[] =
    said.override === null || said.override.due === null
      ? []
      : [{ due: said.override.due, dueFrom: 'override', how: 'its due time was overridden' }];
  const [only] = overridden;
  if (only !== undefined && said.override?.raise === false) return only;

  if (finding.platformEnded !== undefined) return platformDue(finding.platformEnded, policy, inputs);
  const dates = [laneDue(finding, asset, policy, inputs), after(policy.routine.dueMs, clock, said), ...overridden];
  // An emergency declared later never moves the critical clock back.
  if (choice.alsoCritical) dates.push(after(policy.critical.dueMs, clock, said));
  const listed = facts.knownExploited?.due ?? null;
  if (policy.binding.knownExploitedDue && listed !== null) {
    dates.push({ due: listed, dueFrom: 'known-exploited', how: "CISA's date for it binds and is the earliest" });
  }
  if (bod?.binding && bod.due !== null) {
    dates.push({ due: bod.due, dueFrom: 'bod-26-04', how: 'the date of BOD 26-04 binds and is the earliest' });
  }
  return dates.reduce((earliest, date) => (date.due < earliest.due ? date : earliest));
}

function laneDue(finding: FindingFacts, asset: AssetFacts, policy: Policy, inputs: Inputs): DueDate {
  const { facts, clock, choice, said } = inputs;
  const { lane } = choice;
  if (lane === 'routine' || lane === 'critical') return after(policy[lane].dueMs, clock, said);

  const timeMs = lane === 'mitigation' ? policy.mitigation.dueMs : emergencyTime(asset, policy);
  const declared = finding.declaredEmergencyAt ?? raisedAt(said);
  if (declared !== null) return laneDate(declared, timeMs, 'its declaration', said);
  // Where it was listed as exploited only after its release, that is when the emergency began.
  const listed = facts.knownExploited?.added ?? clock.start;
  if (listed <= clock.start) return after(timeMs, clock, said);
  return laneDate(listed, timeMs, 'its listing as exploited', said);
}

/** From the end of its support, or from our first sight of the asset where that was later. */
function platformDue(ended: Instant, { endOfLife }: Policy, { clock, said }: Inputs): DueDate {
  const seenLater = clock.firstSeen > ended;
  const from = seenLater ? 'first sight, as its support had ended before' : 'the end of its support';
  return laneDate(Math.max(ended, clock.firstSeen), endOfLife.dueMs, from, said);
}

/** Security declares an emergency by raising a finding to it. // SOP S3 */
function raisedAt({ override }: Answered): Instant | null {
  return override?.raise && override.lane !== null ? override.from : null;
}

function emergencyTime(asset: AssetFacts, { emergency }: Policy): number {
  return isExposed(asset.exposure) ? emergency.exposedDueMs : emergency.otherDueMs;
}

const STARTS: Readonly<Record<Clock['releasedFrom'], string>> = {
  advisory: 'the release in the advisory',
  index: 'the release in the package index',
  'first-seen': 'first sight',
};

function after(timeMs: number, clock: Clock, said: Answered): DueDate {
  const start = clock.kind === 'backlog' ? 'first sight, as it was released before' : STARTS[clock.releasedFrom];
  return laneDate(clock.start, timeMs, start, said);
}

function laneDate(start: Instant, timeMs: number, from: string, { pauses }: Answered): DueDate {
  const due = runningDue(start, timeMs, pauses);
  const paused = due - start - timeMs;
  const counted = paused === 0 ? '' : `, not counting ${durationOf(paused)} that somebody answered for`;
  return { due, dueFrom: 'lane', how: `${durationOf(timeMs)} from ${from}${counted}` };
}

/** Days where they are many; hours otherwise, as the procedure counts. */
function durationOf(ms: number): string {
  return ms > 3 * DAY_MS ? `${rounded(ms / DAY_MS)} days` : `${rounded(ms / HOUR_MS)} hours`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
