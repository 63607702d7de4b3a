import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@patchsteward/contract/client';
import { FakeAgent } from '../packages/server/src/1-identification/testing/fake-agent.ts';
import { type ClusterAddress, startCluster } from '../packages/server/src/platform/cluster/cluster.ts';
import { createLog } from '../packages/server/src/platform/log.ts';
import { migrate } from '../packages/server/src/platform/migrate.ts';
import { firstCookie } from './api/person.ts';
import { startServer, urlOf } from './api/server.ts';
import { BenchError } from './bench-error.ts';
import { cpuMsOf, cpuMsOfFamily, memoryOf } from './process-cpu.ts';

/** A server in a process of its own, on a private PostgreSQL, with a signed-in person and a door for agents. */
export interface LiveHouse {
  readonly url: string;
  readonly cookie: string;
  readonly client: Client;
  /** Enrolled by a token of its own, over mutual TLS from then on. */
  readonly enroll: (hostname: string) => Promise<FakeAgent>;
  readonly cpu: () => Promise<CpuTime>;
  /** The server's process: what it holds now, and the most that it held. */
  readonly memory: () => Promise<{ readonly rssMb: number; readonly peakMb: number }>;
  readonly close: () => Promise<void>;
}

/** Since the processes began. */
export interface CpuTime {
  readonly serverMs: number;
  readonly postgresMs: number;
}

type Closer = () => Promise<unknown>;

/** `prepare` fills the migrated database before the server starts; `close` leaves nothing of either. */
export async function openLiveHouse(
  prepare: (address: ClusterAddress) => Promise<unknown>,
  said: (line: string) => void,
): Promise<LiveHouse> {
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
    await prepare(cluster.address);
    const agentsPort = await freePort();
    const server = await startServer(join(folder, 'server'), urlOf(cluster.address), agentsPort);
    closers.push(server.stop);
    const cookie = await firstCookie(server.url, new URL(server.firstRun).hash.slice(1));
    const client = createClient({ base: server.url, fetch, headers: { cookie } });
    said(`the server answers at ${server.url}`);
    return {
      ...{ url: server.url, cookie, client, close },
      enroll: async (hostname) => {
        const { token } = await client('enrollment-token.create', { body: {} });
        const agent = new FakeAgent(agentsPort, hostname);
        const { status } = await agent.enroll(token);
        if (status !== 200) throw new BenchError(`${hostname} is not enrolled: ${status}`, 'see the server');
        return agent;
      },
      memory: () => memoryOf(server.pid),
      cpu: async () => {
        const postmaster = cluster.postmasterPid();
        if (postmaster === undefined) throw new BenchError('PostgreSQL is gone', 'see its log');
        return { serverMs: await cpuMsOf(server.pid), postgresMs: await cpuMsOfFamily(postmaster) };
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('a listener on TCP has a port');
  return address.port;
}
