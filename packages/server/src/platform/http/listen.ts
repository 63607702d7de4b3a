import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf, messageOf } from '../system-error.ts';

/** A request in flight gets this long after the listener closed. */
const FINISH_MS_MAX = 10_000;

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Opens the listener; returns the port, which the system chooses where 0 was asked for. */
export async function listen(app: FastifyInstance, address: ListenAddress, setting: string): Promise<number> {
  try {
    await app.listen({ host: address.host, port: address.port });
  } catch (error) {
    throw listenRefusal(error, address, setting);
  }
  const bound = app.server.address();
  return bound !== null && typeof bound === 'object' ? bound.port : address.port;
}

function listenRefusal(error: unknown, { host, port }: ListenAddress, setting: string): unknown {
  const code = codeOf(error);
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    const advice = `Stop it, or choose another port with the setting ${setting}.`;
    return new StartRefusal('address-in-use', `Another program listens on ${host}:${port}.`, advice, cause);
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const advice = `Choose an address of this machine, and a port above 1023 where we are not root, with the setting ${setting}.`;
    return new StartRefusal(
      'address-not-available',
      `Cannot listen on ${host}:${port}: ${messageOf(error)}.`,
      advice,
      cause,
    );
  }
  return error;
}

/** Takes no more requests, lets those in flight finish, then cuts what is left. */
export async function closeApp(app: FastifyInstance, finishMsMax: number = FINISH_MS_MAX): Promise<void> {
  const closed = app.close();
  const late = new AbortController();
  const cut = pause(finishMsMax, undefined, { signal: late.signal }).then(
    () => app.server.closeAllConnections(),
    () => undefined,
  );
  await closed;
  late.abort();
  await cut;
}
