import { ASSET_FACETS, ASSET_SORTS, type AssetFilter } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db, Reader } from '../platform/database.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { facetsOf } from './asset-facets.ts';
import { findAssets } from './asset-found.ts';
import { findAssetIds, readAsset } from './asset-list-store.ts';
import { pageOfAssets } from './asset-page.ts';
import type { AssetView } from './asset-view.ts';
import { type AssetViews, openAssetViews } from './asset-view-reader.ts';
import { fillFleet, fleetId } from './testing/fleet.ts';

const ASSETS = 150;
const WRITERS = 6;
const WARN_MS = DEFAULT_POLICY.endOfLife.warnMs;
const WRITES = 15;

const number = fc.integer({ min: 1, max: ASSETS });
const word = fc.constantFrom('ada', 'Bob', 'Ünal', 'web 1');
const lane = fc.constantFrom('critical', 'routine', 'emergency');
type Change = (db: Reader) => Promise<unknown>;

/** What people, hosts, judging and feeds write, straight into the rows. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(number, fc.option(word), fc.subarray(['t1', 't2', 'all']), fc.boolean()).map(
    ([n, owner, tags, ring]): Change =>
      (db) =>
        sql`update identification.asset set owner = ${owner}, tags = ${tags}, ring = ${ring}, version = version + 1
          where id = ${fleetId(n)}`.execute(db),
  ),
  fc.tuple(number, word).map(
    ([n, name]): Change =>
      (db) =>
        sql`update identification.asset set name = ${`${name}-${n}`} where id = ${fleetId(n)}`.execute(db),
  ),
  fc.tuple(number, fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.nat(90)).map(
    ([n, set, reboot, hours]): Change =>
      (db) =>
        sql`update identification.check_in set package_set_id = ${set}, reboot_needed = ${reboot},
          seen_at = now() - ${hours}::integer * interval '1 hour' where asset_id = ${fleetId(n)}`.execute(db),
  ),
  fc.tuple(number, fc.option(lane), fc.nat(999)).map(
    ([n, given, hours]): Change =>
      (db) =>
        sql`update evaluation.assessment set lane = ${given},
          due = case when ${given}::text is null then null else now() + ${hours}::integer * interval '1 hour' end
          where asset_id = ${fleetId(n)}`.execute(db),
  ),
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(3), fc.boolean()).map(
    ([set, exploited, judged]): Change =>
      (db) =>
        sql`update identification.package_set set known_exploited = ${exploited}, findings = ${exploited * 3},
          judged_at = case when ${judged} then now() end where id = ${set}`.execute(db),
  ),
  fc.boolean().map(
    (covered): Change =>
      (db) =>
        covered
          ? sql`insert into identification.feed_scope values ('debian-osv', 'debian:13') on conflict do nothing`.execute(
              db,
            )
          : sql`delete from identification.feed_scope where scope = 'debian:13'`.execute(db),
  ),
  // Ends around now: before it, soon, over, and over but for subscribers.
  fc
    .tuple(
      fc.constantFrom('debian:12', 'debian:13'),
      fc.constantFrom('regular', 'lts', 'extended'),
      fc.integer({ min: -400, max: 400 }),
    )
    .map(
      ([scope, phase, days]): Change =>
        (db) =>
          sql`insert into identification.lifecycle (feed, scope, phase, ends)
          values ('debian-osv', ${scope}, ${phase}, now() + ${days}::integer * interval '1 day')
          on conflict (feed, scope, phase) do update set ends = excluded.ends`.execute(db),
    ),
  fc.constant<Change>((db) =>
    sql`insert into identification.asset (id, name, first_seen) values (gen_random_uuid(), 'new', now())`.execute(db),
  ),
  fc.constant<Change>(newSet),
  number.map(
    (n): Change =>
      (db) =>
        sql`delete from identification.check_in where asset_id = ${fleetId(n)}`.execute(db),
  ),
);

/** A report that nobody sent before. */
async function newSet(db: Reader): Promise<void> {
  await sql`
    with section as (
      insert into identification.section (hash, name, body, stored_at)
      select 'sha256:' || gen_random_uuid(), 'packages', '{}', now() returning hash
    ), made as (
      insert into identification.package_set (hash, ecosystem, release, scope, packages, findings, known_exploited, judged_at)
      select section.hash, 'deb', set.release, set.scope, 1, 2, 1, now() from section, identification.package_set as set
      where set.id = 1 returning id
    )
    update identification.check_in set package_set_id = made.id from made where asset_id = ${fleetId(5)}
  `.execute(db);
}

