/** A server that asks for less would be overrun, one that asks for more forgotten. */
const POLL_MS_MIN = 1_000;
const POLL_MS_MAX = 60 * 60_000;
/** Hosts that start together must not ask together. */
const JITTER_SHARE = 0.3;

const BACKOFF_MS_FIRST = 5_000;
/** A server that was away for a day is found again within a quarter of an hour. */
const BACKOFF_MS_MAX = 15 * 60_000;

/** The time to the next check-in: what the server named, within sense, give or take 30 %. `random` is from [0, 1). */
export function pollMs(nextPollMs: number, random: number): number {
  const base = Math.min(Math.max(nextPollMs, POLL_MS_MIN), POLL_MS_MAX);
  return Math.round(base * (1 + JITTER_SHARE * (2 * random - 1)));
}

/** The time to the next try after so many failures in a row: doubling, between half of it and all of it. */
export function backoffMs(failures: number, random: number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 30);
  const base = Math.min(BACKOFF_MS_FIRST * 2 ** doublings, BACKOFF_MS_MAX);
  return Math.round(base * (0.5 + random / 2));
}
