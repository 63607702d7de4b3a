import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { Refusal } from '../platform/http/refusal.ts';

/** Wrong enrollments of one address in one minute: a person pastes a wrong token a few times, a guesser tries for ever. */
const FAILURES_PER_MINUTE_MAX = 20;
/** Addresses that are remembered; beyond, the oldest is forgotten: a limit must not become a way to fill the memory. */
const ADDRESSES_MAX = 10_000;

interface Window {
  readonly since: Instant;
  failures: number;
}

/**
 * Counts what failed, never what worked: five hundred hosts behind one address may enroll at once. A token has 256
 * random bits, so this guards processor and log, not the secret; therefore in memory, per server.
 */
export function createEnrollmentLimit() {
  const windows = new Map<string, Window>();
  return async <T>(address: string, now: Instant, attempt: () => Promise<T>): Promise<T> => {
    const window = currentWindow(windows, address, now);
    if (window.failures >= FAILURES_PER_MINUTE_MAX) throw limited(window, now);
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Refusal) window.failures += 1;
      throw error;
    }
  };
}

function currentWindow(windows: Map<string, Window>, address: string, now: Instant): Window {
  const known = windows.get(address);
  // A clock that was set back must not make the minute longer.
  if (known !== undefined && now >= known.since && now - known.since < MINUTE_MS) return known;
  windows.delete(address);
  const oldest = windows.keys().next();
  if (windows.size >= ADDRESSES_MAX && oldest.done !== true) windows.delete(oldest.value);
  const window = { since: now, failures: 0 };
  windows.set(address, window);
  return window;
}

function limited(window: Window, now: Instant): Refusal {
  const seconds = Math.max(1, Math.ceil((window.since + MINUTE_MS - now) / 1_000));
  return new Refusal('rate-limited', `Too many failed enrollments from this address; wait ${seconds} seconds.`, {
    retryAfterSeconds: seconds,
  });
}
