import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ClusterAddress } from '../../packages/server/src/platform/cluster/cluster.ts';
import { BenchError } from '../bench-error.ts';

const CLI = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'patchsteward.mjs');
/** It finds a database that is migrated already. */
const READY_MS_MAX = 60_000;
/** The server finishes what it has begun; longer than its own limit. */
const STOP_MS_MAX = 30_000;

export interface Server {
  readonly url: string;
  /** The link with which the first person comes in. */
  readonly firstRun: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** The server as `patchsteward serve` runs it, in a process of its own: who asks does not take its time. */
export async function startServer(data: string, databaseUrl: string, agentsPort = 0): Promise<Server> {
  const agents = `127.0.0.1:${agentsPort}`;
  const flags = ['--data', data, '--console', '127.0.0.1:0', '--agents', agents, '--feeds-fetch', 'off'];
  const child = spawn(process.execPath, [CLI, 'serve', ...flags, '--log-level', 'warn', '--json'], {
    env: { ...process.env, PATCHSTEWARD_DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ready = await readyOf(child);
    if (child.pid === undefined) throw new TypeError('a process that answers has an id');
    return { ...ready, pid: child.pid, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

export function urlOf({ user, database, host, port }: ClusterAddress): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

/** It says in one JSON text where it is, once it answers. */
async function readyOf({ stdout }: ChildProcess): Promise<{ url: string; firstRun: string }> {
  if (stdout === null) throw new TypeError('the output of the server is not piped');
  const timer = setTimeout(() => stdout.destroy(), READY_MS_MAX);
  let text = '';
  for await (const line of createInterface({ input: stdout })) {
    text += line;
    const told = parsed(text);
    if (told === undefined) continue;
    clearTimeout(timer);
    return told;
  }
  clearTimeout(timer);
  throw new BenchError('the server did not start', 'its own words are above');
}

function parsed(text: string): { url: string; firstRun: string } | undefined {
  if (!text.trimEnd().endsWith('}')) return undefined;
  const { console: url, firstRun }: Readonly<Record<string, unknown>> = Object(JSON.parse(text));
  if (typeof url !== 'string' || typeof firstRun !== 'string') {
    throw new BenchError('the server says nothing of a first person', 'the database must be without people');
  }
  return { url, firstRun };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await ended;
  clearTimeout(timer);
}
