import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { messageOf } from '../system-error.ts';
import { postgresAccount } from './account.ts';
import { type BinaryPlaces, findBinaries, type PostgresBinaries } from './binaries.ts';
import {
  type ClusterFiles,
  DATABASE_NAME,
  DATABASE_ROLE,
  dataPath,
  layOutFiles,
  madeByMajor,
  SOCKET_PORT,
} from './files.ts';
import { initialize } from './initialize.ts';
import { clearOrphans } from './orphans.ts';
import { type Postmaster, type PostmasterOptions, startPostmaster } from './postmaster.ts';
import { provision } from './provision.ts';

const RESTART_PAUSE_MS_MIN = 250;
/** A disk that was full is freed by a person: tried for ever, but not more often than this. */
const RESTART_PAUSE_MS_MAX = 30_000;

export interface ClusterOptions {
  /** Holds `postgres`, `run` and `cluster`; its lock is the caller's. */
  readonly dataDirectory: string;
  readonly log: Log;
  readonly binaries?: string | undefined;
  readonly places?: BinaryPlaces;
  /** Settings of PostgreSQL over ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Where a client connects: a socket, never a network port. */
export interface ClusterAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface Cluster {
  readonly address: ClusterAddress;
  readonly binaries: PostgresBinaries;
  readonly postmasterPid: () => number | undefined;
  /** Ends PostgreSQL cleanly and waits for it. */
  readonly stop: () => Promise<void>;
}

/** A private PostgreSQL, made where there is none, started, watched and started again when it dies. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = await postgresAccount(dataPath(options.dataDirectory));
  const files = await layOutFiles(options.dataDirectory, account);
  const pinnedMajor = await madeByMajor(files.data);
  const binaries = await findBinaries({
    configured: options.binaries,
    copyTo: files.support,
    pinnedMajor,
    ...options.places,
  });
  if (pinnedMajor === undefined) {
    options.log.info({ version: binaries.version, directory: binaries.directory }, 'making the database cluster');
    await initialize(files, account, binaries);
  }
  const start = { account, binaries, files, log: options.log, settings: options.settings };
  return supervise(start, await firstStart(start));
}

async function firstStart(options: PostmasterOptions): Promise<Postmaster> {
  const postmaster = await startAlone(options);
  try {
    await provision(options.files.sockets);
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
  return postmaster;
}

async function startAlone(options: PostmasterOptions): Promise<Postmaster> {
  await clearOrphans(options.files, (message) => options.log.warn(message));
  return startPostmaster(options);
}

function supervise(options: PostmasterOptions, first: Postmaster): Cluster {
  const stopping = new AbortController();
  let current: Postmaster | undefined = first;

  const watch = async (): Promise<void> => {
    while (current !== undefined) {
      await current.ended;
      current = undefined;
      if (stopping.signal.aborted) return;
      options.log.error('PostgreSQL ended by itself; starting it again');
      current = await startAgain(options, stopping.signal);
    }
  };
  const watching = watch();

  return {
    address: addressOf(options.files),
    binaries: options.binaries,
    postmasterPid: () => current?.pid,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await watching;
    },
  };
}

async function startAgain(options: PostmasterOptions, stopping: AbortSignal): Promise<Postmaster | undefined> {
  for (let pauseMs = RESTART_PAUSE_MS_MIN; !stopping.aborted; pauseMs = Math.min(pauseMs * 2, RESTART_PAUSE_MS_MAX)) {
    try {
      const postmaster = await startAlone(options);
      options.log.info({ pid: postmaster.pid }, 'PostgreSQL runs again');
      if (!stopping.aborted) return postmaster;
      await postmaster.stop();
    } catch (error) {
      options.log.error({ err: error }, `PostgreSQL does not start: ${messageOf(error)}`);
    }
    await pause(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
  }
  return undefined;
}

function addressOf(files: ClusterFiles): ClusterAddress {
  return { host: files.sockets, port: SOCKET_PORT, user: DATABASE_ROLE, database: DATABASE_NAME };
}
