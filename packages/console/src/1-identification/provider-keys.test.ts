import type { ProviderLook } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { keyRows, keysDiffer } from './provider-keys.ts';

const [A, B] = ['A'.repeat(40), 'B'.repeat(40)];
const key = (fingerprint: string | null, state: ProviderLook['keys'][number]['state'] = 'served') => ({
  ...{
    url: 'https://acme.example/key.asc',
    named: fingerprint,
    fingerprint,
    userIds: ['Acme'],
    expiresAt: null,
    state,
  },
});

describe('the keys of a provider', () => {
  it.each([
    ['as pinned', [A], [key(A)], [`${A} pinned served`], false],
    ['a new one beside the pinned one', [A], [key(A), key(B)], [`${A} pinned served`, `${B} new served`], true],
    ['another one in its place', [A], [key(B)], [`${A} pinned gone`, `${B} new served`], true],
    ['one that expired', [A], [key(A, 'unusable')], [`${A} pinned unusable`], true],
    ['one that its metadata does not name', [A], [key(A, 'another-key')], [`${A} pinned another-key`], true],
    ['one that stands twice', [A], [key(A), key(A)], [`${A} pinned served`], false],
    ['a file that is not there', [A], [key(A), key(null, 'not-served')], [`${A} pinned served`], false],
    ['none at all', [], [], [], false],
  ])('%s', (_, pinned, keys, expected, differ) => {
    const rows = keyRows(pinned, { keys });

    expect(
      rows.map((row) => `${row.fingerprint} ${row.isPinned ? 'pinned' : 'new'} ${row.served?.state ?? 'gone'}`),
    ).toEqual(expected);
    expect(keysDiffer(rows)).toBe(differ);
  });
});
