import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hub, HubProcess } from '../hub/hub.ts';
import { LabError } from '../lab-error.ts';
import { LAB_POLICY, POLL_MS } from './policy.ts';

const PATCHSTEWARD = join(import.meta.dirname, '../../packages/cli/bin/patchsteward.mjs');
export const SERVER_URL = 'http://127.0.0.1:8420';
/** As the hosts know it. */
export const AGENTS_ADDRESS = 'patchsteward.test:8421';
/** A private database is made first. */
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 30_000;
const LOOK_MS = 200;

export interface ServerPlace {
  readonly folder: string;
  readonly logs: string;
  readonly smtpUrl: string;
}

/** The server as anybody starts it, in the network of the lab, with a database and a data directory of its own. */
export class Server {
  readonly data: string;
  readonly log: string;
  readonly #hub: Hub;
  readonly #place: ServerPlace;
  #process: HubProcess | null = null;

  constructor(hub: Hub, place: ServerPlace) {
    this.#hub = hub;
    this.#place = place;
    this.data = join(place.folder, 'server');
    this.log = join(place.logs, 'server.log');
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  async start(): Promise<void> {
    await mkdir(this.data, { recursive: true });
    const policy = join(this.#place.folder, 'policy.json');
    await writeFile(policy, JSON.stringify(LAB_POLICY, null, 2));
    const settings = {
      ...{ data: this.data, console: '127.0.0.1:8420', agents: `${this.#hub.address}:8421` },
      ...{ 'agents-address': AGENTS_ADDRESS, 'poll-ms': String(POLL_MS), 'feeds-fetch': 'off', policy },
      ...{ 'smtp-url': this.#place.smtpUrl, 'mail-from': 'patchsteward@patchsteward.test', 'log-level': 'debug' },
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const env = { PATH: process.env['PATH'], HOME: this.#place.folder, LC_ALL: 'C.UTF-8' };
    this.#process = await this.#hub.spawn([process.execPath, PATCHSTEWARD, 'serve', ...flags], { log: this.log, env });
    await this.#ready();
  }

  /** As `kill -9` ends it: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#process?.exited;
    this.#process = null;
  }

  async stop(): Promise<void> {
    if (this.#process === null) return;
    this.#process.kill('SIGTERM');
    const stuck = await Promise.race([this.#process.exited.then(() => false), sleep(STOP_MS_MAX, true)]);
    if (stuck) await this.kill();
    this.#process = null;
  }

  async #ready(): Promise<void> {
    const until = Date.now() + START_MS_MAX;
    const ended = this.#process?.exited.then((code) => code) ?? Promise.resolve(0);
    for (;;) {
      const answer = await this.#hub.get(`${SERVER_URL}/readyz`);
      if (answer?.status === 200) return;
      const code = await Promise.race([ended, sleep(LOOK_MS, null)]);
      if (code !== null) throw new LabError(`the server ended with ${code}`, `see ${this.log}`);
      if (Date.now() > until) throw new LabError('the server does not get ready', `see ${this.log}`);
    }
  }
}
