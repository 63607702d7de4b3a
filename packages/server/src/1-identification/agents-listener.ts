import type { ServerOptions } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { Server as TlsServer } from 'node:tls';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { FastifyInstance } from 'fastify';
import type { Authority } from '../platform/certificates/authority.ts';
import { SERVER_CERTIFICATE_MS } from '../platform/certificates/issue.ts';
import { createApp } from '../platform/http/app.ts';
import { bindAll, type Handlers } from '../platform/http/bind.ts';
import { closeApp, type ListenAddress, listen } from '../platform/http/listen.ts';
import type { AgentRouteId } from '../platform/http/listeners.ts';
import type { Log } from '../platform/log.ts';
import { messageOf } from '../platform/system-error.ts';
import { createAgentAdmit } from './agents-admit.ts';
import { type AgentParts, agentRoutes, type EnrolledRouteId } from './agents-routes.ts';
import { expectsAgents } from './enrollment-store.ts';

/** TLS in this process costs about 80 kB for each open connection; beyond, a proxy or a second server is the answer. */
const CONNECTIONS_MAX = 6_000;
/** A handshake takes two round trips. */
const HANDSHAKE_MS_MAX = 15_000;
/** How often is looked whether hosts are expected by now, and how old the certificate is. */
const LOOK_MS = 2_000;
/** As agents do: at two thirds of its life. */
const RENEW_AFTER_MS = (SERVER_CERTIFICATE_MS * 2) / 3;

export interface AgentsListenerOptions extends AgentParts {
  /** What hosts ask beside that: all other routes of this listener. */
  readonly doors: Handlers<Exclude<AgentRouteId, EnrolledRouteId>>;
  readonly address: ListenAddress;
  /** The name of the setting that holds the address, for messages. */
  readonly setting: string;
  readonly clock: () => Instant;
  readonly log: Log;
  /** Counts requests and connections. */
  readonly watch?: (app: FastifyInstance) => void;
}

export interface AgentsListener {
  /** The port that is listened on; undefined while nobody is expected. */
  readonly port: () => number | undefined;
  /** Opens the door if somebody is expected. A failure is logged, and tried again by itself. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Where hosts come in. Closed until the first token or key exists: an installation without hosts has no open port.
 * Refuses to start where hosts are expected and the address cannot be had.
 */
export async function startAgentsListener(options: AgentsListenerOptions): Promise<AgentsListener> {
  const { db, log, clock, authority } = options;
  const tls = await tlsOptions(authority, clock());
  const app = createApp({ log, connectionsMax: CONNECTIONS_MAX, tls: { ...tls, handshakeTimeout: HANDSHAKE_MS_MAX } });
  options.watch?.(app);
  bindAll(
    app,
    { ...agentRoutes(options), ...options.doors },
    { admit: createAgentAdmit(db, authority, clock), clock, log },
  );

  const closing = new AbortController();
  let opening: Promise<number> | undefined;
  let port: number | undefined;
  const isOpen = (): boolean => port !== undefined;
  const openDoor = async (): Promise<void> => {
    if (isOpen() || closing.signal.aborted || !(await expectsAgents(db))) return;
    // Somebody else may have opened it while the database was asked.
    if (isOpen()) return;
    opening ??= listen(app, options.address, options.setting);
    try {
      port = await opening;
      log.info({ host: options.address.host, port }, 'agents are awaited');
    } finally {
      opening = undefined;
    }
  };
  const open = (): Promise<void> =>
    openDoor().catch((error: unknown) =>
      log.error({ err: error }, `the listener of the agents could not open: ${messageOf(error)}`),
    );

  await openDoor();
  const renew = certificateRenewal(options, app);
  const looking = repeat(LOOK_MS, closing.signal, async () => {
    // The first token may be made through another server on the same database.
    await open();
    await renew().catch((error: unknown) =>
      log.error({ err: error }, `the certificate of the agents listener was not renewed: ${messageOf(error)}`),
    );
  });
  return {
    port: () => port,
    open,
    close: async () => {
      closing.abort();
      await looking;
      await closeApp(app);
    },
  };
}

/** The client's certificate is asked for and judged per request: who enrolls has none, who renews may be late. */
async function tlsOptions(authority: Authority, now: Instant): Promise<ServerOptions> {
  const { keyPem, certificatePem } = await authority.issueServer(now);
  return {
    key: keyPem,
    cert: certificatePem,
    ca: authority.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
  };
}

/** Connections that are open keep what they were opened with; new ones get the new certificate. */
function certificateRenewal(
  { authority, clock, log }: AgentsListenerOptions,
  app: FastifyInstance,
): () => Promise<void> {
  let madeAt = clock();
  return async () => {
    const now = clock();
    // A clock that was set back makes a certificate that is not valid yet.
    if (now >= madeAt && now - madeAt < RENEW_AFTER_MS) return;
    const renewed = await tlsOptions(authority, now);
    // The server of an app with TLS is one with TLS; the type of the app does not say so.
    if (app.server instanceof TlsServer) app.server.setSecureContext(renewed);
    madeAt = now;
    log.info('the certificate of the agents listener was renewed');
  };
}

/** Runs `work` now and then until the signal comes. */
async function repeat(everyMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (;;) {
    await pause(everyMs, undefined, { signal, ref: false }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (signal.aborted) return;
    await work();
  }
}
