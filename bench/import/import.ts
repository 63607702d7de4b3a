import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Client, createClient } from '@patchsteward/contract/client';
import { reportHost, testCorridor } from '../../packages/server/src/1-identification/testing/reported-host.ts';
import { sharedHost } from '../../packages/server/src/1-identification/testing/shared-data.ts';
import type { ClusterAddress } from '../../packages/server/src/platform/cluster/cluster.ts';
import { openDatabase } from '../../packages/server/src/platform/database.ts';
import { createLog } from '../../packages/server/src/platform/log.ts';
import { openHouse } from '../api/house.ts';
import { firstCookie } from '../api/person.ts';
import { urlOf } from '../api/server.ts';
import { BenchError } from '../bench-error.ts';
import { changedIn, readContents } from './contents.ts';
import { type FeedBytes, feedsIn } from './files.ts';

/** KEV, EPSS and every advisory that there is data of, into an empty database. */
const COLD_MS_MAX = 20_000;

const DATA = process.env['PATCHSTEWARD_TEST_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

interface FeedFigure {
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
  readonly setAside: number;
  readonly coldMs: number;
  /** The same bytes once more. */
  readonly againMs: number;
  /** The same content as other bytes: packed where it was plain, and the other way round. */
  readonly otherBytesMs: number;
}

export interface ImportFigures {
  readonly cores: number;
  /** Processes that wanted to run, over the last minute. Above `cores` the figures are also those of others. */
  readonly load: { readonly before: number; readonly after: number };
  readonly coldMs: number;
  readonly limitMs: number;
  readonly withinLimit: boolean;
  readonly againMs: number;
  readonly otherBytesMs: number;
  /** What the second and the third import of the same changed: nothing, where all is well. */
  readonly changedByAgain: readonly string[];
  readonly recordLeavesByAgain: number;
  readonly changedByOtherBytes: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
  readonly feeds: Readonly<Record<string, FeedFigure>>;
}

interface Asked {
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A server on a fresh PostgreSQL, with one real host, takes over every feed there is data of: cold, again, repacked. */
export async function benchImport({ said, signal }: Asked): Promise<ImportFigures> {
  if (!existsSync(DATA)) throw new BenchError(`there is no data in ${DATA}`, 'name it with PATCHSTEWARD_TEST_DATA');
  const files = await feedsIn(DATA);
  const before = loadNow();
  const house = await openHouse(withHost, said);
  try {
    const { url, firstRun } = house.server;
    const cookie = await firstCookie(url, new URL(firstRun).hash.slice(1));
    const client = createClient({ base: url, fetch, headers: { cookie } });
    const leaves = async () => (await client('record.list', { query: { limit: 1 } })).total;
    const send = (name: string, repack: boolean) => sendAll(client, files, { name, repack, said, signal });

    const cold = await send('cold', false);
    const loaded = await readContents(house.prepared);
    const leavesLoaded = await leaves();
    const again = await send('again', false);
    const changedByAgain = changedIn(loaded, await readContents(house.prepared));
    const recordLeavesByAgain = (await leaves()) - leavesLoaded;
    const other = await send('as other bytes', true);
    const changedByOtherBytes = changedIn(loaded, await readContents(house.prepared));

    const coldMs = totalOf(cold);
    return {
      ...{ cores: availableParallelism(), load: { before, after: loadNow() } },
      ...{ coldMs, limitMs: COLD_MS_MAX, withinLimit: coldMs <= COLD_MS_MAX },
      ...{ againMs: totalOf(again), otherBytesMs: totalOf(other) },
      ...{ changedByAgain, recordLeavesByAgain, changedByOtherBytes },
      rows: Object.fromEntries(Object.entries(loaded).map(([name, { rows }]) => [name, rows])),
      feeds: Object.fromEntries(
        files.map(({ feed, path, bytes }, at) => [
          feed,
          {
            ...{ path, bytes: bytes.length, records: cold[at]?.records ?? 0, setAside: cold[at]?.setAside ?? 0 },
            ...{ coldMs: cold[at]?.tookMs ?? 0, againMs: again[at]?.tookMs ?? 0 },
            otherBytesMs: other[at]?.tookMs ?? 0,
          },
        ]),
      ),
    };
  } finally {
    await house.close();
  }
}

/** So that there is something to judge. Answers where the database is. */
async function withHost(address: ClusterAddress): Promise<string> {
  const database = openDatabase(address, createLog({ level: 'error' }));
  try {
    const { db } = database;
    await reportHost({ db, corridor: testCorridor(db), clock: () => Date.now() }, 'workstation', sharedHost());
  } finally {
    await database.close();
  }
  return urlOf(address);
}

interface Sent {
  readonly tookMs: number;
  readonly records: number;
  readonly setAside: number;
}

interface Sending {
  readonly name: string;
  readonly repack: boolean;
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** One after the other, as a person imports a folder. */
async function sendAll(client: Client, files: readonly FeedBytes[], sending: Sending): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const { feed, bytes } of files) {
    sending.signal.throwIfAborted();
    const body = new Blob([new Uint8Array(sending.repack ? repacked(bytes) : bytes)]);
    const began = performance.now();
    const { records, quarantinedTotal, added, updated } = await client('feed.import', { params: { feed }, body });
    const tookMs = Math.round(performance.now() - began);
    sending.said(`${sending.name}: ${feed} in ${tookMs} ms, ${added} added, ${updated} updated`);
    sent.push({ tookMs, records, setAside: quarantinedTotal });
  }
  return sent;
}

/** RFC 1952 §2.3.1. */
function repacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : gzipSync(bytes);
}

function totalOf(sent: readonly Sent[]): number {
  return sent.reduce((sum, { tookMs }) => sum + tookMs, 0);
}

function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}
