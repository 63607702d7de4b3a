// A server in miniature, to be killed: it starts a cluster on the directory it is given and says each id that is committed.
import { sql } from 'kysely';
import { startCluster } from '../cluster/cluster.ts';
import { openDatabase } from '../database.ts';
import { databaseFailureOf } from '../database-failure.ts';
import { createLog } from '../log.ts';

const [dataDirectory = '', firstId = '0'] = process.argv.slice(2);
const log = createLog({ level: 'silent' });
const cluster = await startCluster({ dataDirectory, log });
const { db } = openDatabase(cluster.address, log);
await sql`create table if not exists public.acknowledged (id bigint primary key)`.execute(db);
process.stdout.write(`postmaster ${cluster.postmasterPid()}\n`);

for (let id = Number(firstId); ; id += 1) {
  try {
    await sql`insert into public.acknowledged (id) values (${id})`.execute(db);
    process.stdout.write(`${id}\n`);
  } catch (error) {
    // Whether it was committed is not known: it was not acknowledged, and the next id goes on.
    if (databaseFailureOf(error) === undefined) throw error;
  }
}
