import { expect, test } from 'vitest';
import { decideEnrollment } from './enrollment.ts';
import type { TokenRow } from './enrollment-store.ts';

const NOW = 1_000_000;
const OPEN: TokenRow = {
  id: 'token-1',
  note: null,
  createdAt: 0,
  expiresAt: NOW + 1,
  revokedAt: null,
  usedAt: null,
  usedBy: null,
  usedKey: null,
};
const USED: TokenRow = { ...OPEN, usedAt: NOW - 1, usedBy: 'asset-1', usedKey: 'key-1' };
const BOUND = { assetId: 'asset-1', revoked: false };

test.each<[string, TokenRow | undefined, typeof BOUND | undefined, object]>([
  ['an open token and a new key', OPEN, undefined, { kind: 'bind', tokenId: 'token-1' }],
  ['the same key again, its answer was lost', USED, BOUND, { kind: 'repeat', assetId: 'asset-1' }],
  [
    'the same, after the time of the token',
    { ...USED, expiresAt: NOW - 1 },
    BOUND,
    { kind: 'repeat', assetId: 'asset-1' },
  ],
  ['a bound key with a new token', OPEN, BOUND, { kind: 'return', assetId: 'asset-1', tokenId: 'token-1' }],
  ['no token', undefined, undefined, { kind: 'refuse', code: 'token-wrong' }],
  ['a revoked token', { ...OPEN, revokedAt: NOW - 1 }, undefined, { kind: 'refuse', code: 'token-wrong' }],
  ['a token at the end of its time', { ...OPEN, expiresAt: NOW }, undefined, { kind: 'refuse', code: 'token-expired' }],
  ['a token used by another key', { ...USED, usedKey: 'key-2' }, undefined, { kind: 'refuse', code: 'token-used' }],
  [
    'a token used by another key, by a bound key',
    { ...USED, usedKey: 'key-2' },
    BOUND,
    { kind: 'refuse', code: 'token-used' },
  ],
  ['a revoked key with its old token', USED, { ...BOUND, revoked: true }, { kind: 'refuse', code: 'agent-revoked' }],
  ['a revoked key with a new token', OPEN, { ...BOUND, revoked: true }, { kind: 'refuse', code: 'agent-revoked' }],
])('%s', (_, token, bound, decision) => {
  expect(decideEnrollment({ token, bound, now: NOW }, 'key-1')).toEqual(decision);
});
