import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { StartRefusal } from './start-refusal.ts';
import { codeOf, messageOf } from './system-error.ts';

/** What lies in the data directory; PostgreSQL's own parts are in cluster/files.ts. */
export interface DataDirectory {
  readonly path: string;
  readonly keys: string;
  readonly apiSocket: string;
  /** Lets another server have it. */
  readonly release: () => Promise<void>;
}

/** Makes the directory where it is missing and holds it for this process alone. */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const keys = join(path, 'keys');
  try {
    await mkdir(path, { recursive: true, mode: 0o711 });
    await mkdir(keys, { recursive: true, mode: 0o700 });
    const release = await lock(path);
    const apiSocket = join(path, 'api.sock');
    if (await somebodyListens(apiSocket)) {
      await release();
      throw inUse(path, undefined);
    }
    return { path, keys, apiSocket, release };
  } catch (error) {
    throw error instanceof StartRefusal ? error : unusable(path, error);
  }
}

/**
 * The lock is a socket of the kernel's abstract namespace: it ends with the process however that ends, so there is no
 * stale lock to judge. Its name is a random word kept in the directory, which nobody else can read and occupy.
 */
async function lock(path: string): Promise<() => Promise<void>> {
  const name = await lockName(join(path, 'lock'));
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(codeOf(error) === 'EADDRINUSE' ? inUse(path, error) : error));
    server.listen(`\0patchsteward-${name}`, resolve);
  });
  // The lock alone must not keep a process alive that has nothing left to do.
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** A server in another container on the same volume has another abstract namespace; its socket is a file like any other. */
function somebodyListens(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // Not there, dead, or too long a path to be one.
    socket.once('error', () => resolve(false));
  });
}

async function lockName(path: string): Promise<string> {
  const scratch = `${path}.${randomUUID()}`;
  await writeFile(scratch, randomUUID(), { mode: 0o600, flag: 'wx' });
  try {
    // A link fails where the name exists: of two that start at once, both read the same word.
    await link(scratch, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(scratch, { force: true });
  }
  const found = await lstat(path);
  if (!found.isFile()) throw new Error(`${path} is no file`);
  return readFile(path, 'utf8');
}

function inUse(path: string, cause: unknown): StartRefusal {
  return new StartRefusal(
    'data-directory-in-use',
    `Another server runs on the data directory ${path}.`,
    'Stop that one first, or give this one a directory of its own with --data.',
    { cause },
  );
}

function unusable(path: string, cause: unknown): StartRefusal {
  if (codeOf(cause) === 'ENOSPC') {
    return new StartRefusal(
      'disk-full',
      `The disk of the data directory ${path} is full.`,
      'Free space on it and start again.',
      { cause },
    );
  }
  return new StartRefusal(
    'data-directory-not-writable',
    `The data directory ${path} cannot be used: ${messageOf(cause)}.`,
    'Make it writable for this user, or choose another with --data.',
    { cause },
  );
}
