import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { osvFile } from './testing/feed-files.ts';
import { openWorld, type World } from './testing/world.ts';

const FOREIGN_KEY_VIOLATION = '23503';

describeWithDatabase('claims rest on advisories', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-1-1' }, { id: 'DSA-2-1' }));
  });
  afterAll(() => world.close());

  async function counts() {
    const { rows } = await sql`
      select (select count(*) from identification.claim) as claims,
        (select count(*) from identification.advisory) as advisories
    `.execute(world.db);
    return rows;
  }

  it.each([
    [
      'one of several claims names an advisory that is not there',
      sql`
        insert into identification.claim (feed, advisory, authority, vulnerability, scope, package_kind, package_name,
          status, ranges, versions, published_precision, valid_from)
        select feed, name, authority, vulnerability, scope, package_kind, package_name, status, ranges, versions,
          published_precision, valid_from
        from identification.claim cross join unnest(array['DSA-1-1', 'DSA-9-9']) as name
      `,
    ],
    ['a claim moves to another advisory', sql`update identification.claim set advisory = 'DSA-2-1'`],
    ['an advisory is deleted', sql`delete from identification.advisory where id = 'DSA-1-1'`],
    ['an advisory gets another id', sql`update identification.advisory set id = 'DSA-3-1' where id = 'DSA-1-1'`],
    ['all advisories are deleted', sql`truncate identification.advisory`],
  ])('refuses that %s', async (_, statement) => {
    const before = await counts();

    await expect(statement.execute(world.db)).rejects.toMatchObject({ code: FOREIGN_KEY_VIOLATION });

    expect(await counts()).toEqual(before);
  });

  it('takes an advisory as withdrawn', async () => {
    const withdrawn = { id: 'DSA-1-1', withdrawn: '2026-11-20T00:00:00Z', modified: '2026-11-20T00:00:00Z' };

    expect(await world.importFeed('debian-osv', osvFile(withdrawn))).toMatchObject({ removed: 1 });
  });
});
