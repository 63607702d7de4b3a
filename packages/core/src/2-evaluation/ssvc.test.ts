import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { ssvcOf } from './ssvc.ts';
import { asset, exploited, facts } from './testing/samples.ts';

it.each([
  ['active', true, 'public', 'high', 'immediate'],
  ['active', true, 'unknown', 'critical', 'immediate'],
  ['active', true, 'internal', 'high', 'out-of-cycle'],
  ['active', false, 'isolated', 'low', 'scheduled'],
  ['public_poc', true, 'public', 'high', 'out-of-cycle'],
  ['none', false, 'isolated', 'low', 'defer'],
  ['none', true, 'public', 'critical', 'out-of-cycle'],
  ['none', null, 'public', 'critical', null],
  [null, true, 'public', 'critical', null],
] as const)('%s, automatable %s, %s, %s: %s', (exploitation, automatable, exposure, criticality, decision) => {
  const about = facts({ ssvc: { exploitation, automatable, technicalImpact: null } });

  expect(ssvcOf(about, asset({ exposure, criticality }), DEFAULT_POLICY)?.decision ?? null).toBe(decision);
});

it('what is listed as exploited is exploited, whatever an older record says', () => {
  const about = facts({
    knownExploited: exploited(),
    ssvc: { exploitation: 'none', automatable: true, technicalImpact: null },
  });

  expect(ssvcOf(about, asset({ exposure: 'public', criticality: 'high' }), DEFAULT_POLICY)).toEqual({
    decision: 'immediate',
    table: { name: 'SSVC deployer patch application priority', version: '1.0.0' },
    inputs: { exploitation: 'active', exposure: 'O', automatable: true, humanImpact: 'H' },
  });
  expect(ssvcOf(facts(), asset(), DEFAULT_POLICY)).toBeNull();
});
