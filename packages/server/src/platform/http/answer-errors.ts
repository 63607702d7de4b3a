import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { databaseFailureOf } from '../database-failure.ts';
import type { Log } from '../log.ts';
import { codeOf } from '../system-error.ts';
import { bodyRefusal, drain } from './body.ts';
import { errorBody, Refusal, statusOf } from './refusal.ts';

/** Every failure behind a route leaves as the contract's error body: a code, a sentence, what to do, and the id to find it in the log. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, request, reply) => refuse(refusalOf(error), error, request, reply, log));
  app.setNotFoundHandler((request, reply) =>
    refuse(new Refusal('not-found', `Nothing is at ${request.method} ${request.url}.`), undefined, request, reply, log),
  );
}

/** What is refused before a route is chosen: an address with a broken escape. */
export function answerBadAddress(log: Log) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    void refuse(refusalOf(error), error, request, reply, log);
  };
}

/** Bytes that are no request never meet a route: the answer is written by hand, in the same form. */
export function answerNoRequest(error: Error, socket: Socket): void {
  if (codeOf(error) === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const late = codeOf(error) === 'ERR_HTTP_REQUEST_TIMEOUT';
  const message = late ? 'The request took too long to arrive.' : 'What arrived is no HTTP request.';
  const body = JSON.stringify(errorBody('bad-request', message, randomUUID()));
  const head = [
    `HTTP/1.1 ${late ? '408 Request Timeout' : '400 Bad Request'}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

async function refuse(
  refusal: Refusal | undefined,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): Promise<void> {
  if (refusal === undefined || refusal.code === 'database-gone' || refusal.code === 'disk-full') {
    log.error({ requestId: request.id, err: error }, 'request failed');
  }
  const { code, message, details } = refusal ?? new Refusal('internal', 'The server failed on this request.');
  if (refusal?.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds));
  await drain(request.raw);
  if (!request.raw.readableEnded) reply.header('connection', 'close');
  await reply
    .code(statusOf(code))
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(code, message, request.id, details)));
}

/** undefined: a bug of ours. */
function refusalOf(error: unknown): Refusal | undefined {
  const known = bodyRefusal(error);
  if (known instanceof Refusal) return known;
  const failure = databaseFailureOf(error);
  if (failure === 'database-gone') {
    return new Refusal('database-gone', 'The database does not answer; whether this request took effect is not known.');
  }
  if (failure === 'disk-full')
    return new Refusal('disk-full', 'The disk of the database is full; this request took no effect.');
  // What the HTTP layer itself refuses before a route is chosen.
  if (codeOf(error)?.startsWith('FST_ERR_') === true && statusCodeOf(error) < 500) {
    return new Refusal('bad-request', 'The request is no proper HTTP request.', { cause: error });
  }
  return undefined;
}

function statusCodeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
