import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ClusterAddress } from '../../platform/cluster/cluster.ts';

const LOOK_MS = 2;
/** With hosts that report all the time, longer than this without a transaction means that nothing goes on at all. */
const WAIT_MS_MAX = 5_000;
const OPEN = `select count(*)::int as open from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid() and xact_start is not null`;

/** Looks into a database that is killed again and again for work that a kill would interrupt. */
export class OpenWork {
  readonly #address: ClusterAddress;
  #client: pg.Client | null = null;

  constructor(address: ClusterAddress) {
    this.#address = address;
  }

  /** Returns at the moment in which a transaction is open; false: none was, for a long time. */
  async wait(): Promise<boolean> {
    for (const end = Date.now() + WAIT_MS_MAX; Date.now() < end; await pause(LOOK_MS)) {
      if ((await this.#open()) > 0) return true;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#client?.end();
  }

  async #open(): Promise<number> {
    try {
      const { rows } = await (await this.#connected()).query<{ open: number }>(OPEN);
      return rows[0]?.open ?? 0;
    } catch {
      // A database that is down, or just going, has nothing open; whoever waits looks again.
      this.#client = null;
      return 0;
    }
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== null) return this.#client;
    const client = new pg.Client({ ...this.#address });
    // It is killed with its database; the next look opens another.
    client.on('error', () => {
      if (this.#client === client) this.#client = null;
    });
    await client.connect();
    this.#client = client;
    return client;
  }
}
