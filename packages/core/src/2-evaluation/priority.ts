import type { Policy } from '../policy/index.ts';
import type { AssetFacts } from '../vocabulary/index.ts';
import type { VulnerabilityFacts } from './facts.ts';
import { predictedLikelihood } from './likelihood.ts';

/**
 * 0 to 100: impact x likelihood x criticality x exposure. It orders what is equally urgent and decides nothing: lanes
 * and due times come from rules, so that no product of guesses ever delays a patch. // SOP P2.1, checklist c5
 */
export function priorityOf(facts: VulnerabilityFacts, asset: AssetFacts, { priority: weights }: Policy): number {
  const impact = facts.cvss ?? weights.impact[facts.severity];
  const risk = impact * likelihoodOf(facts, weights);
  const product = risk * weights.criticality[asset.criticality] * weights.exposure[asset.exposure] * weights.scale;
  // One decimal: what is shown is what was sorted by.
  return Math.round(product * 10) / 10;
}

function likelihoodOf(facts: VulnerabilityFacts, { epss, likelihoodMin: least }: Policy['priority']): number {
  const exploitation = facts.knownExploited === null ? facts.ssvc?.exploitation : 'active';
  const predicted = predictedLikelihood(facts.epss, epss);
  if (exploitation === 'active') return Math.max(least.active, predicted);
  return Math.max(exploitation === 'public_poc' ? least.publicPoc : least.any, predicted);
}
