import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe, inject } from 'vitest';
import type { ClusterAddress } from '../cluster/cluster.ts';
import type { ConnectionOptions } from '../connections.ts';
import { type Database, openDatabase } from '../database.ts';
import { createLog } from '../log.ts';

export interface TestDatabase extends Database {
  readonly address: ClusterAddress;
}

/** Few per test file: many files run at once on one cluster. */
const TEST_CONNECTIONS_MAX = 6;

/** `describe` for tests that need a PostgreSQL; where none can run they are skipped, and their name says why. */
export function describeWithDatabase(name: string, body: () => void): void {
  const cluster = inject('cluster');
  if (cluster.kind === 'running') describe(name, body);
  else describe.skip(`${name} (skipped: ${cluster.reason})`, body);
}

/** An empty, migrated database of its own; `close` drops it. */
export async function createTestDatabase(options: ConnectionOptions = {}): Promise<TestDatabase> {
  const cluster = running();
  return create(cluster.address, ` template ${cluster.template}`, options);
}

/** A database that nothing has migrated yet. */
export async function createBareDatabase(options: ConnectionOptions = {}): Promise<TestDatabase> {
  return create(running().address, '', options);
}

async function create(cluster: ClusterAddress, template: string, options: ConnectionOptions): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(cluster, `create database ${name}${template}`);
  const address = { ...cluster, database: name };
  const database = openDatabase(address, createLog({ level: 'silent' }), {
    connectionsMax: TEST_CONNECTIONS_MAX,
    ...options,
  });
  return {
    ...database,
    address,
    close: async () => {
      await database.close();
      await administer(cluster, `drop database ${name} with (force)`);
    },
  };
}

function running() {
  const cluster = inject('cluster');
  if (cluster.kind === 'missing') throw new Error(`a test without describeWithDatabase: ${cluster.reason}`);
  return cluster;
}

async function administer(cluster: ClusterAddress, statement: string): Promise<void> {
  const client = new pg.Client({ ...cluster, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
