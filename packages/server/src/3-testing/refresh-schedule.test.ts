import { HOUR_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { nextRefresh } from './refresh-schedule.ts';

it.each([
  ['after a success', 0, 0, HOUR_MS],
  ['after a success, at the latest', 0, 1, HOUR_MS * 1.2],
  ['after a failure', 1, 0, MINUTE_MS],
  ['after three failures', 3, 0, 4 * MINUTE_MS],
  ['after many failures', 40, 0, HOUR_MS],
])('an origin is asked again %s', (_, failures, dice, pauseMs) => {
  expect(nextRefresh('id', failures, 1_000, dice)).toEqual({
    ...{ kind: 'origin.refresh', subject: 'id' },
    due: 1_000 + pauseMs,
  });
});
