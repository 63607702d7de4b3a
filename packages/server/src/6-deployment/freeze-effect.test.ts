import type { Freeze } from '@patchsteward/core/plan';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { effectOf } from './freeze-effect.ts';

const NOW = Date.UTC(2026, 10, 20);
const GROUP = {
  name: 'nights',
  zone: 'UTC',
  windows: [{ kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS }],
} as const;
const YULE: Freeze = { kind: 'local', from: '2026-12-20T00:00', until: '2027-01-03T04:00' };

test.each<[string, Freeze[], Freeze[], object]>([
  ['two windows are lost, and one is shorter', [], [YULE], { windows: 52, lost: 2, shortened: 1 }],
  ['the same freezes change nothing', [YULE], [YULE], { windows: 50, lost: 0, shortened: 0 }],
  ['fewer freezes take nothing away', [YULE], [], { windows: 50, lost: 0, shortened: 0 }],
])('%s', (_, before, after, effect) => {
  expect(effectOf({ group: GROUP, before, after }, NOW)).toEqual({ name: 'nights', ...effect });
});
