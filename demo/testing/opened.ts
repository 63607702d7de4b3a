import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CampaignSummary } from '@patchsteward/contract';
import { type Client, createClient } from '@patchsteward/contract/client';
import type { Instant } from '@patchsteward/core/vocabulary';
import { createTestDatabase } from '../../packages/server/src/platform/testing/database.ts';
import { freePort } from '../../packages/server/src/platform/testing/free-port.ts';
import { openDemo, type RunningDemo } from '../demo.ts';
import { Place } from '../house/place.ts';

const CAMPAIGNS_MAX = 100;
const CONNECTIONS_MAX = 12;

/** A demo on a database of its own, and its people at its doors. */
export class OpenedDemo {
  readonly running: RunningDemo;
  readonly folder: string;
  readonly #close: () => Promise<void>;

  private constructor(running: RunningDemo, folder: string, close: () => Promise<void>) {
    this.running = running;
    this.folder = folder;
    this.#close = close;
  }

  /** Without a console unless a built one is given; told by the machine's clock unless by another one. */
  static async open(share: number, consoleDirectory?: string, machine: () => Instant = Date.now): Promise<OpenedDemo> {
    const folder = await mkdtemp(join(tmpdir(), 'patchsteward-demo-'));
    const database = await createTestDatabase({ connectionsMax: CONNECTIONS_MAX });
    const { host, port, user, database: name } = database.address;
    const page = join(folder, 'console');
    await mkdir(page);
    await writeFile(join(page, 'index.html'), '<!doctype html><title>no console in this test</title>');
    const running = await openDemo({
      ...{ place: new Place(join(folder, 'data')), environment: {}, share, machine },
      consoleDirectory: consoleDirectory ?? page,
      said: () => undefined,
      flags: {
        ...{ console: '127.0.0.1:0', agents: `127.0.0.1:${await freePort()}`, logLevel: 'silent' },
        databaseUrl: `postgres://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
      },
    });
    return new OpenedDemo(running, folder, async () => {
      await running.close();
      await database.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  /** Signed in with the password that the demo shows. */
  async as(login: string): Promise<Client> {
    const base = this.running.server.consoleUrl;
    const password = this.running.people.find((person) => person.login === login)?.password ?? '';
    const response = await fetch(`${base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (!response.ok) throw new Error(await response.text());
    const cookie = response.headers.getSetCookie().map((one) => one.split(';', 1)[0] ?? '');
    return createClient({ base, fetch, headers: { cookie: cookie.join('; ') } });
  }

  /** By the source package of their update. */
  async campaigns(client: Client): Promise<ReadonlyMap<string, CampaignSummary>> {
    const { items } = await client('campaign.list', { query: { limit: CAMPAIGNS_MAX } });
    return new Map(items.map((one) => [one.title.split(' ', 1)[0] ?? '', one]));
  }

  close(): Promise<void> {
    return this.#close();
  }
}
