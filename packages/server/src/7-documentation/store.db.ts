import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { hashLeaf } from './leaf.ts';
import { appendLeaves, sequenceLeaves } from './store.ts';

const HEADER = { id: '01890a5d-ac96-774b-bcce-b302099a8057', at: 0, actor: 'local' } as const;
const LEAF = { kind: 'thing.changed', subject: 'thing-1', payload: { after: 1 } };
const SALT = new Uint8Array(32).fill(1);
/** SQLSTATE integrity_constraint_violation, which the trigger raises. */
const REFUSED = { code: '23000' };

describeWithDatabase('the record is append-only', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.db.transaction().execute(async (tx) => {
      await appendLeaves(tx, [{ ...HEADER, ...LEAF, salt: SALT, ...hashLeaf(HEADER, LEAF, SALT) }]);
      await sequenceLeaves(tx);
    });
  });
  afterAll(() => database.close());

  test.each([
    ['a change of its payload', `update documentation.leaf set payload = '{}'`],
    ['a change of its actor', `update documentation.leaf set actor = 'system'`],
    ['another index', `update documentation.leaf set index = 7`],
    ['the loss of its index', `update documentation.leaf set index = null`],
    ['removal', 'delete from documentation.leaf'],
    ['removal of all', 'truncate documentation.leaf'],
  ])('%s is refused', async (_, statement) => {
    await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject(REFUSED);
  });

  test('an index with a change hidden in it is refused', async () => {
    const header = { ...HEADER, id: '01890a5d-ac96-774b-bcce-b302099a8058' };
    await database.db
      .transaction()
      .execute((tx) => appendLeaves(tx, [{ ...header, ...LEAF, salt: SALT, ...hashLeaf(header, LEAF, SALT) }]));

    const change = sql`update documentation.leaf set index = 1, subject = 'thing-2' where index is null`;

    await expect(change.execute(database.db)).rejects.toMatchObject(REFUSED);
    expect(await database.db.transaction().execute((tx) => sequenceLeaves(tx))).toBe(1);
  });
});
