import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type ClusterAddress, startCluster } from '../cluster/cluster.ts';
import { SUPERUSER_ROLE } from '../cluster/files.ts';
import { endOrphans } from '../cluster/orphans.ts';
import { createLog } from '../log.ts';
import { migrate } from '../migrate.ts';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf } from '../system-error.ts';

export type ProvidedCluster =
  | { readonly kind: 'running'; readonly address: ClusterAddress; readonly template: string }
  | { readonly kind: 'missing'; readonly reason: string };

declare module 'vitest' {
  export interface ProvidedContext {
    readonly cluster: ProvidedCluster;
  }
}

const DIRECTORY_PREFIX = 'patchsteward-test-';
const TEMPLATE = 'patchsteward_template';
/** A test loses its database anyway when the machine dies; without fsync each costs milliseconds. */
const TEST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

/** One private cluster for the whole run, and in it a migrated database from which each test copies its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearEarlierRuns();
  const directory = await mkdtemp(join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  await chmod(directory, 0o711);
  const log = createLog({ level: 'silent' });
  try {
    const cluster = await startCluster({ dataDirectory: directory, log, settings: TEST_SETTINGS });
    const address = { ...cluster.address, user: SUPERUSER_ROLE };
    await execute({ ...address, database: 'postgres' }, `create database ${TEMPLATE}`);
    await migrate({ ...address, database: TEMPLATE }, log);
    project.provide('cluster', { kind: 'running', address, template: TEMPLATE });
    return async () => {
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    if (!(error instanceof StartRefusal) || error.code === 'migration-failed') throw error;
    project.provide('cluster', { kind: 'missing', reason: `no PostgreSQL runs here: ${error.message}` });
    return () => Promise.resolve();
  }
}

async function execute(address: ClusterAddress, statement: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A run that was killed leaves its PostgreSQL behind; the next one clears it away. */
async function clearEarlierRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${DIRECTORY_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const directory = join(tmpdir(), name);
    try {
      await endOrphans(join(directory, 'postgres'), () => undefined);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    await rm(directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
