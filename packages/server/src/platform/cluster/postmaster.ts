import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { StartRefusal } from '../start-refusal.ts';
import type { Account } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { spawnAs } from './child.ts';
import { type ClusterFiles, SOCKET_PORT, SUPERUSER_ROLE } from './files.ts';

/** Recovery after a crash replays at most max_wal_size of log; minutes only on a broken disk. */
const READY_MS_MAX = 300_000;
const READY_POLL_MS = 50;
const CONNECT_MS_MAX = 5_000;
const FAST_STOP_MS_MAX = 30_000;
const LAST_LINES_MAX = 20;

/** Modest: the whole must fit beside other things on a small machine. An administrator's large fleet has its own database. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: String(SOCKET_PORT),
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  wal_compression: 'on',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // Short queries on small tables: compiling them costs more than it gains.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '',
  log_checkpoints: 'off',
  password_encryption: 'scram-sha-256',
};

export interface PostmasterOptions {
  readonly account: Account;
  readonly binaries: PostgresBinaries;
  readonly files: ClusterFiles;
  readonly log: Log;
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** One life of a postmaster, as our child. */
export interface Postmaster {
  readonly pid: number;
  /** Resolves when it ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const child = spawnAs(options.account, options.binaries, 'postgres', argumentsOf(options));
  let steady = false;
  const lastLines = followOutput(child, options.log, () => steady);
  let running = true;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      running = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });

  for (let waitedMs = 0; running && waitedMs < READY_MS_MAX; waitedMs += READY_POLL_MS) {
    if (await answers(options.files.sockets)) {
      steady = true;
      const stopThis = (): Promise<void> => {
        steady = false;
        return stop(child, ended);
      };
      return { pid: child.pid ?? 0, ended, stop: stopThis };
    }
    await pause(READY_POLL_MS);
  }
  if (running) await stop(child, ended);
  throw new StartRefusal(
    'postgresql-start-failed',
    `PostgreSQL ${options.binaries.version} did not start: ${lastLines.join(' | ') || 'it said nothing'}`,
    'Clear the cause that PostgreSQL names; nothing that was acknowledged is lost.',
  );
}

function argumentsOf({ files, settings }: PostmasterOptions): string[] {
  const all = {
    ...SETTINGS,
    // A comma would start a second directory: quoted like an identifier.
    unix_socket_directories: `"${files.sockets.replaceAll('"', '""')}"`,
    hba_file: files.hba,
    ident_file: files.ident,
    ...settings,
  };
  return ['-D', files.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** PostgreSQL's own lines go into our log; the last ones explain a start that failed. */
function followOutput(child: ChildProcess, log: Log, isSteady: () => boolean): string[] {
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > LAST_LINES_MAX) lastLines.shift();
      log[levelOf(line, isSteady())]({ line }, 'postgresql');
    });
  }
  return lastLines;
}

/**
 * What failed a query is told by whoever asked it; what PostgreSQL says of itself is news only when it is bad. While it
 * starts or stops it refuses connections, as it should.
 */
function levelOf(line: string, steady: boolean): 'error' | 'warn' | 'debug' {
  if (line.startsWith('PANIC:')) return 'error';
  return steady && /^(FATAL|ERROR|WARNING):/.test(line) ? 'warn' : 'debug';
}

async function answers(sockets: string): Promise<boolean> {
  const client = new pg.Client({
    host: sockets,
    port: SOCKET_PORT,
    user: SUPERUSER_ROLE,
    database: 'postgres',
    connectionTimeoutMillis: CONNECT_MS_MAX,
  });
  // A connection that breaks after its end is news to nobody.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    // Not there yet, or still recovering: the caller asks again as long as the process lives.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** SIGINT is PostgreSQL's fast shutdown: no new work, transactions rolled back, a checkpoint. */
async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  const late = Symbol('late');
  if ((await Promise.race([ended, pause(FAST_STOP_MS_MAX, late, { ref: false })])) !== late) return;
  child.kill('SIGQUIT');
  await ended;
}
