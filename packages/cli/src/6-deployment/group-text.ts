import type { MaintenanceGroup } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { windowText } from './window-text.ts';

/** `sun 02:00 4h`, as it is typed. */
export function windowsText(windows: MaintenanceGroup['windows']): string {
  if (windows.length === 0) return 'none: nothing is done to its hosts';
  return windows.map(windowText).join(', ');
}

/** The first of the next as an instant: what people read wrongly is local time. */
export function nextText({ next: [first] }: MaintenanceGroup): string {
  return first === undefined ? '-' : momentText(first.from);
}

/** All that a person needs to know of a group, with the next windows in its own time and in everybody's. */
export function groupText({ assets, next, tzdata, windows, zone }: MaintenanceGroup, title: string): string {
  const lines = [
    title,
    `  zone     ${plainText(zone)} (tzdata ${plainText(tzdata)})`,
    `  windows  ${windowsText(windows)}`,
    ...next.map(
      ({ from, until, offset }) =>
        `  next     ${localText(from, offset)} = ${momentText(from)} to ${momentText(until)}`,
    ),
    `  assets   ${assets}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** `Sun 2026-11-22 02:00 +01:00`: what clocks show there at that instant. */
function localText(at: string, offset: string): string {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const offsetMs = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  const local = new Date(Date.parse(at) + offsetMs);
  const day = local.toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' });
  return `${day} ${local.toISOString().slice(0, 16).replace('T', ' ')} ${offset}`;
}
