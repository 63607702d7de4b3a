import type { AssetFacets, AssetPage, AssetSummary } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { createTestApp } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { openAssetViews } from './asset-view-reader.ts';
import { assetRoutes } from './assets-routes.ts';
import { fillFleet, fleetId } from './testing/fleet.ts';
import { testCorridor } from './testing/reported-host.ts';

type Page = z.infer<typeof AssetPage>;
const ASSETS = 1_000;

/** The numbers of the assets of which something holds. */
function numbers(holds: (n: number) => boolean): string[] {
  return Array.from({ length: ASSETS }, (_, index) => index + 1)
    .filter(holds)
    .map((n) => `host-${String(n).padStart(5, '0')}`);
}
const reported = (n: number) => n % 100 !== 0;
const setOf = (n: number) => (n % 40) + 1;
const trixie = (n: number) => setOf(n) % 4 === 0;
const judged = (n: number) => reported(n) && !trixie(n);
const exploited = (n: number) => judged(n) && setOf(n) % 3 > 0;
const assessed = (n: number) => reported(n) && n % 3 !== 0;

describeWithDatabase('the filters of assets', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  beforeAll(async () => {
    database = await createTestDatabase();
    await fillFleet(database.db, ASSETS);
    const { db } = database;
    app = await createTestApp(
      assetRoutes({
        db,
        corridor: testCorridor(db),
        assets: openAssetViews(db, DEFAULT_POLICY),
        policy: DEFAULT_POLICY,
      }),
    );
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  async function get<T>(url: string): Promise<T> {
    const response = await app.inject({ method: 'GET', url });
    if (response.statusCode !== 200) throw new Error(response.body);
    return response.json<T>();
  }
  async function all(query: string): Promise<AssetSummary[]> {
    const found: AssetSummary[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`;
      const page: Page = await get<Page>(`/api/v1/assets?limit=170&${query}${cursor}`);
      found.push(...page.items);
      next = page.next;
    } while (next !== null);
    return found;
  }

  test.each<[string, (n: number) => boolean]>([
    ['criticality=high', (n) => n % 4 === 2],
    ['criticality=high,critical', (n) => n % 4 > 1],
    ['exposure=internal&environment=non-production', (n) => n % 2 === 1 && n % 5 === 0],
    ['ring=yes', (n) => n % 5 === 0],
    ['ring=no', (n) => n % 5 !== 0],
    ['owner=Team%203', (n) => n % 20 === 3],
    ['without=owner', (n) => n % 10 === 0],
    ['without=owner,redundancy-group', (n) => n % 10 === 0 && n % 50 !== 0],
    ['without=maintenance-group,role', () => true],
    ['without=tag', () => false],
    ['redundancyGroup=pair-1,pair-2', (n) => n % 50 === 0 && [1, 2].includes((n / 50) % 9)],
    ['tag=t3,all', (n) => n % 7 === 3],
    ['tag=t3,t4', () => false],
    ['maintenanceGroup=sunday', () => false],
    ['release=debian:13', (n) => reported(n) && trixie(n)],
    ['release=unknown', (n) => !reported(n)],
    ['release=unknown,debian:12', (n) => !reported(n) || !trixie(n)],
    ['stale=yes', (n) => !reported(n) || n % 25 === 0],
    ['reboot=yes', (n) => reported(n) && n % 6 === 0],
    ['reboot=no', (n) => !reported(n) || n % 6 !== 0],
    ['judged=no', (n) => !judged(n)],
    ['judged=yes', judged],
    ['exploited=yes', exploited],
    ['exploited=no&judged=yes', (n) => judged(n) && !exploited(n)],
    ['lane=critical', (n) => assessed(n) && n % 8 === 0],
    ['lane=none', (n) => !assessed(n)],
    ['search=host-00&criticality=low&lane=critical,routine', (n) => n % 4 === 0 && assessed(n)],
  ])('%s', async (query, holds) => {
    const found = await all(query);

    expect(found.map(({ name }) => name)).toEqual(numbers(holds));
    expect((await get<Page>(`/api/v1/assets?limit=1&${query}`)).total).toBe(found.length);
  });

  test.each([
    ['criticality=huge'],
    ['ring=maybe'],
    ['lane=slow'],
    ['without=name'],
    ['sort=size'],
    ['skip=-1'],
    ['criticality='],
  ])('%s is refused', async (query) => {
    expect((await app.inject({ method: 'GET', url: `/api/v1/assets?${query}` })).statusCode).toBe(400);
  });

  test('the most urgent come first, and those with nothing due last', async () => {
    const dues = (await all('sort=urgent')).map(({ nextDue }) => nextDue?.due ?? '9999');

    expect(dues).toEqual(dues.toSorted());
    expect(dues).toHaveLength(ASSETS);
    expect(dues[0]).toBe('2026-12-01T00:01:00.000Z');
  });

  test('the longest silent come first', async () => {
    const seen = (await all('sort=seen')).map(({ lastSeen }) => lastSeen ?? '');

    expect(seen).toEqual(seen.toSorted());
    expect(seen.filter((at) => at === '')).toHaveLength(10);
  });

  test('the most findings come first', async () => {
    const found = (await all('sort=findings')).map(({ id }) => id);

    expect(new Set(found).size).toBe(ASSETS);
    expect(found[0]).toBe(fleetId(39));
  });

  test.each(['name', 'urgent', 'seen', 'findings'])(
    'a page in the middle, by %s, is the same by place and by cursor',
    async (sort) => {
      const whole = await all(`sort=${sort}&exposure=internal`);

      const skipped = await get<Page>(`/api/v1/assets?sort=${sort}&exposure=internal&skip=340&limit=50`);

      expect(skipped.items).toEqual(whole.slice(340, 390));
    },
  );

  test('a cursor of another order is refused', async () => {
    const { next } = await get<Page>('/api/v1/assets?sort=urgent&limit=3');

    const answer = await app.inject({ method: 'GET', url: `/api/v1/assets?sort=seen&cursor=${next}` });

    expect([answer.statusCode, answer.json().error.message]).toEqual([
      400,
      'The cursor belongs to a list in another order.',
    ]);
  });

  test('nothing is shown twice and nothing that stays is left out when assets change between two pages', async () => {
    const first = await get<Page>('/api/v1/assets?sort=urgent&limit=500');
    const [moved] = first.items;
    await database.db
      .updateTable('evaluation.assessment')
      .set({ lane: null, due: null })
      .where('asset_id', '=', moved?.id ?? '')
      .execute();

    const second = await get<Page>(`/api/v1/assets?sort=urgent&limit=500&cursor=${first.next}`);

    const names = [...first.items, ...second.items].map(({ name }) => name);
    // The one that moved to the end is where it is now; all others are there once.
    expect(names.filter((name) => name !== moved?.name)).toHaveLength(ASSETS - 2);
    expect(new Set(names).size).toBe(names.length - 1);
  });

  const facetsOf = async (query: string) => {
    const { total, facets } = await get<AssetFacets>(`/api/v1/assets/facets?${query}`);
    const values = (name: string) => facets.find((facet) => facet.name === name)?.values ?? [];
    return { total, values, more: (name: string) => facets.find((facet) => facet.name === name)?.more };
  };

  test('facets count what the filter leaves', async () => {
    const { total, values, more } = await facetsOf('exposure=internal&tag=t3');

    expect(total).toBe(numbers((n) => n % 2 === 1 && n % 7 === 3).length);
    expect(values('criticality')).toEqual(
      [
        { value: 'normal', assets: numbers((n) => n % 28 === 17).length },
        { value: 'critical', assets: numbers((n) => n % 28 === 3).length },
      ].sort((a, b) => b.assets - a.assets || (a.value < b.value ? -1 : 1)),
    );
    expect(values('ring').reduce((sum, { assets }) => sum + assets, 0)).toBe(total);
    expect(values('owner').find(({ value }) => value === null)).toBeUndefined();
    expect([more('owner'), more('tag')]).toEqual([false, false]);
  });

  test('a facet that is filtered by shows what there is beside it', async () => {
    const { total, values } = await facetsOf('criticality=high&without=redundancy-group');

    expect(values('criticality').reduce((sum, { assets }) => sum + assets, 0)).toBe(
      numbers((n) => n % 50 !== 0).length,
    );
    expect(total).toBe(numbers((n) => n % 50 !== 0 && n % 4 === 2).length);
    expect(values('tag').find(({ value }) => value === 'all')?.assets).toBe(total);
    expect(values('redundancyGroup')).toEqual([{ value: null, assets: total }]);
  });

  test('facets of nothing are empty', async () => {
    const { total, values } = await facetsOf('search=nonsense');

    expect([total, values('release'), values('tag')]).toEqual([0, [], []]);
  });
});
