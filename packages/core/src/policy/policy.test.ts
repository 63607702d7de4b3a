import { expect, it } from 'vitest';
import { CRITICALITIES, DAY_MS, EXPOSURES, HOUR_MS, LANES, MINUTE_MS } from '../vocabulary/index.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { SEVERITIES } from './severity.ts';

// SOP S1 S2 S3: whoever changes these figures changes the procedure.
it('the default policy has the figures of the procedure', () => {
  expect(DEFAULT_POLICY).toMatchObject({
    version: 'sop-3',
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

// rollout-and-trust §2.3: whoever changes these figures changes what every plan is bound to.
it.each([
  ['routine', { noticeMs: 48 * HOUR_MS, coolingOffMs: 7 * DAY_MS, testSoakMs: 24 * HOUR_MS, provenHostsMin: 3 }],
  ['routine', { authority: { from: 'due', forMs: 7 * DAY_MS }, pauseLimit: { failures: 2, percent: 2, alike: 2 } }],
  ['critical', { noticeMs: 4 * HOUR_MS, coolingOffMs: 0, testSoakMs: 4 * HOUR_MS, provenHostsMin: 3 }],
  ['critical', { authority: { from: 'compiled', forMs: 72 * HOUR_MS }, rollbackGraceMs: 2 * HOUR_MS }],
  ['emergency', { noticeMs: 0, testSoakMs: 30 * MINUTE_MS, provenHostsMin: 1, soakMs: 72 * HOUR_MS }],
  ['emergency', { authority: { from: 'compiled', forMs: 24 * HOUR_MS }, pauseLimit: { percent: 5, alike: 3 } }],
  ['mitigation', { testSoakMs: 15 * MINUTE_MS, authority: { forMs: 14 * DAY_MS }, pauseLimit: { failures: 1 } }],
] as const)('the %s lane has %j', (lane, figures) => {
  expect(DEFAULT_POLICY.lanes[lane]).toMatchObject(figures);
});

it.each(LANES)('the %s lane wants a backup of a day, and patches at most a quarter at once', (lane) => {
  expect(DEFAULT_POLICY.lanes[lane]).toMatchObject({
    backupAgeMaxMs: DAY_MS,
    integrityAgeMaxMs: 7 * DAY_MS,
    waveShareMax: 0.25,
    expectedFailures: 3,
  });
});
