import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import { FakeAgent } from '../../../../server/src/1-identification/testing/fake-agent.ts';
import { createBareDatabase, type TestDatabase } from '../../../../server/src/platform/testing/database.ts';
import { freePort } from '../../../../server/src/platform/testing/free-port.ts';
import { type RunningServer, startServer } from '../../../../server/src/start.ts';
import { run } from './run.ts';

/** A real server on a database and a data directory of its own, and the command line that asks it. */
export class RealServer {
  readonly url: string;
  readonly firstRunUrl: string;
  readonly data: string;
  readonly #server: RunningServer;
  readonly #database: TestDatabase;
  readonly #agentsPort: number;
  readonly #agents: FakeAgent[] = [];

  private constructor(server: RunningServer, database: TestDatabase, agentsPort: number) {
    this.url = server.consoleUrl;
    this.firstRunUrl = server.firstRunUrl ?? '';
    this.data = server.settings.data;
    this.#server = server;
    this.#database = database;
    this.#agentsPort = agentsPort;
  }

  static async start(): Promise<RealServer> {
    const directory = await mkdtemp(join(tmpdir(), 'cli-server-'));
    await chmod(directory, 0o711);
    const database = await createBareDatabase();
    const { host, user, database: name } = database.address;
    const agentsPort = await freePort();
    const server = await startServer({
      flags: {
        data: join(directory, 'data'),
        console: '127.0.0.1:0',
        agents: `127.0.0.1:${agentsPort}`,
        agentsAddress: `patches.example.org:${agentsPort}`,
        databaseUrl: `postgres://${user}@localhost/${name}?host=${encodeURIComponent(host)}`,
        feedsFetch: 'off',
        logLevel: 'silent',
      },
      environment: {},
      isRoot: false,
      home: directory,
      workingDirectory: directory,
      human: false,
    });
    return new RealServer(server, database, agentsPort);
  }

  ask(...argv: readonly string[]) {
    return run(argv, { environment: { PATCHSTEWARD_DATA: this.data } });
  }

  async askJson(...argv: readonly string[]) {
    const { code, stderr, stdout } = await this.ask(...argv, '--json');
    const answer: unknown = stdout === '' ? undefined : JSON.parse(stdout);
    return { code, stderr, answer };
  }

  /** A host that enrolls with this token and reports, as an agent does. */
  async report(token: string, inventory: InventorySections): Promise<string> {
    const agent = new FakeAgent(this.#agentsPort, inventory.system.hostname);
    this.#agents.push(agent);
    const enrolled = await agent.enroll(token);
    if (enrolled.status !== 200) throw new Error(`the host was not enrolled: ${JSON.stringify(enrolled.body)}`);
    await agent.report(inventory);
    return enrolled.body.assetId;
  }

  async close(): Promise<void> {
    for (const agent of this.#agents) agent.disconnect();
    await this.#server.close();
    await this.#database.close();
    await rm(join(this.data, '..'), { recursive: true, force: true });
  }
}
