import { useSyncExternalStore } from 'react';
import { now } from './now.ts';

let failingSince: number | null = null;
const listeners = new Set<() => void>();

/** The server answered, whatever it said. */
export function reached(): void {
  set(null);
}

/** Nobody answered. The first of a row of failures is remembered. */
export function unreached(): void {
  set(failingSince ?? now());
}

function set(next: number | null): void {
  if (next === failingSince) return;
  failingSince = next;
  for (const listener of listeners) listener();
}

/** Since when the server does not answer; null while it does. */
export function useFailingSince(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => failingSince,
  );
}
