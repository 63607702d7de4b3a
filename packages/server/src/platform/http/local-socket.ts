import { chmod, lstat, rm } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { codeOf } from '../system-error.ts';

/** Longest path of a Unix socket on Linux: 108 bytes with the closing zero. // unix(7) */
const SOCKET_PATH_BYTES_MAX = 107;

/**
 * The way in for the command line on this machine, open to the owner of the data directory alone. False where the path
 * is too long for a socket. The caller holds the lock of the directory, so a socket found here is a dead one.
 */
export async function listenLocally(app: FastifyInstance, path: string): Promise<boolean> {
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX) return false;
  await removeDeadSocket(path);
  await app.listen({ path });
  await chmod(path, 0o600);
  return true;
}

async function removeDeadSocket(path: string): Promise<void> {
  try {
    if ((await lstat(path)).isSocket()) await rm(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
