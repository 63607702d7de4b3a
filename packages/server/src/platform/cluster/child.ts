import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';

/** Enough of initdb's last words to explain a failure. */
const OUTPUT_CHARACTERS_MAX = 8_000;
/** initdb takes about a second on a quiet machine; a minute and a half on a very busy one. */
const TOOL_MS_MAX = 90_000;

/** PG* variables of the person who starts us must not steer the cluster. */
export function childEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

/**
 * Starts a program of PostgreSQL under its account. Its own session keeps a Ctrl-C in the terminal from reaching it:
 * the database must outlive the requests in flight.
 */
export function spawnAs(
  account: Account,
  binaries: PostgresBinaries,
  program: string,
  args: readonly string[],
): ChildProcess {
  return spawn(`${binaries.directory}/${program}`, args, {
    cwd: '/',
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(account.drop ? { uid: account.uid, gid: account.gid } : {}),
  });
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a program to its end. A program that cannot be started is an outcome too: the caller explains it. */
export function run(child: ChildProcess, limitMs = TOOL_MS_MAX): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_CHARACTERS_MAX);
    };
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ exitCode: null, output: error.message });
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output: output.trim() });
    });
  });
}
