import { useSyncExternalStore } from 'react';

/** Relative times name minutes at their finest; twice a minute is enough. */
const TICK_MS = 30_000;
/** The Date header counts in whole seconds and travels; below this the reader's clock is taken as right. */
const SKEW_IGNORED_BELOW_MS = 5_000;

let skewMs = 0;
let current = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/**
 * The server's clock, as far as we know it. Whether something is late the server says; how far away an instant is, is
 * computed here, and a reader's clock that is wrong must not make the two disagree.
 */
export function now(): number {
  return Date.now() + skewMs;
}

/** Takes the Date header of an answer. */
export function noteServerDate(header: string | null): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverMs)) return;
  const difference = serverMs - Date.now();
  skewMs = Math.abs(difference) < SKEW_IGNORED_BELOW_MS ? 0 : difference;
}

/** The present, to be rendered; one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    tick();
    timer = setInterval(tick, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  current = now();
  for (const listener of listeners) listener();
}
