import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf } from '../system-error.ts';
import { type Account, ownAccount } from './account.ts';

/** Longest path of a Unix socket on Linux: 108 bytes with the closing zero. // unix(7) */
const SOCKET_PATH_BYTES_MAX = 107;
/** Names the socket file; no network port is ever opened. */
export const SOCKET_PORT = 5432;
export const DATABASE_NAME = 'patchsteward';
/** Owns the database and nothing else of the cluster: a hole in a query reaches no file and no program. */
export const DATABASE_ROLE = 'patchsteward';
export const SUPERUSER_ROLE = 'postgres';

export interface ClusterFiles {
  /** PGDATA. */
  readonly data: string;
  /** Where the socket is. */
  readonly sockets: string;
  readonly hba: string;
  readonly ident: string;
  /** Configuration and copied binaries: ours to write, the account's to read. */
  readonly support: string;
}

/** PGDATA of a data directory. */
export function dataPath(dataDirectory: string): string {
  return join(dataDirectory, 'postgres');
}

export async function layOutFiles(dataDirectory: string, account: Account): Promise<ClusterFiles> {
  const support = join(dataDirectory, 'cluster');
  await makeReachable(dataDirectory, account);
  await mkdir(support, { recursive: true, mode: 0o755 });
  const files = {
    data: dataPath(dataDirectory),
    sockets: socketDirectory(dataDirectory),
    support,
    hba: join(support, 'pg_hba.conf'),
    ident: join(support, 'pg_ident.conf'),
  };
  await makeOwned(files.sockets, account);
  await writeAuthentication(files);
  return files;
}

/** The data directory itself stays ours; the account only passes through it to its own. */
async function makeReachable(dataDirectory: string, account: Account): Promise<void> {
  await mkdir(dataDirectory, { recursive: true, mode: account.drop ? 0o711 : 0o700 });
  if (!account.drop) return;
  await chmod(dataDirectory, 0o711);
  for (let path = dirname(dataDirectory); path !== dirname(path); path = dirname(path)) {
    const { mode, uid } = await lstat(path);
    if ((mode & 0o001) === 0 && uid !== account.uid) {
      throw new StartRefusal(
        'postgresql-cannot-reach-data',
        `PostgreSQL runs as ${account.name}, and ${path} is closed to that account.`,
        `Choose a data directory outside of it with --data (the default is /var/lib/patchsteward), or run: chmod o+x ${path}`,
      );
    }
  }
}

/**
 * A directory of the account's alone. One that somebody else made under our name, in a shared temporary directory, is
 * refused: its owner could answer in the place of the database.
 */
async function makeOwned(directory: string, account: Account): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
    if (account.drop) await chown(directory, account.uid, account.gid);
    return;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const found = await lstat(directory);
  const ours = found.uid === account.uid || found.uid === ownAccount().uid;
  if (!found.isDirectory() || !ours || (found.mode & 0o022) !== 0) {
    throw new StartRefusal(
      'socket-directory-not-ours',
      `${directory} is to hold the socket of the database, and it belongs to somebody else.`,
      'Remove it, or choose a data directory with a shorter path.',
    );
  }
  if (account.drop && found.uid !== account.uid) await chown(directory, account.uid, account.gid);
}

/** Beside the data where the path is short enough for a socket, else under a name made from the path. */
export function socketDirectory(dataDirectory: string, fallback: string = tmpdir()): string {
  const beside = join(dataDirectory, 'run');
  if (Buffer.byteLength(join(beside, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES_MAX) return beside;
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  return join(fallback, `patchsteward-${name}`);
}

/** The kernel says who is at the other end of a Unix socket: no password exists that could leak. */
async function writeAuthentication(files: ClusterFiles): Promise<void> {
  const operatingSystemUser = ownAccount().name;
  await replaceFile(files.hba, 'local all all peer map=patchsteward\n');
  await replaceFile(
    files.ident,
    [SUPERUSER_ROLE, DATABASE_ROLE].map((role) => `patchsteward "${operatingSystemUser}" ${role}\n`).join(''),
  );
}

async function replaceFile(path: string, content: string): Promise<void> {
  const scratch = `${path}.new`;
  await writeFile(scratch, content, { mode: 0o644 });
  await chmod(scratch, 0o644);
  await rename(scratch, path);
}

/** The major that made the data directory, or undefined before the first initdb. */
export async function madeByMajor(data: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
