import { Readable } from 'node:stream';
import { type Dispatcher, EnvHttpProxyAgent, errors, request } from 'undici';
import { Refusal } from '../platform/http/refusal.ts';
import { codeOf, messageOf } from '../platform/system-error.ts';

const CONNECT_MS_MAX = 10_000;
const HEADERS_MS_MAX = 30_000;
/** Between two pieces of the body. */
const SILENCE_MS_MAX = 30_000;
/** Of a whole fetch: the largest feed over a slow line. */
const FETCH_MS_MAX = 600_000;
/** Publishers move their files behind a name that stays, rarely twice. */
const REDIRECTS_MAX = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OK = 200;
const NOT_MODIFIED = 304;

interface FeedRequest {
  readonly url: string;
  /** Of what we have; its origin then says "not modified" instead of sending it again. // RFC 9110 §13.1.2 */
  readonly etag: string | null;
  readonly bytesMax: number;
  /** Ends the fetch early, when the server stops. */
  readonly signal: AbortSignal;
}

export type FeedResponse =
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'served'; readonly body: Readable; readonly etag: string | null };

export interface FeedOrigin {
  /** Refuses with `feed-unreachable`; so does the body while it is read. */
  readonly fetch: (wanted: FeedRequest) => Promise<FeedResponse>;
  readonly close: () => Promise<void>;
}

/** Asks publishers for their files, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name. */
export function openFeedOrigin(userAgent: string): FeedOrigin {
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: CONNECT_MS_MAX },
    headersTimeout: HEADERS_MS_MAX,
    bodyTimeout: SILENCE_MS_MAX,
  });
  return {
    fetch: (wanted) => fetchFeed(agent, userAgent, wanted),
    close: () => agent.close(),
  };
}

async function fetchFeed(agent: Dispatcher, userAgent: string, wanted: FeedRequest): Promise<FeedResponse> {
  const signal = AbortSignal.any([wanted.signal, AbortSignal.timeout(FETCH_MS_MAX)]);
  const headers = {
    'user-agent': userAgent,
    // The file is wanted as it is published, so that its hash means something.
    'accept-encoding': 'identity',
    ...(wanted.etag === null ? {} : { 'if-none-match': wanted.etag }),
  };
  let url = new URL(wanted.url);
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const response = await ask(url, { dispatcher: agent, headers, signal });
    const { statusCode, headers: answered, body } = response;
    if (statusCode === OK) {
      return { kind: 'served', body: counted(body, url, wanted.bytesMax), etag: textOf(answered['etag']) };
    }
    await body.dump();
    if (statusCode === NOT_MODIFIED) return { kind: 'not-modified' };
    const location = textOf(answered['location']);
    if (!REDIRECTS.has(statusCode) || location === null) {
      throw new Refusal('feed-unreachable', `${url.host} answered ${statusCode} to ${url.pathname}.`);
    }
    url = redirected(url, location);
  }
  throw new Refusal('feed-unreachable', `${url.host} sent us on more than ${REDIRECTS_MAX} times.`);
}

async function ask(url: URL, options: Parameters<typeof request>[1]): ReturnType<typeof request> {
  try {
    return await request(url, options);
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** What was asked for over TLS does not arrive in the clear. */
function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from);
  const allowed = from.protocol === 'https:' ? ['https:'] : ['https:', 'http:'];
  if (to !== null && allowed.includes(to.protocol)) return to;
  throw new Refusal('feed-unreachable', `${from.host} sent us on to ${location}, where we do not follow.`);
}

function counted(body: Readable, url: URL, bytesMax: number): Readable {
  return Readable.from(
    (async function* () {
      let bytes = 0;
      try {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes > bytesMax) throw new Refusal('feed-unreadable', `${url.host} serves more than ${bytesMax} bytes.`);
          yield chunk;
        }
      } catch (error) {
        throw error instanceof Refusal ? error : unreachable(url, error);
      }
    })(),
    { objectMode: false },
  );
}

function unreachable(url: URL, error: unknown): unknown {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const isNetwork = error instanceof errors.UndiciError || codeOf(error) !== undefined || timedOut;
  if (!isNetwork) return error;
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  return new Refusal('feed-unreachable', `${url.host} cannot be reached: ${messageOf(cause)}.`, { cause: error });
}

function textOf(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
