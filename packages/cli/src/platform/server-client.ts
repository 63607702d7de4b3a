import { ApiError, type Client, createClient, NotTheServerError } from '@patchsteward/contract/client';
import { Agent, fetch as undiciFetch } from 'undici';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import type { ServerOptions } from './server-options.ts';
import { nameOf, type Place, placeOf, wouldLeakToken } from './server-place.ts';
import { meaningOf, systemCode } from './system-error.ts';
import { clause } from './words.ts';

/** An import of the largest feed on a slow disk; the server gives up before. */
const ANSWER_MS_MAX = 900_000;
/** Problems of a request that are told; the rest is of the same kind. */
const DETAILS_SHOWN_MAX = 3;

/** Calls the server of this machine through its socket, or another one by its address and a token. */
export async function withServer<T>(
  options: ServerOptions,
  context: Context,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const place = placeOf(options, context.environment);
  if (wouldLeakToken(place)) context.note('the API token travels unencrypted to this server; use https');
  const timeouts = { headersTimeout: ANSWER_MS_MAX, bodyTimeout: ANSWER_MS_MAX };
  const agent = new Agent(place.kind === 'socket' ? { ...timeouts, connect: { socketPath: place.path } } : timeouts);
  try {
    return await work(clientOf(place, agent));
  } catch (error) {
    throw failureOf(error, place);
  } finally {
    context.progress.clear();
    await agent.destroy();
  }
}

/** The refusal of a server as a failure that says what to do; null where the error is another. */
export function refusalOf(error: unknown): Failure | null {
  if (!(error instanceof ApiError)) return null;
  const details = error.details.slice(0, DETAILS_SHOWN_MAX).map(({ path, problem }) => `${path}: ${problem}`);
  const said = [clause(error.message), ...details].join('; ');
  // The advice then is to look the request up in the log of the server.
  const what = error.code === 'internal' ? `${said} (request ${error.requestId})` : said;
  return new Failure(what, advice(error.whatToDo), { cause: error });
}

/** As the second half of a line. */
function advice(sentence: string): string {
  return clause(sentence.charAt(0).toLowerCase() + sentence.slice(1));
}

function clientOf(place: Place, agent: Agent): Client {
  // Whoever signs in within one command stays signed in until it ends, as in a browser.
  let cookie = '';
  const reach = async (url: string, init: { readonly headers?: Readonly<Record<string, string>> }) => {
    try {
      const headers = cookie === '' ? init.headers : { ...init.headers, cookie };
      const response = await undiciFetch(url, { ...init, ...(headers && { headers }), dispatcher: agent });
      const set = response.headers.getSetCookie().map((one) => one.split(';', 1)[0] ?? '');
      if (set.length > 0) cookie = set.join('; ');
      return response;
    } catch (error) {
      throw unreachable(error, place);
    }
  };
  return createClient({
    base: place.kind === 'socket' ? 'http://localhost' : place.url.href.replace(/\/+$/, ''),
    headers: place.kind === 'socket' || place.token === undefined ? {} : { authorization: `Bearer ${place.token}` },
    // The library's fetch is the platform's, with a choice of connection; their declarations differ in names alone.
    fetch: reach as unknown as typeof fetch,
  });
}

function failureOf(error: unknown, place: Place): unknown {
  if (error instanceof NotTheServerError) {
    return new Failure(`${nameOf(place)}: ${error.message}`, 'check the address, and any proxy before the server', {
      cause: error,
    });
  }
  const tokenless = place.kind === 'address' && place.token === undefined;
  if (error instanceof ApiError && error.code === 'not-signed-in' && tokenless) {
    const advice =
      'let an administrator make one (patchsteward person add … --api-token) and set PATCHSTEWARD_TOKEN to it';
    return new Failure(`${nameOf(place)} wants an API token`, advice, { cause: error });
  }
  return refusalOf(error) ?? error;
}

/** What was tried, and how to get a server there. */
function unreachable(error: unknown, place: Place): unknown {
  // The library wraps what broke the connection; a file that could not be read on its way has said so itself.
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Failure) return cause;
  const code = systemCode(cause);
  if (place.kind === 'address') {
    return new Failure(
      `no server answers at ${nameOf(place)}: ${wordsOf(cause)}`,
      'check the address and the network',
      {
        cause,
      },
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const advice = 'run this as the user of the server, or name its address with --server';
    return new Failure(`this user may not open ${place.path}`, advice, { cause });
  }
  const gone = code === 'ENOENT' || code === 'ECONNREFUSED';
  return new Failure(
    gone ? `no server runs here: nothing answers at ${place.path}` : `${place.path} does not answer: ${wordsOf(cause)}`,
    'start it with "npm start" or "patchsteward serve", or name another with --data or --server',
    { cause },
  );
}

const NETWORK_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'it takes too long',
  UND_ERR_HEADERS_TIMEOUT: 'it takes too long',
};

function wordsOf(cause: unknown): string {
  return NETWORK_WORDS[systemCode(cause) ?? ''] ?? meaningOf(cause).what;
}
