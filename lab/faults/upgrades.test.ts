import { expect, it } from 'vitest';
import type { Outcome } from '../../packages/agent/src/runner/kills/strike.ts';
import { countsOf } from './upgrades.ts';

const GOOD: Outcome = {
  ...{ struck: ['dpkg'], late: 0, phase: 'succeeded', converged: true, faults: [] },
  ...{ attempts: ['install-1-0', 'repair-1-0'], words: [] },
};

it('an end that says more than there is, is a false success; one that it must not have, is none', () => {
  const counts = countsOf([
    GOOD,
    { ...GOOD, struck: ['apt-get', 'dpkg'], late: 2 },
    { ...GOOD, faults: ['installed is acme-a 1.0'] },
    { ...GOOD, phase: 'failed', converged: false, faults: ['installed is acme-a 1.0'] },
  ]);

  expect(counts).toMatchObject({ struck: { dpkg: 4, 'apt-get': 1 }, late: 2, runs: 4, converged: 2 });
  expect(counts).toMatchObject({ falseSuccesses: 1, lost: 0, doubled: 0 });
  expect(counts.faults).toEqual([
    'after dpkg: succeeded; installed is acme-a 1.0 (install-1-0, repair-1-0)',
    'after dpkg: failed; installed is acme-a 1.0 (install-1-0, repair-1-0)',
  ]);
});
