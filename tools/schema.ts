// Migrates an empty database and writes down what came of it: migrations/schema.sql for review, tables.ts for the compiler.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCluster } from '../packages/server/src/platform/cluster/cluster.ts';
import { openDatabase } from '../packages/server/src/platform/database.ts';
import { createLog } from '../packages/server/src/platform/log.ts';
import { migrate } from '../packages/server/src/platform/migrate.ts';
import { readCatalog } from '../packages/server/src/platform/testing/schema-catalog.ts';
import { dumpSchema } from '../packages/server/src/platform/testing/schema-dump.ts';
import { typeTables } from '../packages/server/src/platform/testing/schema-types.ts';

const server = fileURLToPath(new URL('../packages/server/', import.meta.url));
const log = createLog({ level: 'error' });
const directory = await mkdtemp(join(tmpdir(), 'patchsteward-schema-'));
await chmod(directory, 0o711);
const cluster = await startCluster({ dataDirectory: directory, log, settings: { fsync: 'off' } });
try {
  await migrate(cluster.address, log);
  const database = openDatabase(cluster.address, log);
  const catalog = await readCatalog(database.pool);
  await database.close();
  await writeFile(`${server}migrations/schema.sql`, dumpSchema(catalog));
  await writeFile(`${server}src/platform/tables.ts`, typeTables(catalog));
  process.stdout.write(`${catalog.tables.length} tables written to migrations/schema.sql and src/platform/tables.ts\n`);
} finally {
  await cluster.stop();
  await rm(directory, { recursive: true, force: true });
}