const filter: fc.Arbitrary<AssetFilter> = fc.record(
  {
    support: fc.subarray(['supported', 'ending', 'ended', 'extended', 'unknown'] as const, { minLength: 1 }),
    search: fc.constantFrom('host-00', 'ÜNAL', 'web 1', 'bookworm t1', 'debian:13', '%', 'a_b'),
    release: fc.subarray(['debian:12', 'debian:13', 'unknown'], { minLength: 1 }),
    criticality: fc.subarray(['low', 'high', 'critical'] as const, { minLength: 1 }),
    environment: fc.constant(['production'] as const).map((words) => [...words]),
    ring: fc.boolean(),
    owner: fc.constantFrom('ada', 'Team 3'),
    redundancyGroup: fc.constant(['pair-1', 'pair-2']),
    tag: fc.subarray(['t1', 'all'], { minLength: 1 }),
    without: fc.subarray(['owner', 'redundancy-group', 'tag', 'role'] as const, { minLength: 1 }),
    stale: fc.boolean(),
    reboot: fc.boolean(),
    exploited: fc.boolean(),
    lane: fc.subarray(['critical', 'none'] as const, { minLength: 1 }),
    judged: fc.subarray(['yes', 'partly', 'no'] as const, { minLength: 1 }),
  },
  { requiredKeys: [] },
);

describeWithDatabase('the view of assets', () => {
  let database: TestDatabase;
  let db: Db;
  let views: AssetViews;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = database.db;
    await fillFleet(db, ASSETS);
    views = openAssetViews(db, DEFAULT_POLICY);
  });
  afterAll(() => database.close());

  const idsIn = (view: AssetView, asked: AssetFilter, now: number) =>
    findAssets(view, asked, now)
      .slots()
      .map((slot) => view.at(slot).asset.id)
      .sort();

  test('after any changes it finds, counts and tells what the rows say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 8 }),
        fc.boolean(),
        filter,
        fc.constantFrom(...ASSET_FACETS),
        number,
        async (changes, kept, asked, facet, n) => {
          await runChanges(db, changes, kept);
          const now = Date.now();

          const view = await views.current();

          expect(idsIn(view, asked, now)).toEqual(await findAssetIds(db, asked, { now, warnMs: WARN_MS }, 1_000_000));
          await expectFacet(db, view, asked, facet, now);
          const slot = findAssets(view, {}, now)
            .slots()
            .find((one) => view.at(one).asset.id === fleetId(n));
          expect(await readAsset(db, fleetId(n))).toMatchObject(view.summary(slot ?? -1));
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(ASSET_SORTS)('pages by %s are in the order of the rows', async (sort) => {
    const view = await views.current();
    const now = Date.now();
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOfAssets(view, { sort, skip: 0, limit: 17, cursor }, now);
      ids.push(...page.slots.map((slot) => view.at(slot).asset.id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);

    expect(ids).toEqual(await idsInOrder(db, sort));
  });

  test('what a transaction wrote before a reading and committed after it is seen by the next', async () => {
    await db.transaction().execute(async (tx) => {
      await rename(tx, 7, 'long under way');
      await rename(db, 8, 'committed first');
      expect(nameIn(await views.current(), 7)).not.toBe('long under way');
    });

    const view = await views.current();

    expect([nameIn(view, 7), nameIn(view, 8)]).toEqual(['long under way', 'committed first']);
  });

  test('whoever wrote something sees it, however many write and read at once', async () => {
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let write = 0; write < WRITES; write += 1) {
        const name = `writer-${writer}-${write}`;
        await rename(db, 20 + writer, name);
        expect(nameIn(await views.current(), 20 + writer)).toBe(name);
      }
    });
    await Promise.all(writers);
  });

  test('rows of a restored database, marked with transactions to come, are shown and followed', async () => {
    await sql`alter table identification.asset disable trigger asset_is_marked`.execute(db);
    await sql`update identification.asset set changed_in = '99999999999', owner = 'restored'`.execute(db);
    await sql`alter table identification.asset enable trigger asset_is_marked`.execute(db);
    const restored = openAssetViews(db, DEFAULT_POLICY);
    expect(idsIn(await restored.current(), { owner: 'restored' }, 0).length).toBeGreaterThanOrEqual(ASSETS);

    await rename(db, 9, 'renamed after all');

    expect(nameIn(await restored.current(), 9)).toBe('renamed after all');
  });

  test('after a reading that failed the next one reads everything anew', async () => {
    const broken = await createTestDatabase();
    await fillFleet(broken.db, 3);
    const own = openAssetViews(broken.db, DEFAULT_POLICY);
    await own.current();
    await sql`alter table identification.asset_removal rename to elsewhere`.execute(broken.db);
    await expect(own.current()).rejects.toThrow();
    await sql`alter table identification.elsewhere rename to asset_removal`.execute(broken.db);
    await rename(broken.db, 2, 'after the failure');

    expect(nameIn(await own.current(), 2)).toBe('after the failure');
    await broken.close();
  });
});

