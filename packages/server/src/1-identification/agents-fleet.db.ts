import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { readStoredSection } from './section-store.ts';
import { type AgentsWorld, createAgentsWorld } from './testing/agents-world.ts';
import type { FakeAgent } from './testing/fake-agent.ts';
import { addressed, inventory } from './testing/inventories.ts';

const HOSTS = 500;
/** Hosts of one image report the same set; each image shares most of its source versions with the next. */
const IMAGES = 25;
/** Enrolling is not what is measured here. */
const ENROLLING_AT_ONCE = 16;
const FLEET_MS_MAX = 120_000;

function reportOf(host: number) {
  const report = inventory({ hostname: `host-${host}`, packages: 60, seed: '1' });
  // Every second host has packages of its own on top: different sets over the same source versions, in another order.
  const own = host % 2 === 0 ? host : host % IMAGES;
  const extra = inventory({ packages: 3, seed: `image${own}` }).packages.packages;
  const packages = [...report.packages.packages, ...extra.slice(1).map((one) => ({ ...one, name: `own-${one.name}` }))];
  const turned = host % 3 === 0 ? packages.toReversed() : packages;
  return { ...report, packages: { ...report.packages, packages: turned } };
}

describeWithDatabase('a fleet of five hundred hosts', () => {
  let world: AgentsWorld;
  const fleet: FakeAgent[] = [];
  beforeAll(async () => {
    world = await createAgentsWorld();
    await world.newToken();
    const waiting = Array.from({ length: HOSTS }, (_, host) => host).values();
    const enroll = async (): Promise<void> => {
      for (const host of waiting) fleet[host] = await world.enrolled(`host-${host}`);
    };
    await Promise.all(Array.from({ length: ENROLLING_AT_ONCE }, enroll));
  }, FLEET_MS_MAX);
  afterAll(async () => {
    for (const agent of fleet) agent.disconnect();
    await world.close();
  });

  test('that reports at once loses nothing', { timeout: FLEET_MS_MAX }, async () => {
    await Promise.all(fleet.map((agent, host) => agent.report(reportOf(host))));

    const { db } = world.database;
    const stored = await db
      .selectFrom('identification.check_in as c')
      .innerJoin('identification.asset as a', 'a.id', 'c.asset_id')
      .select(['a.name', 'c.asset_id', 'c.packages_hash', 'c.updates_hash', 'c.origins_hash', 'c.system_hash'])
      .execute();
    const byAsset = new Map(stored.map((row) => [row.asset_id, row]));
    expect(byAsset.size).toBe(HOSTS);
    for (const [host, agent] of fleet.entries()) {
      const sections = addressed(reportOf(host));
      expect(byAsset.get(agent.identity?.assetId ?? '')).toMatchObject({
        name: `host-${host}`,
        packages_hash: sections.packages.hash,
        updates_hash: sections.updates.hash,
        origins_hash: sections.origins.hash,
        system_hash: sections.system.hash,
      });
    }
  });

  test('every set holds exactly the source versions of its packages', async () => {
    const { db } = world.database;
    const { rows } = await sql<{ hash: string; sources: Record<string, readonly string[]> }>`
      select p.hash, jsonb_object_agg(v.source || ' ' || v.version, s.packages) as sources
      from identification.package_set as p
      join identification.package_set_source as s on s.set_id = p.id
      join identification.source_version as v on v.id = s.source_version_id
      group by p.hash
    `.execute(db);

    const sets = new Map(rows.map((row) => [row.hash, row.sources]));
    for (let host = 0; host < HOSTS; host += 1) {
      const { packages } = reportOf(host);
      const expected = Object.groupBy(packages.packages, (one) => `${one.source} ${one.sourceVersion}`);
      const sources = sets.get(addressed(reportOf(host)).packages.hash) ?? {};
      expect(sources).toEqual(
        Object.fromEntries(
          Object.entries(expected).map(([key, list]) => [key, (list ?? []).map(({ name }) => name).sort()]),
        ),
      );
    }
    const doubles = await sql`
      select from identification.source_version group by scope, source, version, third_party having count(*) > 1
    `.execute(db);
    expect(doubles.rows).toEqual([]);
  });

  test('the stored section is the one that was sent', async () => {
    for (const host of [0, 1, 3, 77, 499]) {
      const { packages } = reportOf(host);

      expect(await readStoredSection(world.database.db, 'packages', addressed(reportOf(host)).packages.hash)).toEqual(
        packages,
      );
    }
  });

  test('has one leaf per report, in one sequence without gaps', async () => {
    const { db } = world.database;
    for (;;) {
      const waiting = await db
        .selectFrom('documentation.leaf')
        .select('id')
        .where('index', 'is', null)
        .limit(1)
        .execute();
      if (waiting.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

    const { rows } = await sql<{ leaves: number; reports: number; first: number; last: number; indexes: number }>`
      select count(*) as leaves, count(*) filter (where kind = 'inventory.changed') as reports,
        min(index) as first, max(index) as last, count(distinct index) as indexes
      from documentation.leaf
    `.execute(db);
    expect(rows[0]).toMatchObject({
      reports: HOSTS,
      first: 0,
      indexes: rows[0]?.leaves,
      last: (rows[0]?.leaves ?? 0) - 1,
    });
  });

  test('that reports again unchanged sends no sections and changes nothing but the time', {
    timeout: FLEET_MS_MAX,
  }, async () => {
    const { db } = world.database;
    const leaves = () =>
      db
        .selectFrom('documentation.leaf')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .execute();
    const before = await leaves();

    const sent = await Promise.all(fleet.map((agent, host) => agent.report(reportOf(host))));

    expect(sent.flat()).toEqual([]);
    expect(await leaves()).toEqual(before);
  });
});
