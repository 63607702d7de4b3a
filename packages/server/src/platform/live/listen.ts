import pg from 'pg';
import { z } from 'zod';
import type { DatabaseAddress } from '../connections.ts';
import type { Log } from '../log.ts';
import { messageOf } from '../system-error.ts';
import { ANYTHING } from './change-words.ts';
import { CHANNEL } from './tell.ts';

/** A database that is gone comes back in seconds or not for long: tried again, but not in a frenzy. */
const RETRY_MS = 2_000;
const CONNECT_MS_MAX = 5_000;
/** A line that died without a word is noticed by the system's own probes. */
const KEEP_ALIVE_AFTER_MS = 10_000;

const Told = z.array(z.string());

interface ListenOptions {
  readonly address: DatabaseAddress;
  readonly log: Log;
  readonly onChange: (words: readonly string[]) => void;
}

/**
 * Hears what all servers of this database change. A connection of its own, since a listener keeps it for ever. What was
 * said while there was none nobody knows: then anything may have changed.
 */
export function listenForChanges(options: ListenOptions): { readonly close: () => Promise<void> } {
  const stopped = new AbortController();
  const running = keepListening(options, stopped.signal);
  return {
    close: async () => {
      stopped.abort();
      await running;
    },
  };
}

async function keepListening({ address, log, onChange }: ListenOptions, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await listenOnce(address, attempt > 1, onChange, signal);
    } catch (error) {
      log.debug({ err: error }, `the server does not hear of changes: ${messageOf(error)}`);
    }
    if (!signal.aborted) await wait(RETRY_MS, signal);
  }
}

/** Ends when the connection does. */
async function listenOnce(
  address: DatabaseAddress,
  missed: boolean,
  onChange: ListenOptions['onChange'],
  signal: AbortSignal,
): Promise<void> {
  const client = new pg.Client({
    ...('url' in address ? { connectionString: address.url } : address),
    application_name: 'patchsteward events',
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  });
  const gone = new Promise<void>((resolve) => {
    client.on('end', () => resolve());
    // Without a listener the process would end; the end of the connection follows.
    client.on('error', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  client.on('notification', ({ payload }) => onChange(wordsOf(payload)));
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    if (missed) onChange([ANYTHING]);
    await gone;
  } finally {
    await client.end().catch(() => undefined); // It is gone already.
  }
}

/** A newer server on the same database may say what we do not understand. */
function wordsOf(payload: string | undefined): readonly string[] {
  try {
    return Told.parse(JSON.parse(payload ?? ''));
  } catch {
    return [ANYTHING];
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
