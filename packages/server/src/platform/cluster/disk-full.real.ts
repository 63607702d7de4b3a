import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { createLog } from '../log.ts';
import { createTestApp } from '../testing/app.ts';
import { describeWithDatabase } from '../testing/database.ts';
import { type Cluster, startCluster } from './cluster.ts';

const execute = promisify(execFile);
const DISK_BYTES = 256 * 1024 * 1024;
/** What is left beside the ballast: less than the table that is to be written. */
const LEFT_BYTES = 4 * 1024 * 1024;

describeWithDatabase('a full disk', () => {
  const log = createLog({ level: 'silent' });
  let directory: string;
  let cluster: Cluster;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'disk-full-'));
    await execute('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=0711`, 'tmpfs', directory]);
    await chmod(directory, 0o711);
    cluster = await startCluster({ dataDirectory: directory, log });
  });
  afterAll(async () => {
    await cluster.stop();
    await execute('umount', [directory]);
    await rm(directory, { recursive: true });
  });

  it('is told as such, loses nothing that was acknowledged, and is over when there is room', async () => {
    const database = openDatabase(cluster.address, log);
    const { db } = database;
    const app = await createTestApp({
      'feed.list': async () => {
        await sql`insert into public.filler select repeat(md5(random()::text), 30) from generate_series(1, 20000)`.execute(
          db,
        );
        return { items: [], countingSince: null };
      },
    });
    await sql`create table public.kept (id int primary key)`.execute(db);
    await sql`create table public.filler (content text)`.execute(db);
    await sql`alter table public.filler alter content set storage plain`.execute(db);
    await sql`insert into public.kept values (1)`.execute(db);
    const { bavail, bsize } = await statfs(directory);
    await writeFile(join(directory, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_BYTES));

    const full = await app.inject({ url: '/api/v1/feeds' });
    const kept = await sql`select id from public.kept`.execute(db);
    await rm(join(directory, 'ballast'));
    const room = await app.inject({ url: '/api/v1/feeds' });
    await app.close();
    await database.close();

    expect(full.statusCode).toBe(507);
    expect(full.json().error).toMatchObject({ code: 'disk-full', whatToDo: expect.stringContaining('Free space') });
    expect(kept.rows).toEqual([{ id: 1 }]);
    expect(room.statusCode).toBe(200);
  });

  it('at the first start is told as such', async () => {
    const small = await mkdtemp(join(tmpdir(), 'disk-full-'));
    await execute('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0711', 'tmpfs', small]);

    const failed = await startCluster({ dataDirectory: small, log }).catch((error: unknown) => error);
    await execute('umount', [small]);
    await rm(small, { recursive: true });

    expect(failed).toMatchObject({ code: 'postgresql-init-failed', message: expect.stringContaining('No space left') });
  });
});
