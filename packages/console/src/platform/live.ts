import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { backoffMs } from './live-backoff.ts';
import { changedIn, isTouched } from './live-words.ts';

/** Where the server tells of changes. */
const ADDRESS = '/api/v1/events';

/**
 * Hears of changes while the window is seen, and loads again what is shown. Where nobody tells, every list asks by
 * itself now and then, so that a line that is down costs freshness and nothing else. A window that nobody sees keeps no
 * line: browsers allow a server only some of them at once.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => listen(queries), [queries]);
}

function listen(queries: QueryClient): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let again = false;

  function open(): void {
    if (source !== null || document.visibilityState === 'hidden') return;
    const opened = new EventSource(ADDRESS);
    source = opened;
    opened.addEventListener('open', () => {
      // What changed while there was no line nobody told. At the first one everything was loaded just now.
      if (again) void queries.invalidateQueries();
      failures = 0;
    });
    opened.addEventListener('message', (event: MessageEvent<string>) => refresh(queries, event.data));
    // Whoever asks next is told to sign in.
    opened.addEventListener('signed-out', () => void queries.invalidateQueries());
    opened.addEventListener('error', () => {
      close();
      failures += 1;
      retry = setTimeout(open, backoffMs(failures, Math.random()));
    });
  }

  function close(): void {
    clearTimeout(retry);
    // Also where the line was never open: whoever hides a window at once missed as much.
    again = true;
    source?.close();
    source = null;
  }

  function onVisibility(): void {
    if (document.visibilityState === 'hidden') {
      close();
      return;
    }
    open();
  }

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}

function refresh(queries: QueryClient, message: string): void {
  const changed = changedIn(message);
  if (changed === null) return;
  void queries.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, changed) });
}
