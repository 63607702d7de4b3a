import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf } from '../system-error.ts';
import { type ClusterFiles, SOCKET_PORT } from './files.ts';
import { isThere } from './is-there.ts';

/** A fast shutdown writes a checkpoint: seconds on a slow disk. */
const FAST_STOP_MS_MAX = 60_000;
/** A postmaster that does not stop in that time is told to drop everything; the next start recovers from the log. */
const IMMEDIATE_STOP_MS_MAX = 15_000;
/** Backends notice the death of their postmaster at once, unless they are deep in a query. */
const BACKENDS_LEAVE_MS_MAX = 10_000;
const POLL_MS = 50;

export interface Orphan {
  readonly pid: number;
  readonly postmaster: boolean;
}

/**
 * What still runs on a data directory that nobody owns: after kill -9 of the server its postmaster lives on, after
 * kill -9 of the postmaster its backends may. An orphaned postmaster is stopped and started again rather than adopted:
 * only a child of ours tells us when it dies and hands us its log. The caller holds the lock of the data directory.
 */
export async function clearOrphans(
  { data, sockets }: Pick<ClusterFiles, 'data' | 'sockets'>,
  log: (message: string) => void,
): Promise<void> {
  await endOrphans(data, log);
  await removeStaleLock(join(data, 'postmaster.pid'));
  await removeStaleLock(join(sockets, `.s.PGSQL.${SOCKET_PORT}.lock`));
}

/** Ends every PostgreSQL process that works on the data. */
export async function endOrphans(data: string, log: (message: string) => void): Promise<void> {
  const orphans = await orphansOf(data);
  const postmaster = orphans.find((one) => one.postmaster);
  if (postmaster !== undefined) {
    log(`stopping the PostgreSQL (pid ${postmaster.pid}) that an earlier server left behind`);
    signal(postmaster.pid, 'SIGINT');
    if (!(await goneWithin(data, FAST_STOP_MS_MAX))) signal(postmaster.pid, 'SIGQUIT');
  }
  if (await goneWithin(data, BACKENDS_LEAVE_MS_MAX)) return;
  for (const { pid } of await orphansOf(data)) {
    log(`ending a backend (pid ${pid}) whose PostgreSQL is gone`);
    signal(pid, 'SIGQUIT');
  }
  if (await goneWithin(data, IMMEDIATE_STOP_MS_MAX)) return;
  const left = (await orphansOf(data)).map((one) => one.pid).join(', ');
  throw new StartRefusal(
    'postgresql-orphan-stuck',
    `Processes ${left} of an earlier PostgreSQL hold ${data} and do not end.`,
    `Look at them (ps -p ${left}); they often hang in a broken disk. End them, then start again.`,
  );
}

/** Found by what the kernel says of each process, not by a pid file: pids are used again, files can be forged. */
export async function orphansOf(data: string): Promise<Orphan[]> {
  const directory = await realpath(data);
  const found: Inspected[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const process = await inspect(name, directory);
    if (process !== undefined) found.push(process);
  }
  const pids = new Set(found.map(({ pid }) => pid));
  // A backend has the command line of its postmaster until it writes its title; its parent tells it apart.
  return found.map(({ pid, parent, titled }) => ({ pid, postmaster: !titled && !pids.has(parent) }));
}

interface Inspected {
  readonly pid: number;
  readonly parent: number;
  /** Backends overwrite their command line with a title; the postmaster keeps the path it was started by. */
  readonly titled: boolean;
}

async function inspect(pid: string, directory: string): Promise<Inspected | undefined> {
  try {
    if ((await readlink(`/proc/${pid}/cwd`)) !== directory) return undefined;
    const program = await readlink(`/proc/${pid}/exe`);
    if (basename(program).replace(/ \(deleted\)$/, '') !== 'postgres') return undefined;
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
    return { pid: Number(pid), parent, titled: commandLine.startsWith('postgres: ') };
  } catch (error) {
    // Ended while we looked, or another user's, hence not one of our account.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/**
 * PostgreSQL refuses to start while any process of its account has the number in one of its lock files: after a power cut it
 * may be a stranger's, after a kill that of a zombie nobody has collected yet. No process works on the data now, so
 * whoever has the number is not the postmaster.
 */
async function removeStaleLock(path: string): Promise<void> {
  const pid = await readPid(path);
  if (pid === undefined || !(await isThere(`/proc/${pid}`))) return;
  await rm(path, { force: true });
}

async function readPid(path: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(path, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function goneWithin(data: string, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    if ((await orphansOf(data)).length === 0) return true;
    await pause(POLL_MS);
  }
  return false;
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
