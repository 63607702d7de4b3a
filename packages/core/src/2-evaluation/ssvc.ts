import { type HumanImpact, outcomeOf, type Policy, SSVC_DEPLOYER, type TableName } from '../policy/index.ts';
import type { AssetFacts } from '../vocabulary/index.ts';
import type { VulnerabilityFacts } from './facts.ts';

/** What a deployer should do, in the table's own words. // SSVC deployer 1.0.0 */
const SSVC_DECISIONS = ['defer', 'scheduled', 'out-of-cycle', 'immediate'] as const;
type SsvcDecision = (typeof SSVC_DECISIONS)[number];

/** The decision for one vulnerability on one asset, and what went into the table. */
export interface SsvcAssessment {
  readonly decision: SsvcDecision;
  readonly table: TableName;
  readonly inputs: {
    readonly exploitation: 'none' | 'public_poc' | 'active';
    /** Small, controlled, open. */
    readonly exposure: 'S' | 'C' | 'O';
    readonly automatable: boolean;
    readonly humanImpact: HumanImpact;
  };
}

const DECISIONS = { D: 'defer', S: 'scheduled', O: 'out-of-cycle', I: 'immediate' } as const;
const EXPLOITATION = { none: 'N', public_poc: 'P', active: 'A' } as const;

/** null where exploitation or automatable is not known: a guess would look like a decision. */
export function ssvcOf(facts: VulnerabilityFacts, asset: AssetFacts, policy: Policy): SsvcAssessment | null {
  const exploitation = facts.knownExploited === null ? (facts.ssvc?.exploitation ?? null) : 'active';
  const automatable = facts.ssvc?.automatable ?? null;
  if (exploitation === null || automatable === null) return null;

  const exposure = policy.ssvc.exposure[asset.exposure];
  const humanImpact = policy.ssvc.humanImpact[asset.criticality];
  const row = [EXPLOITATION[exploitation], exposure, automatable ? 'Y' : 'N', humanImpact] as const;
  return {
    decision: DECISIONS[outcomeOf(SSVC_DEPLOYER, row)],
    table: { name: SSVC_DEPLOYER.name, version: SSVC_DEPLOYER.version },
    inputs: { exploitation, exposure, automatable, humanImpact },
  };
}

/** The stricter of two. */
export function stricterSsvc(a: SsvcAssessment, b: SsvcAssessment): SsvcAssessment {
  return SSVC_DECISIONS.indexOf(a.decision) >= SSVC_DECISIONS.indexOf(b.decision) ? a : b;
}
