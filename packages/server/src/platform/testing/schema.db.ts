import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MIGRATIONS_DIRECTORY } from '../migrations.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from './database.ts';
import { readCatalog } from './schema-catalog.ts';
import { dumpSchema } from './schema-dump.ts';
import { typeTables } from './schema-types.ts';

describeWithDatabase('the written schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  it('is what the migrations make; run `npm run schema` after a migration', async () => {
    const catalog = await readCatalog(database.pool);

    const written = await readFile(`${MIGRATIONS_DIRECTORY}schema.sql`, 'utf8');
    const typed = await readFile(new URL('../tables.ts', import.meta.url), 'utf8');

    expect(dumpSchema(catalog)).toBe(written);
    expect(typeTables(catalog)).toBe(typed);
  });
});
