import type { Instant } from '@patchsteward/core/vocabulary';
import { IndexFault } from './release-fault.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Always UTC, whatever it calls it. // apt RFC1123StrToTime */
const DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), {1,2}(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{1,2}):(\d\d):(\d\d) (?:UTC|GMT|Z|[+-]0000)$/;

/** `Sat, 22 Nov 2026 09:05:00 UTC`, as Release files have it. Throws IndexFault. */
export function instantOfDate(text: string): Instant {
  const [, day, month, year, hour, minute, second] = DATE.exec(text) ?? [];
  const monthIndex = MONTHS.indexOf(month ?? '');
  const parts = [Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const instant = Date.UTC(...parts);
  const date = new Date(instant);
  // 31 February would silently become March.
  const exists = monthIndex >= 0 && date.getUTCDate() === parts[2] && date.getUTCHours() === parts[3];
  if (!exists) throw new IndexFault(`"${text.slice(0, 60)}" is no date of a Release file`);
  return instant;
}
