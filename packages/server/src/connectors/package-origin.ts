import { setTimeout as pause } from 'node:timers/promises';
import { type Dispatcher, EnvHttpProxyAgent, errors, request } from 'undici';
import { codeOf, messageOf } from '../platform/system-error.ts';

const CONNECT_MS_MAX = 10_000;
const HEADERS_MS_MAX = 30_000;
/** Between two pieces of the body. */
const SILENCE_MS_MAX = 30_000;
/** Of one file: the largest kernel package over a slow line. */
const FETCH_MS_MAX = 1_800_000;
/** A mirror redirects to a mirror near by, rarely twice. */
const REDIRECTS_MAX = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OK = 200;
/** A broken connection is tried again at once and once more; a longer trouble is for the next round. */
const ATTEMPTS_MAX = 3;
const PAUSE_MS = 500;

/** `unreachable`: worth another try. `not-found`: the origin says it has no such file. `too-large`: more than allowed. */
export class OriginFault extends Error {
  readonly fault: 'unreachable' | 'not-found' | 'too-large';

  constructor(fault: OriginFault['fault'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OriginFault';
    this.fault = fault;
  }
}

interface FileRequest {
  readonly url: string;
  readonly bytesMax: number;
  /** Ends the fetch early, when the server stops. */
  readonly signal: AbortSignal;
}

export interface PackageOrigin {
  /** Gives the bytes to `take` as they come, from the beginning again after a broken connection. Throws OriginFault. */
  readonly fetch: <T>(wanted: FileRequest, take: (body: AsyncIterable<Uint8Array>) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Asks package repositories for their files, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name. */
export function openPackageOrigin(userAgent: string, pauseMs: number = PAUSE_MS): PackageOrigin {
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: CONNECT_MS_MAX },
    headersTimeout: HEADERS_MS_MAX,
    bodyTimeout: SILENCE_MS_MAX,
  });
  return {
    fetch: async (wanted, take) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await fetchOnce(agent, userAgent, wanted, take);
        } catch (error) {
          const again = error instanceof OriginFault && error.fault === 'unreachable' && !wanted.signal.aborted;
          if (!again || attempt === ATTEMPTS_MAX) throw error;
        }
        await pause(pauseMs * attempt, undefined, { signal: wanted.signal });
      }
    },
    close: () => agent.close(),
  };
}

async function fetchOnce<T>(
  agent: Dispatcher,
  userAgent: string,
  wanted: FileRequest,
  take: (body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([wanted.signal, AbortSignal.timeout(FETCH_MS_MAX)]);
  // Files are wanted as they are signed, not as a proxy would pack them; and not from its memory of last week.
  const headers = { 'user-agent': userAgent, 'accept-encoding': 'identity', 'cache-control': 'no-cache' };
  let url = new URL(wanted.url);
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const { statusCode, headers: answered, body } = await ask(url, { dispatcher: agent, headers, signal });
    if (statusCode === OK) return take(counted(body, url, wanted.bytesMax));
    await body.dump();
    const location = answered['location'];
    if (!REDIRECTS.has(statusCode) || typeof location !== 'string') throw refused(url, statusCode);
    url = redirected(url, location);
  }
  throw new OriginFault('unreachable', `${url.host} sent us on more than ${REDIRECTS_MAX} times`);
}

async function ask(url: URL, options: Parameters<typeof request>[1]): ReturnType<typeof request> {
  try {
    return await request(url, options);
  } catch (error) {
    throw unreachable(url, error);
  }
}

function refused(url: URL, statusCode: number): OriginFault {
  const gone = statusCode === 404 || statusCode === 410;
  return new OriginFault(gone ? 'not-found' : 'unreachable', `${url.host} answered ${statusCode} to ${url.pathname}`);
}

/** What was asked for over TLS does not arrive in the clear. */
function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from);
  const allowed = from.protocol === 'https:' ? ['https:'] : ['https:', 'http:'];
  if (to !== null && allowed.includes(to.protocol)) return to;
  throw new OriginFault('unreachable', `${from.host} sent us on to ${location}, where we do not follow`);
}

async function* counted(body: AsyncIterable<Uint8Array>, url: URL, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const pieces = body[Symbol.asyncIterator]();
  try {
    while (true) {
      // Only what the network does is the origin's fault; what the taker throws at the yield is its own.
      const { done, value } = await pieces.next().catch((error: unknown) => {
        throw unreachable(url, error);
      });
      if (done === true) return;
      bytes += value.length;
      if (bytes > bytesMax) throw new OriginFault('too-large', `${url.host} serves more than ${bytesMax} bytes`);
      yield value;
    }
  } finally {
    await pieces.return?.();
  }
}

function unreachable(url: URL, error: unknown): unknown {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const isNetwork = error instanceof errors.UndiciError || codeOf(error) !== undefined || timedOut;
  if (!isNetwork) return error;
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  return new OriginFault('unreachable', `${url.host} cannot be reached: ${messageOf(cause)}`, error);
}
