import { describe, expect, it } from 'vitest';
import type { Criticality, Environment } from '../vocabulary/index.ts';
import { labelReasons, stricterLabels } from './pinned-labels.ts';

const labels = (environment: Environment, criticality: Criticality = 'normal') => ({ environment, criticality });

describe('of the labels of people and those of the host', () => {
  it.each([
    ['production', 'production', 'production', []],
    ['production', 'non-production', 'production', ['environment-differs']],
    ['non-production', 'production', 'production', ['environment-differs']],
    ['non-production', 'non-production', 'non-production', []],
    ['unknown', 'production', 'production', []],
    ['unknown', 'non-production', 'non-production', []],
  ] as const)('%s and %s: %s counts', (said, pinned, counts, codes) => {
    expect(stricterLabels(labels(said), labels(pinned)).environment).toBe(counts);
    expect(labelReasons('web-1', labels(said), labels(pinned)).map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    ['low', 'low', 'low', []],
    ['low', 'critical', 'critical', ['criticality-differs']],
    ['high', 'normal', 'high', ['criticality-differs']],
  ] as const)('%s and %s: %s counts', (said, pinned, counts, codes) => {
    const [one, other] = [labels('production', said), labels('production', pinned)];

    expect(stricterLabels(one, other).criticality).toBe(counts);
    expect(labelReasons('web-1', one, other).map(({ code }) => code)).toEqual(codes);
  });

  it('names the host in each reason', () => {
    const reasons = labelReasons('web-1', labels('production', 'low'), labels('non-production', 'high'));

    expect(reasons.map(({ subject }) => subject)).toEqual(['web-1', 'web-1']);
  });
});
