import { expect, it } from 'vitest';
import { CRITICALITIES, DAY_MS, EXPOSURES, HOUR_MS } from '../vocabulary/index.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { SEVERITIES } from './severity.ts';

// SOP S1 S2 S3: whoever changes these figures changes the procedure.
it('the default policy has the figures of the procedure', () => {
  expect(DEFAULT_POLICY).toMatchObject({
    version: 'sop-1',
    routine: { dueMs: 30 * DAY_MS },
    critical: { dueMs: 48 * HOUR_MS, cvssMin: 9 },
    emergency: { exposedDueMs: 24 * HOUR_MS, otherDueMs: 48 * HOUR_MS },
    mitigation: { dueMs: 4 * HOUR_MS },
    binding: { bod2604: false, knownExploitedDue: false },
  });
});

it('weights rise with what they weigh, and the highest product is 100', () => {
  const { impact, criticality, exposure, likelihoodMin, scale } = DEFAULT_POLICY.priority;
  const rising = [
    SEVERITIES.filter((severity) => severity !== 'unknown').map((severity) => impact[severity]),
    CRITICALITIES.map((level) => criticality[level]),
    [exposure.isolated, exposure.internal, exposure.public],
    [likelihoodMin.any, likelihoodMin.publicPoc, likelihoodMin.active],
  ];

  for (const weights of rising) expect(weights).toEqual([...weights].sort((a, b) => a - b));
  expect(Math.max(...EXPOSURES.map((level) => exposure[level]))).toBe(exposure.unknown);
  expect(impact.critical * likelihoodMin.active * criticality.critical * exposure.public * scale).toBe(100);
});
