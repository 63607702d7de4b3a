import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { fold } from './evolve.ts';
import { timersAfter } from './timers.ts';

const HOUR = 3_600_000;
const SEEN = 1_000_000 * HOUR;

function seen(releasedAt: number) {
  const state = fold([
    {
      event: {
        ...{ kind: 'update.seen', campaign: 'c1', title: 'openssl', updates: [], requester: 'ivy' },
        ...{ releasedAt, firstSeen: SEEN },
      },
      at: SEEN,
      by: 'ivy',
      to: 'identified',
    },
  ]);
  if (state === null) throw new Error('a campaign begins with update.seen');
  return state;
}

it.each([
  ['just released', SEEN],
  ['of a backlog', SEEN - 9_000 * HOUR],
])('people hear of the due time of an update %s when three quarters of their own time are over', (_, releasedAt) => {
  const before = seen(releasedAt);

  expect(timersAfter(before, { ...before, due: SEEN + 48 * HOUR }, DEFAULT_POLICY)).toEqual([
    { key: 'due-near', at: SEEN + 36 * HOUR, event: { kind: 'timer.fired', timer: 'due-near' } },
    { key: 'due-passed', at: SEEN + 48 * HOUR, event: { kind: 'timer.fired', timer: 'due-passed' } },
  ]);
});

it('a due time that stays is not told twice', () => {
  const state = { ...seen(SEEN), due: SEEN + 48 * HOUR };

  expect(timersAfter(state, state, DEFAULT_POLICY)).toEqual([]);
});
