import type { MaintenanceGroupChange } from '@patchsteward/contract';
import { WEEKDAYS, type WindowRule } from '@patchsteward/core/plan';
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
  return { zone, windows: windows.map((window) => ({ ...window })) };
}

/** By kind, day and time, each once, with its fields in one order: the same windows are then the same text. */
function inOrder(windows: readonly WindowRule[]): WindowRule[] {
  const distinct = new Map(windows.map((window) => [placeOf(window), inOneForm(window)]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, window]) => window);
}

function inOneForm(window: WindowRule): WindowRule {
  const { start, durationMs } = window;
  switch (window.kind) {
    case 'weekly':
      return { kind: 'weekly', weekday: window.weekday, start, durationMs };
    case 'monthly': {
      const { nth, weekday, offsetDays } = window;
      return { kind: 'monthly', nth, weekday, offsetDays, start, durationMs };
    }
    case 'once':
      return { kind: 'once', date: window.date, start, durationMs };
  }
}

/** Those that come again first, those that come once last. */
function placeOf(window: WindowRule): string {
  const { start, durationMs } = window;
  switch (window.kind) {
    case 'weekly':
      return `1 ${WEEKDAYS.indexOf(window.weekday)} ${start} ${durationMs}`;
    case 'monthly':
      return `2 ${window.nth} ${WEEKDAYS.indexOf(window.weekday)} ${window.offsetDays} ${start} ${durationMs}`;
    case 'once':
      return `3 ${window.date} ${start} ${durationMs}`;
  }
}
