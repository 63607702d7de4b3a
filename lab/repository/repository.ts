import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hub } from '../hub/hub.ts';
import { LabError } from '../lab-error.ts';
import { codeOf } from '../machine/system-error.ts';
import type { Place } from '../place.ts';
import type { RepositoryRequest } from './control-server.ts';
import type { Fault } from './fault.ts';

const PORT = '80';
const READY_WAIT_MS = 20_000;
const POLL_MS = 50;

/** The repository server of the hub: Debian's archive and Acme's, and how they fail. */
export class Repository {
  private readonly socket: string;
  private readonly log: string;

  constructor(place: Place) {
    this.socket = place.path('hub', 'repository.sock');
    this.log = place.path('hub', 'repository.log');
  }

  /** Starts the server, and waits until it answers. */
  async serve(hub: Hub, roots: readonly string[]): Promise<void> {
    const argv = [process.execPath, join(import.meta.dirname, 'main.ts'), this.socket, hub.address, PORT, ...roots];
    await hub.spawn(argv, { log: this.log });
    const deadline = Date.now() + READY_WAIT_MS;
    while (!(await this.isServing())) {
      if (Date.now() > deadline) throw new LabError('the repository server does not start', `see ${this.log}`);
      await sleep(POLL_MS);
    }
  }

  async isServing(): Promise<boolean> {
    try {
      await this.ask('GET');
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ECONNREFUSED') return false;
      throw error;
    }
  }

  /** Replaces all faults. The first whose pattern matches a path decides. */
  async setFaults(faults: readonly Fault[]): Promise<void> {
    await this.ask('PUT', JSON.stringify(faults));
  }

  async clearFaults(): Promise<void> {
    await this.setFaults([]);
  }

  /** What was asked so far, the oldest first. */
  async requests(): Promise<RepositoryRequest[]> {
    return JSON.parse(await this.ask('GET'));
  }

  private async ask(method: 'GET' | 'PUT', body = ''): Promise<string> {
    const asked = request({ socketPath: this.socket, method }).end(body);
    const [response]: [IncomingMessage] = await once(asked, 'response').then(([one]) => [one]);
    const text = Buffer.concat(await response.toArray()).toString('utf8');
    if (response.statusCode === 200) return text;
    throw new LabError(`the repository server refused: ${text}`, 'see the modes in lab/repository/fault.ts');
  }
}
