import { dateOfDay, dateText, twoDigits } from './calendar.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from './units.ts';

/** `2026-11-22 18:00 UTC`. Core has no clock and no calendar of its own, but its sentences name times. */
export function instantText(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS);
  const rest = instant - day * DAY_MS;
  const time = `${twoDigits(Math.floor(rest / HOUR_MS))}:${twoDigits(Math.floor((rest % HOUR_MS) / MINUTE_MS))}`;
  return `${dateText(dateOfDay(day))} ${time} UTC`;
}
