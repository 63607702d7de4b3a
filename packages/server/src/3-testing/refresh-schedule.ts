import { HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { TimerChange } from '../platform/corridor.ts';

export const REFRESH = 'origin.refresh';
/** A release is to be seen within the hour. // SOP S1 */
const REFRESH_EVERY_MS = HOUR_MS;
const BACKOFF_MS_MIN = MINUTE_MS;
/** Servers that were started together do not ask together. */
const JITTER_SHARE = 0.2;

/** When an origin is asked again; after failures sooner than usual, then as usual. */
export function nextRefresh(origin: string, failures: number, now: Instant, dice: number): TimerChange {
  const pauseMs = failures === 0 ? REFRESH_EVERY_MS : Math.min(BACKOFF_MS_MIN * 2 ** (failures - 1), REFRESH_EVERY_MS);
  return { kind: REFRESH, subject: origin, due: Math.round(now + pauseMs * (1 + JITTER_SHARE * dice)) };
}
