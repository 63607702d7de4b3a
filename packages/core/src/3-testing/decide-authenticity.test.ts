import { expect, it } from 'vitest';
import { reasonOf } from '../vocabulary/index.ts';
import { type AssetFiles, decideAuthenticity } from './decide-authenticity.ts';

const GOOD: AssetFiles = { kind: 'verified', files: 2 };
const PENDING: AssetFiles = { kind: 'pending', reasons: [reasonOf('proposal-pending', 'web1')] };
const FALSE: AssetFiles = { kind: 'failed', reasons: [reasonOf('hash-mismatch', 'openssl')] };

it.each([
  ['all files are genuine', [GOOD, GOOD], { kind: 'proceed', value: { files: 4 } }],
  ['some are still fetched', [GOOD, PENDING], { kind: 'wait', waitingOn: [{ code: 'proposal-pending' }] }],
  [
    'one is false, whatever the others are',
    [GOOD, PENDING, FALSE],
    { kind: 'stop', blockedBy: [{ code: 'hash-mismatch' }] },
  ],
  ['there is no asset', [], { kind: 'wait', waitingOn: [{ code: 'files-not-verified' }] }],
  ['there is no file', [{ kind: 'verified', files: 0 }], { kind: 'wait' }],
  [
    'nobody says why it is pending',
    [{ kind: 'pending', reasons: [] }],
    { kind: 'wait', waitingOn: [{ code: 'files-not-verified' }] },
  ],
] as const)('where %s', (_, assets, verdict) => {
  expect(decideAuthenticity('openssl', assets)).toMatchObject(verdict);
});
