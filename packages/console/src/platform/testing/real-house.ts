import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Db } from '../../../../server/src/platform/database.ts';
import { createTestDatabase } from '../../../../server/src/platform/testing/database.ts';
import { freePort } from '../../../../server/src/platform/testing/free-port.ts';
import type {} from '../../../../server/src/platform/testing/global-cluster.ts';
import { type RunningServer, startServer } from '../../../../server/src/start.ts';
import { buildConsole } from './build.ts';
import { launchBrowser } from './chromium.ts';

/** The real server with a database of its own, a built console, and a browser. */
export interface RealHouse {
  readonly browser: Browser;
  readonly server: RunningServer;
  /** Where hosts report. */
  readonly agentsPort: number;
  readonly close: () => Promise<void>;
}

interface Furnishing {
  /** What is in the database before the server starts. */
  readonly fill?: (db: Db) => Promise<void>;
  readonly scrollBars?: boolean;
}

export async function openRealHouse({ fill, scrollBars = false }: Furnishing = {}): Promise<RealHouse> {
  const [built, data, database, agentsPort] = await Promise.all([
    buildConsole(),
    mkdtemp(join(tmpdir(), 'patchsteward-data-')),
    createTestDatabase(),
    freePort(),
  ]);
  await fill?.(database.db);
  const { host, port, user, database: name } = database.address;
  const server = await startServer({
    human: false,
    consoleDirectory: built.directory,
    flags: {
      data,
      console: '127.0.0.1:0',
      agents: `127.0.0.1:${agentsPort}`,
      databaseUrl: `postgres://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
      feedsFetch: 'off',
      logLevel: 'silent',
    },
    environment: {},
    isRoot: false,
    home: data,
    workingDirectory: data,
  });
  const browser = await launchBrowser({ scrollBars });
  return {
    browser,
    server,
    agentsPort,
    close: async () => {
      await browser.close();
      await server.close();
      await database.close();
      await Promise.all([built.remove(), rm(data, { recursive: true, force: true })]);
    },
  };
}
