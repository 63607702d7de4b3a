import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { type Database, openDatabase } from '../database.ts';
import { createLog } from '../log.ts';
import { migrate } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';
import { createTestApp } from '../testing/app.ts';
import { createTestDatabase, describeWithDatabase } from '../testing/database.ts';
import { healthRoutes } from './health.ts';

const BACK_MS_MAX = 20_000;

describeWithDatabase('a database that is gone', () => {
  const log = createLog({ level: 'silent' });
  let directory: string;
  let cluster: Cluster;
  let database: Database;
  let app: FastifyInstance;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gone-'));
    await chmod(directory, 0o711);
    cluster = await startCluster({ dataDirectory: directory, log });
    await migrate(cluster.address, log);
    database = openDatabase(cluster.address, log);
    const { db } = database;
    const migrations = (await readMigrations()).map(({ name }) => name);
    app = await createTestApp({
      ...healthRoutes({ db, migrations }),
      'feed.list': async () => {
        await sql`select pg_sleep(20)`.execute(db);
        return { items: [], countingSince: null };
      },
    });
  });
  afterAll(async () => {
    await app.close();
    await database.close();
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const answer = async (url: string) => {
    const response = await app.inject({ url });
    const body = response.json();
    return { status: response.statusCode, code: body.error?.code, checks: body.checks };
  };

  it('in the middle of a request is told as such, and is served again when it is back', async () => {
    expect(await answer('/readyz')).toMatchObject({ status: 200, checks: { database: 'up' } });
    const slow = answer('/api/v1/feeds');
    await pause(200);

    process.kill(cluster.postmasterPid() ?? 0, 'SIGKILL');
    const failed = await slow;
    const live = await answer('/healthz');
    const start = performance.now();
    while ((await answer('/readyz')).status !== 200 && performance.now() - start < BACK_MS_MAX) await pause(50);

    expect(failed).toMatchObject({ status: 503, code: 'database-gone' });
    expect(live.status).toBe(200);
    expect(await answer('/readyz')).toMatchObject({ status: 200 });
  });

  it('makes the server not ready, and nothing else', async () => {
    await cluster.stop();

    expect(await answer('/readyz')).toMatchObject({ status: 503, code: 'database-gone' });
    expect((await answer('/healthz')).status).toBe(200);
  });
});

describeWithDatabase('a database of another version of the program', () => {
  it('makes the server not ready', async () => {
    const database = await createTestDatabase();
    const app = await createTestApp(healthRoutes({ db: database.db, migrations: ['0001_access'] }));

    const response = await app.inject({ url: '/readyz' });
    await app.close();
    await database.close();

    expect([response.statusCode, response.json().error.code]).toEqual([503, 'shutting-down']);
  });
});
