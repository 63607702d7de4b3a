import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { type EndpointId, ROUTES, type Route } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Log } from '../log.ts';
import { type BodyBytes, bodyBytes } from './body.ts';
import { parseJson } from './json.ts';
import type { Admit, CallerFacts, PrincipalFor } from './principal.ts';
import { Refusal, type RefusalDetail } from './refusal.ts';

type RouteOf<Id extends EndpointId> = (typeof ROUTES)[Id];
type BodyOf<B> = B extends z.ZodType ? z.output<B> : B extends 'bytes' ? BodyBytes : undefined;

/** What a handler gets: everything already checked against the contract, and who calls. */
export interface Call<Id extends EndpointId> {
  readonly params: z.output<RouteOf<Id>['params']>;
  readonly query: z.output<RouteOf<Id>['query']>;
  readonly body: BodyOf<RouteOf<Id>['body']>;
  readonly principal: PrincipalFor<RouteOf<Id>['access']>;
  readonly requestId: string;
  /** Carries the request id in every line. */
  readonly log: Log;
  /** When the request came: one instant for everything that it does. */
  readonly now: Instant;
  /** IP address of the caller, or `local`. */
  readonly address: string;
  readonly cookie: string | undefined;
  readonly setHeader: (name: string, value: string) => void;
  /** Whether the caller would be let in at this moment as well: for answers that go on. */
  readonly stillAdmitted: () => Promise<boolean>;
}

/** A file as an answer. */
interface FileAnswer {
  readonly bytes: Readable | Uint8Array;
  /** Never JSON: clients tell a file from a refusal by it. */
  readonly mediaType: string;
  readonly fileName?: string;
  /** Shown by the browser instead of saved; whoever says so also says what the page may do. */
  readonly inline?: true;
}
/** Server-sent events, as bytes that come when something happens. // HTML §9.2 */
type AnswerOf<A> = A extends z.ZodType ? z.input<A> : A extends 'events' ? Readable : FileAnswer;
type Handler<Id extends EndpointId> = (call: Call<Id>) => Promise<AnswerOf<RouteOf<Id>['answer']>>;

/** Handlers by route id. A room gives the part it serves; the compiler says which ids are still without one. */
export type Handlers<Ids extends EndpointId> = { readonly [Id in Ids]: Handler<Id> };

export interface BindOptions {
  readonly admit: Admit;
  readonly clock: () => Instant;
  readonly log: Log;
}

export function bindAll<Ids extends EndpointId>(
  app: FastifyInstance,
  handlers: Handlers<Ids>,
  options: BindOptions,
): void {
  // The keys of an object are texts to the compiler; these came from a type that lists them.
  for (const id of Object.keys(handlers) as Ids[]) bind(app, id, handlers[id], options);
}

/** Serves one route of the contract: admits, reads, validates, calls, checks the answer. */
function bind<Id extends EndpointId>(app: FastifyInstance, id: Id, handler: Handler<Id>, options: BindOptions): void {
  const route: Route = ROUTES[id];
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { routeId: id, secret: route.secret === true },
    handler: async (request, reply) => {
      const call = await callOf(route, request, reply, options);
      // Everything in `call` went through the schemas of exactly this route.
      const answer = await handler(call as unknown as Call<Id>);
      if (route.answer === 'bytes') return sendFile(reply, answer as FileAnswer);
      if (route.answer === 'events') return sendEvents(reply, answer as Readable);
      return reply
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(checkedAnswer(route.id, route.answer, answer)));
    },
  });
}

function sendFile(reply: FastifyReply, { bytes, mediaType, fileName, inline }: FileAnswer): FastifyReply {
  const how = inline === true ? 'inline' : 'attachment';
  const disposition = fileName === undefined ? how : `${how}; filename="${fileName}"`;
  return reply.header('content-disposition', disposition).type(mediaType).send(bytes);
}

/** A proxy that gathers an answer until it is complete would keep this one for ever. */
function sendEvents(reply: FastifyReply, events: Readable): FastifyReply {
  return reply
    .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    .type('text/event-stream; charset=utf-8')
    .send(events);
}

async function callOf(route: Route, request: FastifyRequest, reply: FastifyReply, options: BindOptions) {
  const caller = callerOf(request);
  const principal = await options.admit(route.access, caller);
  return {
    principal,
    params: checked('params', route.params, request.params),
    query: checked('query', route.query, request.query),
    body: await readBody(route, request),
    requestId: request.id,
    log: options.log.child({ requestId: request.id }),
    now: options.clock(),
    address: addressOf(request),
    cookie: request.headers.cookie,
    setHeader: (name: string, value: string) => void reply.header(name, value),
    stillAdmitted: () => admits(options, route, caller),
  };
}

async function admits({ admit }: BindOptions, { access }: Route, caller: CallerFacts): Promise<boolean> {
  try {
    await admit(access, caller);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function readBody(route: Route, request: FastifyRequest): Promise<unknown> {
  if (route.body === 'none') return undefined;
  const bytes = bodyBytes(request.raw, route.bodyBytesMax);
  if (route.body === 'bytes') return bytes;
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Refusal('body-not-json', 'The body must be JSON and say so in its content-type.');
  }
  return checked('body', route.body, parseJson(await bytes.all()));
}

/** Most problems a refusal lists: enough to correct a request, too few to fill a log. */
const DETAILS_MAX = 20;

function checked(part: string, schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal('bad-request', `The ${part} of the request does not fit.`, {
    details: detailsOf(part, result.error),
  });
}

/** Where and what, from the issues of a schema. */
export function detailsOf(part: string, error: z.ZodError): RefusalDetail[] {
  return error.issues
    .slice(0, DETAILS_MAX)
    .map((issue) => ({ path: [part, ...issue.path].map(String).join('.'), problem: issue.message }));
}

/**
 * Every answer goes through its schema: what the contract does not name never leaves, whatever a query selected. A
 * page of 500 items costs one to four milliseconds, about as much as writing it down as JSON.
 */
function checkedAnswer(routeId: string, schema: z.ZodType, answer: unknown): unknown {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new TypeError(
    `the answer of ${routeId} breaks the contract: ${JSON.stringify(detailsOf('answer', result.error))}`,
  );
}

function callerOf(request: FastifyRequest): CallerFacts {
  const { socket } = request.raw;
  return {
    address: addressOf(request),
    cookie: request.headers.cookie,
    authorization: request.headers.authorization,
    certificate: socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined,
  };
}

/** A Unix socket has no address. */
function addressOf(request: FastifyRequest): string {
  return request.ip || 'local';
}
