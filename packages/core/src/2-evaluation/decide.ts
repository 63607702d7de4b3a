import type { Coverage } from '../1-identification/index.ts';
import type { Policy } from '../policy/index.ts';
import { type AssetFacts, type Instant, reasonOf, type Verdict } from '../vocabulary/index.ts';
import { assessTogether } from './assess-together.ts';
import type { Assessment } from './assessment.ts';
import type { FindingFacts } from './facts.ts';
import { hasBegun } from './platform.ts';

export interface EvaluationFacts {
  /** What the asset or campaign is called in reasons. */
  readonly subject: string;
  /** Whether step 1 could judge the asset at all. */
  readonly coverage: Coverage;
  readonly findings: readonly FindingFacts[];
  readonly asset: AssetFacts;
}

/**
 * Step 2. An unknown never waits: severity and exposure that nobody set are taken at their strict side, with a reason.
 * It waits only where step 1 could not look, and stops where it looked and found nothing.
 */
export function decide(
  { subject, coverage, findings, asset }: EvaluationFacts,
  policy: Policy,
  now: Instant,
): Verdict<Assessment> {
  const begun = findings.filter((finding) => hasBegun(finding, now));
  // That its support ended is known of what nobody judged as well.
  const known = coverage.kind === 'judged' ? begun : begun.filter(({ platformEnded }) => platformEnded !== undefined);
  const [first, ...rest] = known;
  if (coverage.kind === 'not-judged' && first === undefined) return { kind: 'wait', waitingOn: [coverage.reason] };
  if (first === undefined) return { kind: 'stop', blockedBy: [reasonOf('nothing-to-evaluate', subject)] };
  return { kind: 'proceed', value: assessTogether([first, ...rest], asset, policy, now) };
}
