import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { codeOf } from '../system-error.ts';

/**
 * Below the range from which the system itself hands out ports (from 32768 on, where nobody changed it): what is found
 * free here is not given to a listener on port 0 or to a connection before it is used.
 */
const PORT_MIN = 20_000;
const PORT_END = 30_000;
/** Tests beside each other hold some dozens of ten thousand. */
const TRIES_MAX = 100;

/** A port for a server whose address must be known before it listens: agents are told it in their tokens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = randomInt(PORT_MIN, PORT_END);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port between ${PORT_MIN} and ${PORT_END} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false;
    throw error;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
