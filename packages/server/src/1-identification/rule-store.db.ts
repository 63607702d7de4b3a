import { globMatches } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { countFitting } from './rule-store.ts';

const NAMES = [
  ...['web-1', 'WEB-2', 'web-12.example.org', 'a-web-1', 'web', 'db%1', 'db_1', 'dbx1', 'db\\1', 'Ärger-1', 'ärger-2'],
  ...['\u{1F600}', 'host-00001.example.org', 'host-00002.example.org', 'zz', '*', '?', 'eu-prod-shop-prod-x-db1'],
];
const PATTERNS = [
  ...['*', '?', '', 'web-*', 'WEB-?', '*web*', 'web', 'db%1', 'db_1', 'db\\1', 'db?1', 'ÄRGER-*', '*-prod-*-db?'],
  ...['host-0000?.*', 'host-00001*', 'zz*', '**', 'is not there*', '\u{1F600}', '[a-z]*', '???'],
];

describeWithDatabase('the assets that a pattern fits', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await sql`
      insert into identification.asset (id, name, first_seen)
      select gen_random_uuid(), name, now() from unnest(${NAMES}::text[]) as name
    `.execute(database.db);
  });
  afterAll(() => database.close());

  it('are as many as core says', async () => {
    const counted = await countFitting(database.db, PATTERNS);

    expect(PATTERNS.map((pattern, at) => [pattern, counted[at]])).toEqual(
      PATTERNS.map((pattern) => [pattern, NAMES.filter((name) => globMatches(pattern, name)).length]),
    );
  });

  it('of no pattern are no counts', async () => {
    expect(await countFitting(database.db, [])).toEqual([]);
  });
});
