import type { LikelihoodFrom, Policy } from '../policy/index.ts';
import type { VulnerabilityFacts } from './facts.ts';

type Predicted = Pick<NonNullable<VulnerabilityFacts['epss']>, 'score' | 'percentile' | 'model'>;

/**
 * How likely an attack is by what EPSS says, in the steps of the policy. Scores of two models do not compare: the
 * policy says what those of a model mean, and of one that it does not name the percentile counts, which a new model
 * leaves about where it was. So nothing is likelier on the day on which the model changes. // EPSS, model versions
 */
export function predictedLikelihood(
  epss: Predicted | null,
  { models, byPercentile }: Policy['priority']['epss'],
): number {
  if (epss === null) return 0;
  const own = Object.hasOwn(models, epss.model) ? models[epss.model] : undefined;
  return own === undefined ? likelihoodFrom(byPercentile, epss.percentile) : likelihoodFrom(own, epss.score);
}

function likelihoodFrom(steps: readonly LikelihoodFrom[], value: number): number {
  return Math.max(0, ...steps.filter(({ from }) => value >= from).map(({ likelihood }) => likelihood));
}
