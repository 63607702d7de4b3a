import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { Evidence } from './pairs.ts';
import { provenOf } from './testing/fleets.ts';

const curl = provenOf('curl', { tried: 6, verified: 6 });
const ssh = provenOf('ssh', { tried: 3, verified: 2 });
const unknown = provenOf('zlib1g');
/** What a fleet of 10,000 hosts with 20 packages each has. */
const MANY = 200_000;

it.each([
  ['of nothing', [], 0],
  ['of one pair', [curl], 6],
  ['of several, the fewest', [curl, ssh, curl], 2],
  ['of one that the ring has not tried', [curl, unknown], 0],
  ['of a large fleet', [...Array.from({ length: MANY }, () => curl), ssh], 2],
])('clean hosts %s', (_, pairs, clean) => {
  const evidence = new Evidence({ proven: [curl, ssh], acceptedUntested: [] }, DEFAULT_POLICY.lanes.routine);

  expect(evidence.cleanHosts(pairs)).toBe(clean);
});
