import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { countAll } from '../../packages/server/src/1-identification/fleet-count.ts';
import { readSeen } from '../../packages/server/src/1-identification/fleet-lag-store.ts';
import { lockLastCount, storeCount } from '../../packages/server/src/1-identification/fleet-store.ts';
import { type ClusterAddress, startCluster } from '../../packages/server/src/platform/cluster/cluster.ts';
import { type Db, openDatabase } from '../../packages/server/src/platform/database.ts';
import { createLog } from '../../packages/server/src/platform/log.ts';
import { migrate } from '../../packages/server/src/platform/migrate.ts';
import { fillFleet } from './fill.ts';
import type { Fleet } from './fleet.ts';
import { type Server, startServer, urlOf } from './server.ts';
import { readTotals, refuseOtherThan, type Totals } from './totals.ts';

export interface FilledHouse {
  readonly totals: Totals;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

type Said = (line: string) => void;
type Closer = () => Promise<unknown>;

/** A house with a fleet in it. */
export async function openFilledHouse(fleet: Fleet, said: Said): Promise<FilledHouse> {
  const { prepared: totals, server, close } = await openHouse((address) => filled(address, fleet, said), said);
  return { totals, server, close };
}

interface House<Prepared> {
  readonly prepared: Prepared;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** A private PostgreSQL in a temporary folder, prepared, and a server on it; `close` leaves nothing of either. */
export async function openHouse<Prepared>(
  prepare: (address: ClusterAddress) => Promise<Prepared>,
  said: Said,
): Promise<House<Prepared>> {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'patchsteward-bench-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    // PostgreSQL never runs as root: its account passes through.
    await chmod(folder, 0o711);
    const log = createLog({ level: 'error' });
    const cluster = await startCluster({ dataDirectory: join(folder, 'database'), log });
    closers.push(cluster.stop);
    await migrate(cluster.address, log);
    const prepared = await prepare(cluster.address);
    const server = await startServer(join(folder, 'server'), urlOf(cluster.address));
    closers.push(server.stop);
    said(`the server answers at ${server.url}`);
    return { prepared, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Fills the migrated database and counts over the fleet. */
export async function filled(address: ClusterAddress, fleet: Fleet, said: Said): Promise<Totals> {
  const database = openDatabase(address, createLog({ level: 'error' }), { statementMsMax: 0 });
  try {
    const { db } = database;
    said(`filling in ${fleet.assets} assets`);
    await fillFleet(db, fleet, DEFAULT_POLICY.version);
    said('counting over the fleet');
    await countOverFleet(db);
    const totals = await readTotals(db);
    refuseOtherThan(fleet, totals);
    said(
      `filled: ${Object.entries(totals)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}`,
    );
    return totals;
  } finally {
    await database.close();
  }
}

async function countOverFleet(db: Db): Promise<void> {
  const countedAt = Date.now();
  await db.transaction().execute(async (tx) => {
    await lockLastCount(tx);
    const seen = await readSeen(tx);
    await countAll(tx, { policy: DEFAULT_POLICY, said: new Map(), now: countedAt });
    await storeCount(tx, { countedAt, durationMs: Date.now() - countedAt, seen });
  });
}
