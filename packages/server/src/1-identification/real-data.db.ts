import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { AssetFindings, FeedBody } from '@patchsteward/contract';
import { identify, indexClaims } from '@patchsteward/core/1-identification';
import { parseDebianOsv } from '@patchsteward/feeds';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { reportHost } from './testing/reported-host.ts';
import { sharedData, sharedFeeds, sharedHost } from './testing/shared-data.ts';
import { openWorld, type World } from './testing/world.ts';

const FEEDS = ['debian-osv', 'kev', 'epss'] as const;

describeWithDatabase('real feeds and a real host', () => {
  describe.skipIf(sharedData === undefined)('(needs the test data that PATCHSTEWARD_TEST_DATA names)', () => {
    let world: World;
    let assetId: string;

    beforeAll(async () => {
      world = await openWorld();
      assetId = await reportHost(world, 'workstation', sharedHost());
      for (const feed of FEEDS) await world.importFeed(feed, readFileSync(sharedFeeds[feed]));
    });
    afterAll(() => world.close());

    /** What the three imports left, as one line per table. */
    async function contents() {
      const { rows } = await world.database.pool.query(`
        select 'advisory' as name, count(*), md5(string_agg(t::text, '' order by id)) as content from identification.advisory t
        union all select 'claim', count(*), md5(string_agg(t::text, '' order by id)) from identification.claim t
        union all select 'finding', count(*), md5(string_agg(t::text, '' order by source_version_id, vulnerability)) from identification.finding t
        union all select 'exploited', count(*), md5(string_agg(t::text, '' order by vulnerability)) from identification.known_exploited t
        union all select 'epss', count(*), md5(string_agg(t::text, '' order by vulnerability)) from identification.epss t
        union all select 'assessment', count(*), md5(string_agg(t::text, '' order by asset_id)) from evaluation.assessment t
      `);
      return rows;
    }

    it('import whole', async () => {
      const { items } = (await world.get('feeds')).body as { items: FeedBody[] };
      expect(items.slice(0, 3)).toMatchObject([
        { feed: 'debian-osv', records: 2_354, quarantined: 0 },
        { feed: 'kev', records: 1_662, quarantined: 0 },
        { feed: 'epss', records: 360_142, quarantined: 0 },
      ]);
    });

    it('imported again, as the same bytes and as other bytes of the same content, change nothing', async () => {
      const before = await contents();
      world.at(world.clock() + 60_000);

      for (const feed of FEEDS) {
        const bytes = readFileSync(sharedFeeds[feed]);
        expect(await world.importFeed(feed, bytes)).toMatchObject({ changed: false, rejudged: 0 });
        expect(await world.importFeed(feed, gunzipSync(bytes))).toMatchObject({ changed: false, rejudged: 0 });
      }

      expect(await contents()).toEqual(before);
    });

    it('give the findings that the command line gives without a server', async () => {
      const { packages, release } = sharedHost();
      if (release === undefined) throw new Error('the shared host has a release');
      const { claims } = parseDebianOsv(readFileSync(sharedFeeds['debian-osv']));
      const scanned = identify({ ecosystem: 'deb', release, packages, publishers: [] }, indexClaims(claims));
      if (scanned.kind !== 'judged') throw new Error(scanned.reason.code);

      const { items, contested } = (await world.get(`assets/${assetId}/findings?limit=500`)).body as AssetFindings;

      const theirs = items.flatMap(({ vulnerability, advisory, fixed, why, packages: own }) =>
        own.map(({ name, architecture }) => [name, architecture, vulnerability, advisory, fixed, why].join('|')),
      );
      const ours = scanned.findings.map((one) =>
        [one.package, one.architecture, one.vulnerability, one.advisory, one.fixed, one.why].join('|'),
      );
      expect(theirs.sort()).toEqual(ours.sort());
      expect(theirs).toHaveLength(359);
      expect(contested).toBe(scanned.contested.length);
      expect((await world.get('assets')).body).toMatchObject({
        items: [{ findings: 359, judged: { kind: 'judged' } }],
      });
    });

    it('assess each finding, and every package of a finding is one that apt would upgrade', async () => {
      const { items } = (await world.get(`assets/${assetId}/findings?limit=500`)).body as AssetFindings;

      expect(items.every(({ assessment }) => assessment.lane === 'critical' && assessment.clock === 'backlog')).toBe(
        true,
      );
      expect(items.every(({ fixOffered }) => fixOffered.length > 0)).toBe(true);
      // The one vulnerability that EPSS had not scored on that day says so, and has no zero.
      const unscored = items.filter(({ intelligence }) => intelligence.epss === null);
      expect(unscored.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2026-9672']);
    });
  });
});
