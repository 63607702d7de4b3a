import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { CRITICALITIES, DAY_MS, EXPOSURES } from '@patchsteward/core/vocabulary';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { timestamp } from '../platform/column-types.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { countFleet } from './fleet.ts';
import { judgeAll } from './judging.ts';
import { proposalPage, proposalShown } from './proposals.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

/** Each run fills a house of its own and asks it several times. */
const RUNS = 8;
const SOURCES = ['bash', 'curl', 'linux', 'vim'] as const;
const VERSIONS = ['1.0-1', '1.5-1', '2.0-1', '3.0-1'] as const;
const FEED = osvFile(
  { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001', 'CVE-2026-0002'], fixed: '2.0-1' },
  { id: 'DSA-2-1', package: 'linux', upstream: ['CVE-2026-0003'], fixed: '1.5-1', published: '2026-09-01T10:30:00Z' },
  { id: 'DSA-3-1', package: 'linux', upstream: ['CVE-2026-0004'], fixed: '3.0-1' },
  { id: 'DSA-4-1', package: 'bash', upstream: ['CVE-2026-0005'], fixed: null },
);

/** What a host has of each source, and what it is offered: a place in VERSIONS, or nothing. */
const host = fc.record({
  name: fc.constantFrom('web-1', 'web-2', 'web-3', 'db-1'),
  has: fc.tuple(...SOURCES.map(() => fc.subarray([...VERSIONS.keys()].slice(0, 3), { minLength: 0, maxLength: 2 }))),
  gets: fc.tuple(...SOURCES.map(() => fc.option(fc.nat(VERSIONS.length - 1)))),
  criticality: fc.constantFrom(...CRITICALITIES),
  exposure: fc.constantFrom(...EXPOSURES),
  environment: fc.constantFrom('production', 'non-production', 'unknown'),
  daysHere: fc.nat(100),
});
type Host = typeof host extends fc.Arbitrary<infer Value> ? Value : never;

describeWithDatabase('what could be opened', () => {
  let world: World;
  const ids = new Map<string, string>();
  beforeEach(async () => {
    world = await openWorld();
    ids.clear();
  });
  afterEach(() => world.close());

  const page = (search?: string) => proposalPage(world.db, { search, cursor: undefined, limit: 500 }, world.clock());
  const shown = (proposal: { scope: string; source: string }) =>
    proposalShown(world.db, proposal, { policy: DEFAULT_POLICY, readSaid: async () => new Map(), now: world.clock() });

  async function report({ name, has, gets, criticality, exposure, environment, daysHere }: Host): Promise<void> {
    world.at(world.clock() + 60_000);
    const packages = SOURCES.flatMap((source, at) =>
      (has[at] ?? []).map((version) =>
        installed(`${source}-${version}`, VERSIONS[version] ?? '', { source, sourceVersion: VERSIONS[version] ?? '' }),
      ),
    );
    const updates = SOURCES.flatMap((source, at) => {
      const to = gets[at];
      return to === null || to === undefined
        ? []
        : [offered(`${source}-${has[at]?.[0] ?? 0}`, '1.0-1', VERSIONS[to] ?? '', { source })];
    });
    const assetId = ids.get(name);
    ids.set(name, await reportHost(world, name, { packages, updates }, assetId === undefined ? {} : { assetId }));
    await sql`
      update identification.asset set criticality = ${criticality}, exposure = ${exposure}, environment = ${environment},
        first_seen = ${timestamp(NOON - daysHere * DAY_MS)}
      where name = ${name}
    `.execute(world.db);
  }

  async function count(): Promise<void> {
    await judgeAll(world.corridor, world.clock);
    await countFleet(world.corridor, { clock: world.clock, policy: DEFAULT_POLICY, readSaid: async () => new Map() });
  }

  it('is listed as it is shown alone, whatever hosts report', async () => {
    await world.importFeed('debian-osv', FEED);
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0002' }));
    await world.importFeed('epss', epssFile('v2026', '2026-11-19', ['CVE-2026-0003', 0.9, 0.99]));
    const listed: number[] = [];

    await fc.assert(
      fc.asyncProperty(fc.array(host, { minLength: 1, maxLength: 5 }), async (hosts) => {
        for (const one of hosts) await report(one);
        await count();

        const { items, total } = await page();
        expect(total).toBe(items.length);
        listed.push(total);
        for (const { reasons, why, ...item } of items) {
          const alone = await shown(item);
          // Where several are as urgent, the one that says why is any of them.
          expect({ ...alone, why, reasons: codesOf(reasons) }).toMatchObject({
            ...item,
            why,
            reasons: codesOf(alone.reasons),
          });
          expect(alone.offeredTo).toHaveLength(item.assets);
        }
      }),
      { numRuns: RUNS },
    );

    expect(Math.max(...listed)).toBeGreaterThan(2);
  });

  it('adds up what is offered by source package, for each release and for all', async () => {
    await world.importFeed('debian-osv', FEED);

    await fc.assert(
      fc.asyncProperty(fc.array(host, { minLength: 1, maxLength: 5 }), async (hosts) => {
        for (const one of hosts) await report(one);
        await count();

        const { rows: stored } = await sql`
          select source, scope, versions, kind, fixes, known_exploited, lane, due, assets
          from identification.fleet_update_source order by source, scope
        `.execute(world.db);
        const { rows: counted } = await sql`
          select fleet.source, place as scope, array_agg(distinct source_version order by source_version) as versions,
            case when bool_or(kind = 'security') then 'security' when bool_or(kind = 'feature') then 'feature'
              when bool_or(kind = 'bugfix') then 'bugfix' else 'unknown' end as kind,
            max(cardinality(fixes)) as fixes, max(known_exploited) as known_exploited,
            (array_agg(lane order by due,
              array_position(array['emergency', 'mitigation', 'critical', 'routine'], lane)))[1] as lane,
            min(due) as due, (
              select count(distinct check_in.asset_id)::integer from identification.check_in
              join identification.offer_set_offer as listed on listed.set_id = check_in.offer_set_id
              join identification.offer on offer.id = listed.offer_id
              where offer.source = fleet.source and place in ('', offer.scope)
            ) as assets
          from identification.fleet_update as fleet cross join unnest(array[fleet.scope, '']) as place
          group by fleet.source, place order by fleet.source, place
        `.execute(world.db);
        expect(stored).toEqual(counted);
      }),
      { numRuns: RUNS },
    );
  });

  const CURL: Host = {
    ...{ name: 'web-1', has: [[], [0], [], []], gets: [null, 3, null, null], criticality: 'high', exposure: 'public' },
    ...{ environment: 'production', daysHere: 90 },
  };

  it('says that its time has passed by the clock of whoever looks, not of the count', async () => {
    await world.importFeed('debian-osv', FEED);
    await report(CURL);
    await count();
    const [before] = (await page()).items;
    expect(before).toMatchObject({
      source: 'curl',
      late: false,
      lane: 'critical',
      fixes: ['CVE-2026-0001', 'CVE-2026-0002'],
    });
    expect(codesOf(before?.reasons ?? [])).not.toContain('due-passed');

    world.at(Date.parse(before?.due ?? '') + 1);

    const [after] = (await page()).items;
    expect(after).toMatchObject({ late: true, due: before?.due });
    expect(after?.reasons.at(-1)).toMatchObject({
      code: 'due-passed',
      subject: 'CVE-2026-0001 and 1 more',
      by: before?.due,
    });
  });

  it('is no longer listed from the moment that a campaign has it, and again once it ends', async () => {
    await world.importFeed('debian-osv', FEED);
    await report(CURL);
    await count();
    const id = '01890000-0000-7000-8000-00000000000c';
    await sql`
      insert into campaign.campaign (id, title, state, room, requester, opened_at, updated_at, version, fold)
      values (${id}, 'curl', 'identified', '1-identification', 'ida', now(), now(), 1, '{}')
    `.execute(world.db);

    await sql`insert into campaign.open_update values ('debian:12', 'curl', ${id})`.execute(world.db);
    expect(await page()).toMatchObject({ items: [], total: 0 });
    await expect(shown({ scope: 'debian:12', source: 'curl' })).rejects.toMatchObject({ code: 'not-found' });

    await sql`delete from campaign.open_update`.execute(world.db);
    expect(await page()).toMatchObject({ items: [{ source: 'curl' }], total: 1 });
  });

  it.each([
    ['CURL', 1],
    ['cve-2026-0002 debian:12', 1],
    ['curl 3.0', 1],
    ['curl bash', 0],
    ['%', 0],
  ])('is found by words: %s', async (search, total) => {
    await world.importFeed('debian-osv', FEED);
    await report(CURL);
    await count();

    expect(await page(search)).toMatchObject({ total });
  });
});

/** That a time has passed is told of what it ends, not of each vulnerability; so is what it is told of. */
function codesOf(reasons: readonly { readonly code: string }[]): string[] {
  return reasons.map(({ code }) => code).sort();
}
