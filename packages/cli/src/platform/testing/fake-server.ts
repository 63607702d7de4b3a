import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EndpointId, ERRORS, type ErrorCode, ROUTES, type Route } from '@patchsteward/contract';
import type { CallAnswer } from '@patchsteward/contract/client';

/** What a route was asked, as its schemas understand it; a body of bytes as a Buffer. */
export interface FakeCall {
  readonly id: EndpointId;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

type FakeAnswers = { readonly [Id in EndpointId]?: (call: FakeCall) => CallAnswer<Id> };

/** Thrown by an answer: the server refuses. */
export class FakeRefusal extends Error {
  readonly code: ErrorCode;
  readonly details: readonly { path: string; problem: string }[] | undefined;

  constructor(code: ErrorCode, message: string, details?: readonly { path: string; problem: string }[]) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/**
 * A server that keeps the contract, on a socket in a data directory of its own and on a port: what it is asked and what
 * it answers must pass the schemas of the route.
 */
export class FakeServer {
  readonly data: string;
  readonly calls: FakeCall[] = [];
  answers: FakeAnswers = {};
  readonly #servers: readonly Server[];

  private constructor(data: string) {
    this.data = data;
    this.#servers = [1, 2].map(() => createServer((request, response) => void this.#serve(request, response)));
  }

  static async start(): Promise<FakeServer> {
    const fake = new FakeServer(await mkdtemp(join(tmpdir(), 'fake-server-')));
    const [local, network] = fake.#servers;
    await new Promise<void>((resolve) => local?.listen(join(fake.data, 'api.sock'), resolve));
    await new Promise<void>((resolve) => network?.listen(0, resolve));
    return fake;
  }

  get port(): number {
    const address = this.#servers[1]?.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await rm(this.data, { recursive: true, force: true });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const call = await callOf(request);
      this.calls.push(call);
      const answer = this.answers[call.id];
      if (answer === undefined) throw new FakeRefusal('not-found', `Nothing is at ${call.id}.`);
      const schema = ROUTES[call.id].answer;
      if (schema === 'bytes') {
        response.writeHead(200, { 'content-disposition': 'attachment' }).end(Buffer.from(await bytesOf(answer(call))));
        return;
      }
      if (schema === 'events')
        throw new FakeRefusal('not-found', `${call.id} is no JSON, and this server has nothing else.`);
      send(response, 200, schema.parse(answer(call)));
    } catch (error) {
      // A broken contract is a mistake of the test; the command then says what the test did not expect.
      const { code, details, message } =
        error instanceof FakeRefusal ? error : new FakeRefusal('internal', `the contract is broken: ${String(error)}`);
      const { status, whatToDo } = ERRORS[code];
      const requestId = randomUUID();
      send(response, status, { error: { code, message, whatToDo, requestId, ...(details ? { details } : {}) } });
    }
  }
}

/** What a route that gives a file was told to answer. */
async function bytesOf(answer: unknown): Promise<ArrayBuffer> {
  if (answer instanceof Response) return answer.arrayBuffer();
  throw new Error('a file is answered by a Response');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function callOf(request: IncomingMessage): Promise<FakeCall> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { params, route } = routeOf(request.method ?? '', url.pathname);
  const bytes = Buffer.concat(await request.toArray());
  return {
    id: route.id,
    params: recordOf(route.params.parse(params)),
    query: recordOf(route.query.parse(Object.fromEntries(url.searchParams))),
    body: bodyOf(route, bytes),
    authorization: request.headers.authorization,
  };
}

/** As on the real server a word of a path comes before a parameter in its place. */
const KNOWN: readonly (Route & { readonly id: EndpointId })[] = Object.values(ROUTES).toSorted(
  (one, other) => parametersIn(one.path) - parametersIn(other.path),
);

function parametersIn(path: string): number {
  return path.split('{').length - 1;
}

function routeOf(method: string, path: string) {
  for (const route of KNOWN) {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const match = route.method === method ? pattern.exec(path) : null;
    if (match === null) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { route, params: Object.fromEntries(params) };
  }
  throw new FakeRefusal('not-found', `Nothing is at ${method} ${path}.`);
}

function recordOf(value: unknown): Record<string, unknown> {
  return { ...(typeof value === 'object' ? value : {}) };
}

function bodyOf(route: Route, bytes: Buffer): unknown {
  if (route.body === 'none') return undefined;
  return route.body === 'bytes' ? bytes : route.body.parse(JSON.parse(bytes.toString('utf8')));
}
