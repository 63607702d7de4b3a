import type { MaintenanceGroupChange } from '@patchsteward/contract';
import { WEEKDAYS, type WeeklyWindow } from '@patchsteward/core/plan';
import type { JsonValue } from '../platform/column-types.ts';
import type { NewLeaf } from '../platform/corridor.ts';
import type { Group } from './group-store.ts';

type GroupChangeDecision =
  | { readonly kind: 'conflict'; readonly version: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'change'; readonly group: Group; readonly leaf: NewLeaf };

/** What a wished change does to a group; nobody overwrites what they have not seen. // SOP P7.1 */
export function decideGroupChange(
  name: string,
  before: Group | undefined,
  { version, zone, windows }: MaintenanceGroupChange,
): GroupChangeDecision {
  const current = before?.version ?? 0;
  if (current !== version) return { kind: 'conflict', version: current };
  const group = { name, zone, windows: inOrder(windows), version: current + 1 };
  if (
    before !== undefined &&
    zone === before.zone &&
    JSON.stringify(group.windows) === JSON.stringify(before.windows)
  ) {
    return { kind: 'unchanged' };
  }
  const payload = { version: group.version, before: before === undefined ? null : said(before), after: said(group) };
  return { kind: 'change', group, leaf: { kind: 'maintenance-group.changed', subject: name, payload } };
}

export function removalLeaf(group: Group): NewLeaf {
  return {
    kind: 'maintenance-group.removed',
    subject: group.name,
    payload: { version: group.version, before: said(group) },
  };
}

function said({ zone, windows }: Group): JsonValue {
  return { zone, windows: windows.map(({ weekday, start, durationMs }) => ({ weekday, start, durationMs })) };
}

/** By weekday and time, each once, with its fields in one order: the same windows are then the same text. */
function inOrder(windows: readonly WeeklyWindow[]): WeeklyWindow[] {
  const distinct = new Map(windows.map((window) => [`${placeOf(window)} ${window.durationMs}`, window]));
  return [...distinct.values()]
    .map(({ weekday, start, durationMs }) => ({ weekday, start, durationMs }))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ weekday, start }: WeeklyWindow): string {
  return `${WEEKDAYS.indexOf(weekday)} ${start}`;
}
