import { expect, it } from 'vitest';
import { ATTEMPTS_MAX, decideOutcome } from './delivery-outcome.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;

it.each([
  ['accepted', 0, 'sent', NOW, null],
  ['accepted', 5, 'sent', NOW, null],
  ['bounced', 0, 'bounced', null, null],
  ['deferred', 0, 'waiting', null, NOW + MINUTE],
  ['deferred', 1, 'waiting', null, NOW + 2 * MINUTE],
  ['deferred', 10, 'waiting', null, NOW + 30 * MINUTE],
  ['deferred', ATTEMPTS_MAX - 1, 'failed', null, null],
] as const)('%s after %i attempts: %s', (kind, before, state, sentAt, retryAt) => {
  const decided = decideOutcome(before, { kind, answer: 'said' }, NOW, MINUTE);

  expect(decided).toEqual({ outcome: { state, attempts: before + 1, answer: 'said', sentAt }, retryAt });
});

it('an address that never answers is given up', () => {
  let attempts = 0;
  let retries = 0;
  for (let round = 0; round < 100; round += 1) {
    const { outcome, retryAt } = decideOutcome(attempts, { kind: 'deferred', answer: '' }, NOW, MINUTE);
    attempts = outcome.attempts;
    if (retryAt === null) break;
    retries += 1;
  }

  expect(retries).toBe(ATTEMPTS_MAX - 1);
});
