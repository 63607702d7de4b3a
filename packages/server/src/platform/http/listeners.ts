import type { ENDPOINTS, EndpointId } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { createApp } from './app.ts';
import { bindAll, type Handlers } from './bind.ts';
import { compressAnswers } from './compression.ts';
import { type Metrics, serveMetrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import type { Admit } from './principal.ts';
import { refuseForeignOrigins, sendSecurityHeaders } from './security.ts';
import { serveConsole } from './static.ts';

type PathOf<Id extends EndpointId> = (typeof ENDPOINTS)[Id]['path'];
/** Routes under /agent/ are for the listener of the agents, all others for people. */
export type AgentRouteId = { [Id in EndpointId]: PathOf<Id> extends `/agent/${string}` ? Id : never }[EndpointId];
export type ConsoleRouteId = Exclude<EndpointId, AgentRouteId>;

/** People, their browsers and their programs: thousands would be an attack. */
const CONSOLE_CONNECTIONS_MAX = 2_000;
const LOCAL_CONNECTIONS_MAX = 100;

export interface ListenerOptions {
  readonly log: Log;
  readonly clock: () => Instant;
  readonly admit: Admit;
  readonly metrics: Metrics;
}

export interface ConsoleOptions extends ListenerOptions {
  readonly handlers: Handlers<ConsoleRouteId>;
  /** Names under which the console answers, beside addresses and the machine's own. */
  readonly hosts: readonly string[];
  readonly trustedProxies: readonly string[];
  /** The built console. */
  readonly directory: string;
  readonly version: string;
}

/** For people: console, API, metrics. */
export async function createConsoleApp(options: ConsoleOptions): Promise<FastifyInstance> {
  const { log, metrics, hosts, trustedProxies, directory, version } = options;
  const app = createApp({ log, connectionsMax: CONSOLE_CONNECTIONS_MAX, trustedProxies });
  sendSecurityHeaders(app);
  refuseForeignOrigins(app, hosts);
  compressAnswers(app);
  metrics.watch(app, 'console');
  bindAll(app, options.handlers, options);
  serveOpenApi(app, version);
  serveMetrics(app, metrics);
  await serveConsole(app, directory);
  return app;
}

/** For the command line on this machine: the same routes over a socket that only its owner opens. */
export function createLocalApp(
  options: ListenerOptions & { readonly handlers: Handlers<ConsoleRouteId> },
): FastifyInstance {
  const app = createApp({ log: options.log, connectionsMax: LOCAL_CONNECTIONS_MAX });
  options.metrics.watch(app, 'local');
  bindAll(app, options.handlers, options);
  serveMetrics(app, options.metrics);
  return app;
}

function serveOpenApi(app: FastifyInstance, version: string): void {
  const document = JSON.stringify(openApiDocument(version));
  app.get('/api/v1/openapi.json', { config: { routeId: 'openapi' } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document),
  );
}