describeWithDatabase('check-ins in the view of assets', () => {
  let database: TestDatabase;
  let db: Db;
  let views: AssetViews;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = database.db;
    await fillFleet(db, 4);
    await sql`update identification.check_in set reboot_needed = false`.execute(db);
    views = openAssetViews(db, DEFAULT_POLICY);
    await views.current();
  });
  afterAll(() => database.close());

  test('are seen once they are committed, also behind a savepoint and after others that began later', async () => {
    await db.transaction().execute(async (tx) => {
      await wantReboot(tx, 1);
      await sql`savepoint behind`.execute(tx);
      await wantReboot(tx, 2);
      await wantReboot(db, 3);
      expect(wantingReboot(await views.current())).toEqual([fleetId(3)]);
    });

    expect(wantingReboot(await views.current())).toEqual([fleetId(1), fleetId(2), fleetId(3)]);
  });

  test('of a restored database, marked with transactions to come, are followed', async () => {
    await sql`alter table identification.check_in disable trigger check_in_is_marked`.execute(db);
    await sql`update identification.check_in set changed_in = '99999999999', reboot_needed = false`.execute(db);
    await sql`alter table identification.check_in enable trigger check_in_is_marked`.execute(db);
    const restored = openAssetViews(db, DEFAULT_POLICY);
    expect(wantingReboot(await restored.current())).toEqual([]);

    await wantReboot(db, 4);

    expect(wantingReboot(await restored.current())).toEqual([fleetId(4)]);
  });
});

async function wantReboot(db: Reader, n: number): Promise<void> {
  await sql`update identification.check_in set reboot_needed = true where asset_id = ${fleetId(n)}`.execute(db);
}

function wantingReboot(view: AssetView): string[] {
  const viewed = view.ordered('name').map((slot) => view.at(slot));
  return viewed.flatMap(({ asset, checkIn }) => (checkIn?.rebootNeeded === true ? [asset.id] : [])).sort();
}

/** Rolled back where they are not kept: then nothing of them may ever be seen. */
async function runChanges(db: Db, changes: readonly Change[], kept: boolean): Promise<void> {
  const given = new Error('given up');
  try {
    await db.transaction().execute(async (tx) => {
      for (const run of changes) await run(tx);
      if (!kept) throw given;
    });
  } catch (error) {
    if (error !== given) throw error;
  }
}

async function expectFacet(
  db: Db,
  view: AssetView,
  asked: AssetFilter,
  name: (typeof ASSET_FACETS)[number],
  now: number,
): Promise<void> {
  const { facets, total } = facetsOf(view, asked, now);
  const count = async (words: AssetFilter) =>
    (await findAssetIds(db, words, { now, warnMs: WARN_MS }, 1_000_000)).length;
  expect(total).toBe(await count(asked));
  const { [name]: _, ...others } = asked;
  for (const { value, assets } of facets.find((facet) => facet.name === name)?.values ?? []) {
    if (value !== null)
      expect([name, value, assets]).toEqual([name, value, await count({ ...others, ...wordOf(name, value) })]);
  }
}

function wordOf(name: (typeof ASSET_FACETS)[number], value: string): AssetFilter {
  if (['ring', 'stale', 'reboot', 'exploited'].includes(name)) return { [name]: value === 'yes' };
  return name === 'owner' ? { owner: value } : { [name]: [value] };
}

const FIRST = {
  name: sql`null::integer`,
  urgent: sql`coalesce(date_trunc('milliseconds', assessment.due), 'infinity')`,
  seen: sql`coalesce(date_trunc('milliseconds', check_in.seen_at), '-infinity')`,
  findings: sql`coalesce(-package_set.findings, 1)`,
};

async function idsInOrder(db: Db, sort: keyof typeof FIRST): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asset.id from identification.asset
    left join identification.check_in on check_in.asset_id = asset.id
    left join identification.package_set on package_set.id = check_in.package_set_id
    left join evaluation.assessment on assessment.asset_id = asset.id
    order by ${FIRST[sort]}, asset.name collate "C", asset.id
  `.execute(db);
  return rows.map(({ id }) => id);
}

async function rename(db: Reader, n: number, name: string): Promise<void> {
  await sql`update identification.asset set name = ${name} where id = ${fleetId(n)}`.execute(db);
}

function nameIn(view: AssetView, n: number): string | undefined {
  const slot = view.ordered('name').find((one) => view.at(one).asset.id === fleetId(n));
  return slot === undefined ? undefined : view.at(slot).asset.name;
}
