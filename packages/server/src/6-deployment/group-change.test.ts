import type { WeeklyWindow } from '@patchsteward/core/plan';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { decideGroupChange, removalLeaf } from './group-change.ts';

const SUNDAY: WeeklyWindow = { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS };
const MONDAY: WeeklyWindow = { kind: 'weekly', weekday: 'mon', start: '23:00', durationMs: HOUR_MS };
const GROUP = { name: 'nights', zone: 'Europe/Berlin', windows: [MONDAY, SUNDAY], version: 3 };

test('a new group is recorded with what it is', () => {
  expect(
    decideGroupChange('nights', undefined, { version: 0, zone: 'UTC', windows: [SUNDAY, MONDAY, SUNDAY] }),
  ).toEqual({
    kind: 'change',
    group: { name: 'nights', zone: 'UTC', windows: [MONDAY, SUNDAY], version: 1 },
    leaf: {
      kind: 'maintenance-group.changed',
      subject: 'nights',
      payload: { version: 1, before: null, after: { zone: 'UTC', windows: [MONDAY, SUNDAY] } },
    },
  });
});

test('a changed group is recorded with what it was', () => {
  expect(decideGroupChange('nights', GROUP, { version: 3, zone: 'UTC', windows: [SUNDAY] })).toMatchObject({
    group: { zone: 'UTC', windows: [SUNDAY], version: 4 },
    leaf: { payload: { before: { zone: 'Europe/Berlin', windows: [MONDAY, SUNDAY] }, after: { windows: [SUNDAY] } } },
  });
});

test('the same windows in another order change nothing', () => {
  const wished = { version: 3, zone: 'Europe/Berlin', windows: [SUNDAY, MONDAY] };

  expect(decideGroupChange('nights', GROUP, wished)).toEqual({ kind: 'unchanged' });
});

test('windows of other kinds are kept with all that they say, each once', () => {
  const patchTuesday = {
    kind: 'monthly',
    nth: 2,
    weekday: 'tue',
    offsetDays: 5,
    start: '22:00',
    durationMs: HOUR_MS,
  } as const;
  const yule = { kind: 'once', date: '2026-12-27', start: '02:00', durationMs: HOUR_MS } as const;
  const windows = [yule, patchTuesday, { ...patchTuesday, offsetDays: 6 }, SUNDAY, patchTuesday];

  expect(decideGroupChange('nights', undefined, { version: 0, zone: 'UTC', windows })).toMatchObject({
    group: { windows: [SUNDAY, patchTuesday, { ...patchTuesday, offsetDays: 6 }, yule] },
    leaf: { payload: { after: { windows: [SUNDAY, patchTuesday, { ...patchTuesday, offsetDays: 6 }, yule] } } },
  });
});

test.each([
  ['an older version', GROUP, 2, 3],
  ['a new one under a name that is taken', GROUP, 0, 3],
  ['one that is gone', undefined, 3, 0],
])('%s is a conflict', (_, before, version, current) => {
  const wished = { version, zone: 'UTC', windows: [] };

  expect(decideGroupChange('nights', before, wished)).toEqual({ kind: 'conflict', version: current });
});

test('a removed group is recorded with what it was', () => {
  expect(removalLeaf(GROUP)).toMatchObject({
    kind: 'maintenance-group.removed',
    payload: { before: { windows: [MONDAY, SUNDAY] } },
  });
});
