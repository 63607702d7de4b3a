import type { Policy } from '../policy/index.ts';
import type { AssetFacts, Instant, Reason } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import { type Assessment, byUrgency } from './assessment.ts';
import { type BodAssessment, strictestBod } from './bod.ts';
import type { FindingFacts } from './facts.ts';
import { strictestLane } from './risk-response-rule.ts';
import { type SsvcAssessment, stricterSsvc } from './ssvc.ts';

/**
 * Several findings or updates that travel as one: the earliest release, the strictest lane, and the earliest of their
 * own due times. A routine update of last month does not make today's critical one late.
 */
export function assessTogether(
  findings: readonly [FindingFacts, ...FindingFacts[]],
  asset: AssetFacts,
  policy: Policy,
  now: Instant,
): Assessment {
  const [first, ...rest] = findings;
  const others = rest.map((finding) => assess(finding, asset, policy, now));
  return joinAssessments([assess(first, asset, policy, now), ...others]);
}

/** The same over several assets that are patched as one. */
export function joinAssessments([one, ...others]: readonly [Assessment, ...Assessment[]]): Assessment {
  // The reasons all at once: thousands of findings have thousands of them, and each join would copy all before it.
  return { ...others.reduce(join, one), reasons: distinctReasons([one, ...others]) };
}

function join(a: Assessment, b: Assessment): Assessment {
  const released = a.releasedAt <= b.releasedAt ? a : b;
  const [urgent] = byUrgency(a, b) <= 0 ? [a] : [b];
  return {
    lane: strictestLane([a.lane, b.lane]),
    releasedAt: released.releasedAt,
    releasedPrecision: released.releasedPrecision,
    releasedFrom: released.releasedFrom,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    due: urgent.due,
    dueFrom: urgent.dueFrom,
    clock: urgent.clock,
    late: a.late || b.late,
    answered: urgent.answered,
    pauses: urgent.pauses,
    findings: a.findings + b.findings,
    answeredFindings: a.answeredFindings + b.answeredFindings,
    bod: joinBod(a.bod, b.bod),
    ssvc: joinSsvc(a.ssvc, b.ssvc),
    priority: Math.max(a.priority, b.priority),
    reasons: [],
    why: urgent.why,
    policyVersion: a.policyVersion,
  };
}

function joinBod(a: BodAssessment | null, b: BodAssessment | null): BodAssessment | null {
  if (a === null || b === null) return a ?? b;
  const dues = [a.due, b.due].filter((due) => due !== null);
  const strictest = strictestBod(a.outcome, b.outcome) === a.outcome ? a : b;
  return {
    ...strictest,
    due: dues.length === 0 ? null : Math.min(...dues),
    binding: a.binding || b.binding,
  };
}

function joinSsvc(a: SsvcAssessment | null, b: SsvcAssessment | null): SsvcAssessment | null {
  if (a === null || b === null) return a ?? b;
  return stricterSsvc(a, b);
}

function distinctReasons(assessments: readonly Assessment[]): Reason[] {
  const reasons = assessments.flatMap((assessment) => assessment.reasons);
  return [...new Map(reasons.map((reason) => [`${reason.code} ${reason.subject}`, reason])).values()];
}
