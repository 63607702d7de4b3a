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
const PARTIAL = 206;
const NOT_MODIFIED = 304;
/** A line that breaks more often is none to fetch hundreds of megabytes over. */
const RESUMES_MAX = 5;

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
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    // The file is wanted as it is published, so that its hash means something.
    'accept-encoding': 'identity',
    ...(wanted.etag === null ? {} : { 'if-none-match': wanted.etag }),
  };
  const options: RequestOptions = { dispatcher: agent, headers, signal };
  let url = new URL(wanted.url);
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const response = await ask(url, options);
    const { statusCode, headers: answered, body } = response;
    if (statusCode === OK) {
      const etag = textOf(answered['etag']);
      return { kind: 'served', body: whole({ url, body, etag, bytesMax: wanted.bytesMax, options }), etag };
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

interface RequestOptions {
  readonly dispatcher: Dispatcher;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

async function ask(url: URL, options: RequestOptions): ReturnType<typeof request> {
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

interface Served {
  readonly url: URL;
  readonly body: AsyncIterable<Buffer>;
  readonly etag: string | null;
  readonly bytesMax: number;
  readonly options: RequestOptions;
}

/** The bytes of a feed, counted; where the line breaks, the rest is asked for. */
function whole(served: Served): Readable {
  return Readable.from(pieces(served), { objectMode: false });
}

async function* pieces(served: Served): AsyncGenerator<Buffer> {
  const { url, bytesMax } = served;
  let { body } = served;
  let bytes = 0;
  for (let resumes = 0; ; resumes += 1) {
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > bytesMax) throw new Refusal('feed-unreadable', `${url.host} serves more than ${bytesMax} bytes.`);
        yield chunk;
      }
      return;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const rest = resumes < RESUMES_MAX ? await restOf(served, bytes) : null;
      if (rest === null) throw unreachable(url, error);
      body = rest;
    }
  }
}

/** What follows after so many bytes; null: its origin does not say that it is still the same file. // RFC 9110 §13.1.5, §14.2 */
async function restOf({ url, etag, options }: Served, bytes: number): Promise<AsyncIterable<Buffer> | null> {
  // A weak tag stands for other bytes as well, and no bytes need no range.
  if (etag === null || etag.startsWith('W/') || options.signal.aborted) return null;
  const { 'if-none-match': _, ...headers } = options.headers;
  const ranged = { ...headers, range: `bytes=${bytes}-`, 'if-range': etag };
  const { statusCode, headers: answered, body } = await ask(url, { ...options, headers: ranged });
  const begins = textOf(answered['content-range'])?.startsWith(`bytes ${bytes}-`) === true;
  if (statusCode === PARTIAL && begins) return body;
  await body.dump();
  return null;
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
