import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CutOffError } from '../../1-identification/testing/fake-agent.ts';
import type { ClusterAddress } from '../../platform/cluster/cluster.ts';
import { DATABASE_NAME, DATABASE_ROLE, SOCKET_PORT, socketDirectory } from '../../platform/cluster/files.ts';
import { orphansOf } from '../../platform/cluster/orphans.ts';
import { codeOf } from '../../platform/system-error.ts';
import { freePort } from '../../platform/testing/free-port.ts';

/** An earlier database may take a minute to stop, and its log another to be played back, where others use the disk. */
const READY_MS_MAX = 240_000;
const LOOK_MS = 20;
const ANSWER_MS_MAX = 30_000;
const LOG_CHARACTERS_SHOWN = 4_000;

/** The whole program, in a process that can be killed. */
const PROGRAM = fileURLToPath(new URL('../../../../cli/bin/patchsteward.mjs', import.meta.url));

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A real server on a data directory of its own, with its real PostgreSQL, both of which can be killed. */
export class ServerProcess {
  readonly directory: string;
  readonly agentsPort: number;
  readonly #consolePort: number;
  #child: ChildProcess | undefined;

  private constructor(directory: string, consolePort: number, agentsPort: number) {
    this.directory = directory;
    this.#consolePort = consolePort;
    this.agentsPort = agentsPort;
  }

  static async create(): Promise<ServerProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'survival-'));
    await chmod(directory, 0o711);
    return new ServerProcess(join(directory, 'data'), await freePort(), await freePort());
  }

  get database(): ClusterAddress {
    return {
      host: socketDirectory(this.directory),
      port: SOCKET_PORT,
      user: DATABASE_ROLE,
      database: DATABASE_NAME,
    };
  }

  async start(): Promise<void> {
    const log = await open(this.#logPath, 'a');
    this.#child = spawn(process.execPath, [PROGRAM, 'serve'], {
      stdio: ['ignore', 'ignore', log.fd],
      env: {
        PATH: process.env['PATH'],
        PATCHSTEWARD_DATA: this.directory,
        PATCHSTEWARD_CONSOLE: `127.0.0.1:${this.#consolePort}`,
        PATCHSTEWARD_AGENTS: `127.0.0.1:${this.agentsPort}`,
        PATCHSTEWARD_FEEDS_FETCH: 'off',
        PATCHSTEWARD_LOG_LEVEL: 'warn',
      },
    });
    await log.close();
    await this.ready();
  }

  /** Until the server says that it and its database are there. */
  async ready(): Promise<void> {
    const began = Date.now();
    while (Date.now() - began < READY_MS_MAX) {
      if (this.#child?.exitCode != null) throw new Error(`the server ended by itself: ${await this.log()}`);
      if ((await this.#readiness()) === 200) return;
      await pause(LOOK_MS);
    }
    throw new Error(`the server was not ready in time: ${await this.log()}`);
  }

  async #readiness(): Promise<number> {
    try {
      return (await send({ host: '127.0.0.1', port: this.#consolePort }, 'GET', '/readyz')).status;
    } catch (error) {
      if (codeOf(error) !== undefined || error instanceof CutOffError) return 0;
      throw error;
    }
  }

  /** What an administrator on this machine asks for, through the socket in the data directory. */
  local(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    return send({ socketPath: join(this.directory, 'api.sock') }, method, path, body);
  }

  async killServer(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    this.#child = undefined;
  }

  /** By their process ids. */
  async databaseProcesses(): Promise<number[]> {
    return (await orphansOf(join(this.directory, 'postgres'))).map(({ pid }) => pid);
  }

  /** Every process of the cluster at once, first those that were looked for before: no backend gets to finish what it began. */
  async killDatabase(found: readonly number[] = []): Promise<void> {
    killAll(found);
    killAll(await this.databaseProcesses());
  }

  async log(): Promise<string> {
    return (await readFile(this.#logPath, 'utf8')).slice(-LOG_CHARACTERS_SHOWN);
  }

  /** What the server logged about the requests named in these answers: the only place that tells the cause of a 500. */
  async causesOf(answers: readonly string[]): Promise<string> {
    const said = answers.join('\n');
    const lines = (await readFile(this.#logPath, 'utf8')).split('\n');
    return lines.filter((line) => said.includes(/"requestId":"([^"]+)"/.exec(line)?.[1] ?? '\n\n')).join('\n');
  }

  get #logPath(): string {
    return `${this.directory}.log`;
  }

  async remove(): Promise<void> {
    await this.killServer();
    await this.killDatabase();
    await rm(join(this.directory, '..'), { recursive: true, force: true, maxRetries: 5 });
  }
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (codeOf(error) !== 'ESRCH') throw error;
    }
  }
}

function send(
  where: { readonly host: string; readonly port: number } | { readonly socketPath: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = content === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request({ ...where, method, path, headers, agent: false, timeout: ANSWER_MS_MAX }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (!response.complete) return reject(new CutOffError('the answer was cut off'));
        return resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      });
    });
    sent.on('timeout', () => sent.destroy(new CutOffError('no answer in time')));
    sent.on('error', reject);
    sent.end(content);
  });
}
