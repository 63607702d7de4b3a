import { randomUUID } from 'node:crypto';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import { type FastifyInstance, fastify } from 'fastify';
import type { Log } from '../log.ts';
import { answerBadAddress, answerErrors, answerNoRequest } from './answer-errors.ts';
import { Refusal } from './refusal.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Id of the contract's route, for metrics and log; the address itself would make a line per asset. */
    readonly routeId?: string;
    /** The answer shows a secret once. */
    readonly secret?: boolean;
  }
}

/** Headers of a request arrive in one packet or two. */
const HEADERS_MS_MAX = 15_000;
/** A feed file of half a gigabyte over a slow line; everything else takes a moment. */
const REQUEST_MS_MAX = 300_000;
const KEEP_ALIVE_MS = 65_000;
/** `sha256:` and 64 digits, and room. */
const PARAMETER_CHARACTERS_MAX = 256;
/** Requests on one connection, so that long-lived ones move to another server one day. */
const REQUESTS_PER_CONNECTION_MAX = 10_000;

export interface AppOptions {
  readonly log: Log;
  readonly connectionsMax: number;
  /** Given where TLS ends here. */
  readonly tls?: TlsOptions;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[];
}

/** An HTTP application without routes: limits, error answers, request log. It listens nowhere by itself. */
export function createApp({ log, connectionsMax, tls, trustedProxies = [] }: AppOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS_MAX },
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerBadAddress(log),
    clientErrorHandler: answerNoRequest,
    serverFactory: (handler) => createServer(handler, connectionsMax, tls),
  });
  // Bodies are read by the routes, each with its own limit.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  answerErrors(app, log);
  refuseWhileClosing(app);
  logRequests(app, log);
  return app;
}

/** Connections that were kept alive may still bring requests after the listener has closed. */
function refuseWhileClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onRequest', (_request, reply, done) => {
    if (!closing) return done();
    reply.header('connection', 'close');
    return done(new Refusal('shutting-down', 'The server is stopping.'));
  });
  // A connection kept alive after the last answer would hold the end up until it times out.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}

function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.config.routeId ?? 'none',
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        address: request.ip,
      },
      'request',
    );
    done();
  });
}

function createServer(handler: RequestListener, connectionsMax: number, tls: TlsOptions | undefined): Server {
  const limits = { headersTimeout: HEADERS_MS_MAX, requestTimeout: REQUEST_MS_MAX, keepAliveTimeout: KEEP_ALIVE_MS };
  const server =
    tls === undefined ? createPlainServer(limits, handler) : createTlsServer({ ...limits, ...tls }, handler);
  server.maxConnections = connectionsMax;
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION_MAX;
  return server;
}
