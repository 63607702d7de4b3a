import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From a cached answer to the longest request that is let live. */
const DURATION_BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export interface Metrics {
  readonly registry: Registry;
  /** Counts the requests of a listener. */
  readonly watch: (app: FastifyInstance, listener: string) => void;
}

/** Numbers for a monitoring system, in the Prometheus text format. One registry per server, none global. */
export function createMetrics(pool: pg.Pool): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  watchPool(registry, pool);
  const durations = new Histogram({
    name: 'patchsteward_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['listener', 'route', 'status'] as const,
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  return {
    registry,
    watch: (app, listener) => {
      app.addHook('onResponse', (request, reply, done) => {
        const route = request.routeOptions.config.routeId ?? 'none';
        // It lasts as long as somebody looks at the console: that is no duration of an answer.
        if (route === 'event.stream') return done();
        durations.observe({ listener, route, status: reply.statusCode }, reply.elapsedTime / 1000);
        done();
      });
      watchConnections(registry, app, listener);
    },
  };
}

function watchPool(registry: Registry, pool: pg.Pool): void {
  const gauge: Gauge<'state'> = new Gauge({
    name: 'patchsteward_database_connections',
    help: 'Connections to the database: in use, idle, and requests waiting for one.',
    labelNames: ['state'] as const,
    registers: [registry],
    collect: (): void => {
      gauge.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      gauge.set({ state: 'idle' }, pool.idleCount);
      gauge.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}

function watchConnections(registry: Registry, app: FastifyInstance, listener: string): void {
  let open = 0;
  app.server.on(listener === 'agents' ? 'secureConnection' : 'connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
  });
  const gauge: Gauge = new Gauge({
    name: `patchsteward_${listener}_connections`,
    help: `Open connections of the ${listener} listener.`,
    registers: [registry],
    collect: (): void => gauge.set(open),
  });
}

export function serveMetrics(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', { config: { routeId: 'metrics' } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
