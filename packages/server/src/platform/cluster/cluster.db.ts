import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database.ts';
import { createLog } from '../log.ts';
import { describeWithDatabase } from '../testing/database.ts';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { embeddedBinaries } from './embedded.ts';
import { endOrphans, orphansOf } from './orphans.ts';

const log = createLog({ level: 'silent' });
const WRITER = fileURLToPath(new URL('../testing/acknowledging-writer.ts', import.meta.url));
const ROUNDS = 20;
const SEED = 20_261_122;

/** mulberry32: the same kills at the same times in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describeWithDatabase('the private cluster', () => {
  let directory: string;
  let clusters: Cluster[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cluster-'));
    await chmod(directory, 0o711);
    clusters = [];
  });
  afterEach(async () => {
    for (const cluster of clusters) await cluster.stop();
    await endOrphans(join(directory, 'postgres'), () => undefined).catch(() => undefined);
    await rm(directory, { recursive: true, force: true });
  });

  async function start(options: Partial<ClusterOptions> = {}): Promise<Cluster> {
    const cluster = await startCluster({ dataDirectory: directory, log, ...options });
    clusters.push(cluster);
    return cluster;
  }

  async function withDatabase<T>(cluster: Cluster, work: (database: Database) => Promise<T>): Promise<T> {
    const database = openDatabase(cluster.address, log);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  it('is durable, private and in UTF-8 with text in the order of code points', async () => {
    const cluster = await start();
    const names = [
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'listen_addresses',
      'server_encoding',
      'data_checksums',
      'TimeZone',
    ];

    const settings = await withDatabase(cluster, async ({ pool }) => {
      const { rows } = await pool.query('select name, setting from pg_settings where name = any($1)', [names]);
      return Object.fromEntries(rows.map((row) => [row.name, row.setting]));
    });
    const order = await withDatabase(cluster, ({ pool }) =>
      pool.query(
        `select string_agg(t, '' order by t) as sorted, lower('ÄÖ') as low from unnest(array['b', 'ä', 'B', 'a']) t`,
      ),
    );

    expect(settings).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      data_checksums: 'on',
      TimeZone: 'UTC',
    });
    expect(order.rows[0]).toEqual({ sorted: 'Babä', low: 'äö' });
  });

  it('gives the program a role that owns its database and nothing else', async () => {
    const cluster = await start();

    const { rows } = await withDatabase(cluster, ({ pool }) =>
      pool.query('select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'),
    );

    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
    await expect(
      withDatabase(cluster, ({ pool }) => pool.query(`copy (select 1) to program 'true'`)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps its data over a second start, which is quicker', async () => {
    const first = await start();
    await withDatabase(first, ({ pool }) => pool.query(`create table kept as select 'kept' as word`));
    await first.stop();
    const began = performance.now();

    const second = await start();

    const { rows } = await withDatabase(second, ({ pool }) => pool.query('select word from kept'));
    expect(rows).toEqual([{ word: 'kept' }]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('comes back when the postmaster is killed, and the pool with it', async () => {
    const cluster = await start();
    const database = openDatabase(cluster.address, log);
    await sql`select 1`.execute(database.db);

    const running = sql`select pg_sleep(20)`.execute(database.db).catch((error: unknown) => error);
    await pause(100);
    process.kill(cluster.postmasterPid() ?? 0, 'SIGKILL');
    const failed = await running;
    const back = await until(async () => (await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows);
    await database.close();

    expect(failed).toMatchObject({ name: 'DatabaseGone' });
    expect(back).toEqual([{ one: 1 }]);
  });

  it('takes the place of what a killed server left behind', async () => {
    const writer = spawnWriter(directory, 0);
    const orphan = await writer.postmaster;
    writer.child.kill('SIGKILL');
    await writer.ended;
    expect(await isAlive(orphan)).toBe(true);

    const cluster = await start();

    expect(await isAlive(orphan)).toBe(false);
    expect(cluster.postmasterPid()).not.toBe(orphan);
  });

  it('does not mind who has the number of its last postmaster now', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(directory, 'postgres/postmaster.pid'), `${process.pid}\n`);

    const cluster = await start();

    expect(cluster.postmasterPid()).toBeGreaterThan(0);
  });

  it('waits for backends that outlive their postmaster', async () => {
    const first = await start();
    const client = new pg.Client({ ...first.address });
    client.on('error', () => undefined);
    await client.connect();
    const busy = client.query(`select count(*) from generate_series(1, 20000000) a`).catch((error: unknown) => error);
    await pause(100);
    process.kill(first.postmasterPid() ?? 0, 'SIGKILL');

    const rows = await until(() => withDatabase(first, async ({ pool }) => (await pool.query('select 1 as one')).rows));
    await busy;
    await client.end().catch(() => undefined);

    expect(rows).toEqual([{ one: 1 }]);
    expect((await orphansOf(join(directory, 'postgres'))).filter((one) => one.postmaster)).toHaveLength(1);
  });

  it('is refused by a server of another major, in words', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(directory, 'postgres/PG_VERSION'), '14\n');

    await expect(start()).rejects.toMatchObject({
      code: 'postgresql-other-major',
      message: expect.stringMatching(/made by PostgreSQL 14; found only \d+/),
    });
  });

  it('says what PostgreSQL says where it does not start', async () => {
    await expect(start({ settings: { shared_buffers: 'many' } })).rejects.toMatchObject({
      code: 'postgresql-start-failed',
      message: expect.stringContaining('shared_buffers'),
    });
  });

  it('makes anew what an initdb that was killed left half done', async () => {
    await writeFile(join(directory, 'postgres.new'), 'half');

    const cluster = await start();

    expect(cluster.postmasterPid()).toBeGreaterThan(0);
  });

  it('runs on a path too long for a socket', async () => {
    const deep = join(directory, 'a'.repeat(90));

    const cluster = await start({ dataDirectory: deep });

    expect(cluster.address.host).toMatch(/patchsteward-[0-9a-f]{16}$/);
    await cluster.stop();
    await rm(cluster.address.host, { recursive: true, force: true });
  });

  it('runs in a directory with a comma, a quote and a space in its name', async () => {
    const cluster = await start({ dataDirectory: join(directory, 'a, "b" c') });

    expect(await withDatabase(cluster, async ({ pool }) => (await pool.query('select 1 as one')).rows)).toEqual([
      { one: 1 },
    ]);
    await cluster.stop();
  });

  it('runs on the binaries that npm ships, and on their data only with them', async ({ skip }) => {
    const binaries = await embeddedBinaries(join(directory, 'cluster'));
    if (binaries === undefined) skip('the optional npm package with PostgreSQL is not installed for this machine');

    const cluster = await start({ places: { versionedRoots: [], plainDirectories: [] } });
    await withDatabase(cluster, ({ pool }) => pool.query(`create table kept as select lower('Ä') as word`));
    await cluster.stop();
    const again = await start();

    expect(cluster.binaries.origin).toBe('npm');
    expect(await readFile(join(directory, 'postgres/PG_VERSION'), 'utf8')).toBe(`${again.binaries.major}\n`);
    expect(await withDatabase(again, async ({ pool }) => (await pool.query('select word from kept')).rows)).toEqual([
      { word: 'ä' },
    ]);
  });

  describe('loses nothing that was acknowledged', () => {
    it(`in ${ROUNDS} kills of server and postmaster`, { timeout: 180_000 }, async () => {
      const random = dice(SEED);
      const acknowledged: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const writer = spawnWriter(directory, round * 1_000_000);
        const postmaster = await writer.postmaster;
        await pause(20 + random() * 200);
        const victims = random();
        if (victims < 0.7) process.kill(postmaster, 'SIGKILL');
        // Half of the time the server sees its database die and starts it again before it dies itself.
        if (victims > 0.3) await pause(random() * 400);
        writer.child.kill('SIGKILL');
        await writer.ended;
        acknowledged.push(...writer.acknowledged);
      }

      const cluster = await start();
      const { rows } = await withDatabase(cluster, ({ pool }) =>
        pool.query<{ id: number }>('select id from public.acknowledged'),
      );
      const kept = new Set(rows.map((row) => row.id));

      expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    });
  });
});

interface Writer {
  readonly child: ChildProcess;
  readonly postmaster: Promise<number>;
  readonly acknowledged: readonly number[];
  readonly ended: Promise<void>;
}

function spawnWriter(directory: string, firstId: number): Writer {
  const child = spawn(process.execPath, [WRITER, directory, String(firstId)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: number[] = [];
  const lines = createInterface({ input: child.stdout });
  const postmaster = new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the writer ended before it wrote')));
    lines.on('line', (line) => {
      const [word = '', pid] = line.split(' ');
      if (word === 'postmaster') resolve(Number(pid));
      else acknowledged.push(Number(word));
    });
  });
  const ended = new Promise<void>((resolve) => lines.once('close', () => resolve()));
  return { child, postmaster, acknowledged, ended };
}

const UNTIL_MS_MAX = 30_000;

async function until<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - start > UNTIL_MS_MAX) throw error;
    }
    await pause(50);
  }
}

/** A zombie is dead, whoever has not collected it yet. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    return !/^\d+ \(.*\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
