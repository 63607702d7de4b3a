import { expect, it } from 'vitest';
import { refusalOfTriage, refusalOfUndo } from './announcement-rules.ts';

const standing = (state: 'waiting' | 'claimed' | 'dismissed', kind: 'claim' | 'dismissal' | null = null) => ({
  ...{ id: 'acme-news-1', state, revision: 2, triage: kind === null ? null : { kind } },
});

it.each([
  ['waiting', 2, null],
  ['waiting', 1, 'announcement-changed'],
  ['waiting', 3, 'announcement-changed'],
  ['claimed', 2, 'announcement-not-waiting'],
  ['dismissed', 1, 'announcement-not-waiting'],
] as const)('one that is %s, read at revision %i: %s', (state, revision, code) => {
  expect(refusalOfTriage(standing(state), revision)?.code ?? null).toBe(code);
});

it.each([
  ['waiting', null, 'announcement-not-triaged'],
  // It waits since its vendor changed it.
  ['waiting', 'claim', null],
  ['claimed', 'claim', null],
  ['dismissed', 'dismissal', null],
] as const)('taking back one that is %s after a %s: %s', (state, kind, code) => {
  expect(refusalOfUndo(standing(state, kind))?.code ?? null).toBe(code);
});
