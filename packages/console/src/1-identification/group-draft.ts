import type { MaintenanceGroup, MaintenanceGroupChange, WeekdayText } from '@patchsteward/contract';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** A window may be the whole week. */
const HOURS_MAX = 168;
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** A group as its form holds it; a window's length in hours, as it is typed. */
export interface GroupDraft {
  readonly name: string;
  readonly zone: string;
  readonly windows: readonly WindowDraft[];
}
export interface WindowDraft {
  readonly weekday: WeekdayText;
  readonly start: string;
  readonly hours: string;
}

/** Sunday night is when most houses do it. */
export const USUAL_WINDOW: WindowDraft = { weekday: 'sun', start: '02:00', hours: '4' };

export function groupDraft(group: MaintenanceGroup | undefined, zone: string): GroupDraft {
  if (group === undefined) return { name: '', zone, windows: [USUAL_WINDOW] };
  const windows = group.windows.map(({ weekday, start, durationMs }) => ({
    weekday,
    start,
    hours: hoursText(durationMs),
  }));
  return { name: group.name, zone: group.zone, windows };
}

export function hoursText(durationMs: number): string {
  return String(Math.round((durationMs / HOUR_MS) * 1_000) / 1_000);
}

export function groupChange(version: number, { zone, windows }: GroupDraft): MaintenanceGroupChange {
  return {
    version,
    zone: zone.trim(),
    windows: windows.map(({ weekday, start, hours }) => ({ weekday, start, durationMs: lengthOf(hours) })),
  };
}

export function groupProblem({ name, zone, windows }: GroupDraft): 'name' | 'zone' | 'window' | null {
  if (!NAME.test(name)) return 'name';
  if (zone.trim() === '') return 'zone';
  return windows.every(({ start, hours }) => /^\d\d:\d\d$/.test(start) && isLength(hours)) ? null : 'window';
}

function isLength(hours: string): boolean {
  const lengthMs = lengthOf(hours);
  return lengthMs >= MINUTE_MS && lengthMs <= HOURS_MAX * HOUR_MS;
}

/** Whole minutes: nobody means less. */
function lengthOf(hours: string): number {
  return Math.round((Number(hours) * HOUR_MS) / MINUTE_MS) * MINUTE_MS;
}
