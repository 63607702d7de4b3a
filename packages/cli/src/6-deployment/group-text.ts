import type { MaintenanceGroup } from '@patchsteward/contract';
import { spanText } from '../platform/span-text.ts';
import { momentText } from '../platform/time-text.ts';

/** `sun 02:00 4h`, as it is typed. */
export function windowsText(windows: MaintenanceGroup['windows']): string {
  if (windows.length === 0) return 'none: nothing is done to its hosts';
  return windows.map(({ weekday, start, durationMs }) => `${weekday} ${start} ${spanText(durationMs)}`).join(', ');
}

/** The first of the next as an instant: what people read wrongly is local time. */
export function nextText({ next: [first] }: MaintenanceGroup): string {
  return first === undefined ? '-' : momentText(first.from);
}
