import type { MaintenanceGroup } from '@patchsteward/contract';
import { expect, test } from 'vitest';
import { type GroupDraft, groupChange, groupDraft, groupProblem } from './group-draft.ts';
import { USUAL_WINDOW } from './window-draft.ts';

const GROUP: MaintenanceGroup = {
  name: 'sunday',
  zone: 'Europe/Berlin',
  windows: [
    { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 14_400_000 },
    { kind: 'weekly', weekday: 'wed', start: '22:30', durationMs: 5_400_000 },
    { kind: 'weekly', weekday: 'fri', start: '01:00', durationMs: 1_200_000 },
    { kind: 'monthly', nth: 'last', weekday: 'sat', offsetDays: -2, start: '20:00', durationMs: 3_600_000 },
    { kind: 'once', date: '2026-12-27', start: '20:00', durationMs: 3_600_000 },
  ],
  assets: 3,
  next: [],
  tzdata: '2026a',
  version: 7,
};
const DRAFT: GroupDraft = { name: 'sunday', zone: 'UTC', windows: [USUAL_WINDOW] };

test('a group that is not changed in its form is sent as it was', () => {
  const { zone, windows, version } = GROUP;

  expect(groupChange(version, groupDraft(GROUP, 'UTC'))).toEqual({ version, zone, windows });
});

test('a new group begins in the zone of its maker with a window on Sunday night', () => {
  expect(groupDraft(undefined, 'Asia/Tokyo')).toEqual({ name: '', zone: 'Asia/Tokyo', windows: [USUAL_WINDOW] });
});

test.each<[Partial<GroupDraft>, string | null]>([
  [{}, null],
  [{ windows: [] }, null],
  [{ name: '' }, 'name'],
  [{ name: 'Sunday' }, 'name'],
  [{ name: 'a/b' }, 'name'],
  [{ zone: ' ' }, 'zone'],
  [{ windows: [{ ...USUAL_WINDOW, hours: '0' }] }, 'window'],
  [{ windows: [{ ...USUAL_WINDOW, hours: '169' }] }, 'window'],
  [{ windows: [{ ...USUAL_WINDOW, hours: 'four' }] }, 'window'],
  [{ windows: [{ ...USUAL_WINDOW, start: '' }] }, 'window'],
  [{ windows: [{ ...USUAL_WINDOW, hours: '0.5' }] }, null],
])('%j has the problem %s', (more, problem) => {
  expect(groupProblem({ ...DRAFT, ...more })).toBe(problem);
});
