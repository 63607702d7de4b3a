const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `2026-11-24 16:53 UTC`: the same for every reader. */
export function momentText(timestamp: string): string {
  return `${timestamp.slice(0, 16).replace('T', ' ')} UTC`;
}

/** How far an instant lies from now: `in 2 days`, `3 hours ago`. */
export function distanceText(timestamp: string, now: number): string {
  const ms = Date.parse(timestamp) - now;
  const length = lengthText(Math.abs(ms));
  return ms >= 0 ? `in ${length}` : `${length} ago`;
}

/** A due time for a table: `in 2 days`, `3 hours late`. */
export function dueText({ due, late }: { readonly due: string; readonly late: boolean }, now: number): string {
  return late ? `${lengthText(Math.abs(Date.parse(due) - now))} late` : distanceText(due, now);
}

/** A length of time in the largest unit of which there are at least two. */
function lengthText(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  if (ms >= 2 * HOUR_MS) return `${Math.floor(ms / HOUR_MS)} hours`;
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes === 0) return 'moments';
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
