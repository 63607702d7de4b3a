import type { FreezeImported } from '@patchsteward/contract';
import { compileOpenings, type Freeze, type Interval } from '@patchsteward/core/plan';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import type { Group } from './group-store.ts';

/** As far as people look ahead. */
const AHEAD_MS = 365 * DAY_MS;

interface Effect {
  readonly group: Pick<Group, 'name' | 'zone' | 'windows'>;
  readonly before: readonly Freeze[];
  readonly after: readonly Freeze[];
}

/** What other freezes do to the windows of a group in the next year. */
export function effectOf({ group, before, after }: Effect, now: Instant): FreezeImported['groups'][number] {
  const until = now + AHEAD_MS;
  const table = zoneTable(group.zone, now, until);
  const open = (freezes: readonly Freeze[]) => compileOpenings({ ...group, freezes }, table, now, until);
  const windows = open(before);
  const left = open(after);
  const rests = windows.map((window) => ({ window, restMs: restOf(window, left) }));
  return {
    name: group.name,
    windows: windows.length,
    lost: rests.filter(({ restMs }) => restMs === 0).length,
    shortened: rests.filter(({ window, restMs }) => restMs > 0 && restMs < window.until - window.from).length,
  };
}

function restOf(window: Interval, left: readonly Interval[]): number {
  return left
    .map(({ from, until }) => Math.min(until, window.until) - Math.max(from, window.from))
    .filter((lengthMs) => lengthMs > 0)
    .reduce((sum, lengthMs) => sum + lengthMs, 0);
}
