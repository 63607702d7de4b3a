import type { Policy } from '../policy/index.ts';
import type { AssetFacts, Instant, Lane } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import type { Assessment } from './assessment.ts';
import type { FindingFacts } from './facts.ts';
import type { RiskAnswer } from './risk-answer.ts';
import type { ResponseTerms } from './risk-response.ts';

interface Terms extends ResponseTerms {
  /** It makes nothing slower, so that nobody has to agree. */
  readonly raise: boolean;
}

/** No response has it: what is only looked at is not kept. */
const NOBODY = 'preview';

/**
 * The finding as it would be if the terms stood from now on: what a person sees before asking for them. `lane` is the
 * strictest that was known of it, as it would be kept with the answer.
 */
export function assessUnder(
  terms: Terms,
  { finding, asset, lane }: { readonly finding: FindingFacts; readonly asset: AssetFacts; readonly lane: Lane },
  policy: Policy,
  now: Instant,
): Assessment {
  const exploited = finding.intelligence !== null && finding.intelligence.knownExploited !== null;
  const answer: RiskAnswer = {
    ...{ response: NOBODY, kind: terms.kind, from: now, until: terms.until, endedAt: null },
    ...{ lane: terms.lane, due: terms.due, raise: terms.raise },
    basis: { lane, exploited, fixless: finding.fixed === null },
  };
  return assess({ ...finding, answers: [...(finding.answers ?? []), answer] }, asset, policy, now);
}
