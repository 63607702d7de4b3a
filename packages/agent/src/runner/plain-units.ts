import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, join } from 'node:path';
import type { Host } from '../host/host.ts';
import { SYSTEM_PATH } from '../platform/command.ts';
import { errorCode, readProcText } from '../platform/files.ts';
import type { Exit, UnitOrder, UnitState, Units } from './units.ts';

const PROC_FILE_BYTES_MAX = 4 * 1024 * 1024;
/** Marks a process, and what it starts, with the unit it belongs to. */
const MARK = 'PATCHSTEWARD_UNIT';
const PRIVATE_FILE = 0o600;
/** // proc_pid_stat(5): after the name in parentheses come the state, the parent, the group and the session */
const SESSION_FIELD = 3;

/** Where no systemd is: a session of its own for each package manager, found again by a mark in its environment. */
export class PlainUnits implements Units {
  readonly #host: Host;
  readonly #ended = new Map<string, Exit>();

  constructor(host: Host) {
    this.#host = host;
  }

  async start({ name, command, environment, logPath }: UnitOrder): Promise<void> {
    const log = await open(logPath, 'a', PRIVATE_FILE);
    try {
      const child = spawn(command.tool, [...command.argv], {
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        cwd: '/',
        env: { PATH: SYSTEM_PATH, LC_ALL: 'C', ...environment, [MARK]: name },
      });
      // Not `close`: a maintainer script that was left behind may keep the pipes open for ever.
      child.on('exit', (code, signal) => this.#ended.set(name, exitOf(code, signal)));
      await once(child, 'spawn');
      child.unref();
    } finally {
      await log.close();
    }
  }

  inspect({ name, command }: Pick<UnitOrder, 'name' | 'command'>): Promise<UnitState> {
    const exit = this.#ended.get(name);
    if (exit !== undefined) return Promise.resolve({ kind: 'ended', exit });
    const running = this.#pids().some((pid) => this.#isMain(pid, name, command.tool));
    return Promise.resolve(running ? { kind: 'running' } : { kind: 'absent' });
  }

  forget(name: string): Promise<void> {
    this.#ended.delete(name);
    return Promise.resolve();
  }

  #pids(): string[] {
    return readdirSync(this.#host.procfs).filter((name) => /^\d+$/.test(name));
  }

  /** The tool itself: it leads its session and still is what was started. A daemon that it started is something else. */
  #isMain(pid: string, name: string, tool: string): boolean {
    const [, state, session] = this.#stat(pid);
    if (state === undefined || state === 'Z' || state === 'X' || session !== pid) return false;
    if (!this.#read(pid, 'environ').split('\0').includes(`${MARK}=${name}`)) return false;
    // A tool that is a script stands behind the name of its interpreter.
    const [program = '', script = ''] = this.#read(pid, 'cmdline').split('\0');
    return basename(program) === tool || basename(script) === tool;
  }

  #stat(pid: string): [unknown, string | undefined, string | undefined] {
    const text = this.#read(pid, 'stat');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [null, fields[0] || undefined, fields[SESSION_FIELD]];
  }

  #read(pid: string, file: string): string {
    try {
      return readProcText(join(this.#host.procfs, pid, file), PROC_FILE_BYTES_MAX);
    } catch (error) {
      // It ended meanwhile, or is not ours to look at.
      if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return '';
      throw error;
    }
  }
}

function exitOf(code: number | null, signal: NodeJS.Signals | null): Exit {
  if (code !== null) return { kind: 'exited', code };
  return signal === null ? { kind: 'unknown' } : { kind: 'signaled', signal: constants.signals[signal] };
}
