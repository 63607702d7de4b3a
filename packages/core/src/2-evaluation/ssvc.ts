import { outcomeOf, type Policy, SSVC_DEPLOYER } from '../policy/index.ts';
import type { AssetFacts } from '../vocabulary/index.ts';
import type { VulnerabilityFacts } from './facts.ts';

/** What a deployer should do, in the table's own words. // SSVC deployer 1.0.0 */
export const SSVC_DECISIONS = ['defer', 'scheduled', 'out-of-cycle', 'immediate'] as const;
export type SsvcDecision = (typeof SSVC_DECISIONS)[number];

const DECISIONS = { D: 'defer', S: 'scheduled', O: 'out-of-cycle', I: 'immediate' } as const;
const EXPLOITATION = { none: 'N', public_poc: 'P', active: 'A' } as const;

/** null where exploitation or automatable is not known: a guess would look like a decision. */
export function ssvcOf(facts: VulnerabilityFacts, asset: AssetFacts, policy: Policy): SsvcDecision | null {
  const exploitation = facts.knownExploited === null ? (facts.ssvc?.exploitation ?? null) : 'active';
  const automatable = facts.ssvc?.automatable ?? null;
  if (exploitation === null || automatable === null) return null;

  const outcome = outcomeOf(SSVC_DEPLOYER, [
    EXPLOITATION[exploitation],
    policy.ssvc.exposure[asset.exposure],
    automatable ? 'Y' : 'N',
    policy.ssvc.humanImpact[asset.criticality],
  ]);
  return DECISIONS[outcome];
}
