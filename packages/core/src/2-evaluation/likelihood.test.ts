import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { predictedLikelihood } from './likelihood.ts';

const steps = {
  ...DEFAULT_POLICY.priority.epss,
  models: {
    'v2025.03.14': [
      { from: 0.5, likelihood: 0.9 },
      { from: 0.1, likelihood: 0.4 },
    ],
  },
};

it.each<[string, Parameters<typeof predictedLikelihood>[0], number]>([
  ['nothing is predicted', null, 0],
  ['the score by the steps of its model', { model: 'v2025.03.14', score: 0.6, percentile: 0.2 }, 0.9],
  ['the highest step that it reaches', { model: 'v2025.03.14', score: 0.1, percentile: 0.99 }, 0.4],
  ['below the first step', { model: 'v2025.03.14', score: 0.09, percentile: 0.99 }, 0],
  [
    'the percentile, of a model that the policy does not name',
    { model: 'v2026.06.01', score: 0.6, percentile: 0.2 },
    0,
  ],
  ['the highest percentile', { model: 'v2026.06.01', score: 0.3, percentile: 0.995 }, 0.9],
  ['a model with the name of what every object has', { model: 'toString', score: 1, percentile: 0 }, 0],
])('%s', (_, epss, likelihood) => {
  expect(predictedLikelihood(epss, steps)).toBe(likelihood);
});

it('is about the same under a model that scores everything anew', () => {
  const under = (model: string, score: number) => predictedLikelihood({ model, score, percentile: 0.97 }, steps);

  expect(under('v2026.06.01', 0.31)).toBe(under('v2027.01.01', 0.05));
});
