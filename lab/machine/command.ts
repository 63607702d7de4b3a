import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../lab-error.ts';
import type { Cgroup } from './cgroup.ts';

/** Far above any answer of a package manager; below what a test may hold in memory. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
/** Enough of a tool's complaint to act on. */
const COMPLAINT_CHARACTERS_MAX = 2_000;
/** Nothing that the lab starts by itself takes longer; building a base system on a slow mirror comes closest. */
const TIMEOUT_MS = 900_000;

export interface CommandOptions {
  readonly input?: string | Uint8Array | undefined;
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
}

export interface Ending {
  /** 128 and the number of the signal where one ended it, as a shell says it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

/**
 * Runs a command in a group of its own and gives how it ended. Output goes through files and not through pipes: what a
 * maintainer script leaves running holds a pipe open for ever, and whoever waits for its end waits as long.
 */
export async function runToEnd(group: Cgroup, argv: readonly string[], options: CommandOptions = {}): Promise<Ending> {
  const id = randomUUID();
  const own = group.child(`run-${id}`);
  const folder = join(tmpdir(), `patchsteward-lab-run-${id}`);
  await mkdir(folder, { mode: 0o700 });
  await own.create();
  try {
    const exitCode = await execute(own, argv, folder, options);
    return { exitCode, stdout: await textOf(join(folder, 'stdout')), stderr: await textOf(join(folder, 'stderr')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
    // What the command left running keeps the group; it goes with the group above.
    if ((await own.processes()).length === 0) await own.remove();
  }
}

/** The same for a command that must succeed: its standard output. */
export async function run(group: Cgroup, argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await runToEnd(group, argv, options);
  if (exitCode === 0) return stdout;
  const complaint = `${stderr}\n${stdout}`.trim().slice(-COMPLAINT_CHARACTERS_MAX);
  throw new LabError(`${argv.join(' ')} ended with ${exitCode}: ${complaint}`, 'see what it said');
}

async function execute(
  own: Cgroup,
  argv: readonly string[],
  folder: string,
  { input = '', timeoutMs = TIMEOUT_MS, env = {}, cwd = '/' }: CommandOptions,
): Promise<number> {
  await writeFile(join(folder, 'stdin'), input);
  const files = await Promise.all([
    open(join(folder, 'stdin'), 'r'),
    open(join(folder, 'stdout'), 'w'),
    open(join(folder, 'stderr'), 'w'),
  ]);
  try {
    const [shell = '', ...rest] = own.entering(argv);
    const child = spawn(shell, rest, { cwd, env: { ...ENVIRONMENT, ...env }, stdio: files.map(descriptor) });
    const kills: Promise<void>[] = [];
    const kill = (): void => void kills.push(own.kill());
    const timer = setTimeout(kill, timeoutMs);
    own.stop.addEventListener('abort', kill);
    const exitCode = await exitCodeOf(child).finally(() => {
      clearTimeout(timer);
      own.stop.removeEventListener('abort', kill);
    });
    await Promise.all(kills);
    own.stop.throwIfAborted();
    if (kills.length > 0) {
      throw new LabError(`${argv.join(' ')} took longer than ${timeoutMs} ms and was ended`, 'allow it more time');
    }
    return exitCode;
  } finally {
    for (const file of files) await file.close();
  }
}

function descriptor(file: FileHandle): number {
  return file.fd;
}

/** How a process that was just started ends: its exit code, or what a shell says of the signal that ended it. */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

async function textOf(path: string): Promise<string> {
  const content = await readFile(path);
  if (content.length <= OUTPUT_BYTES_MAX) return content.toString('utf8');
  throw new LabError(`a command said more than ${OUTPUT_BYTES_MAX} bytes`, 'let it write to a file instead');
}
