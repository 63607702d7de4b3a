import type { AssetImported, AssetSummary } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createTestApp, testPerson } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { openAssetViews } from './asset-view-reader.ts';
import { assetRoutes } from './assets-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { importRoutes } from './import-routes.ts';
import { installed, reportHost, testCorridor } from './testing/reported-host.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const LIST = `Name;Asset tag;Type;Vendor;Product;Version;Criticality;Rack
core-sw-1;N-1;Network appliance;Cisco;Catalyst 9300;17.3.4a;high;R7
win-fs-1;N-2;server;Microsoft;Windows Server 2022;10.0.20348;;R8
mac-7;N-3;Laptop;Apple;macOS;14.6;somewhat;R9
`;

describeWithDatabase('importing assets that have no agent', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  beforeEach(async () => {
    database = await createTestDatabase();
    const openCampaignsOf = () => Promise.resolve([]);
    const parts = { db: database.db, corridor: testCorridor(database.db), openCampaignsOf };
    app = await createTestApp(
      {
        ...assetRoutes({ ...parts, assets: openAssetViews(parts.db, DEFAULT_POLICY), policy: DEFAULT_POLICY }),
        ...bulkRoutes({ ...parts, policy: DEFAULT_POLICY }),
        ...importRoutes(parts),
      },
      { now: () => NOW },
    );
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  async function send(payload: object): Promise<{ status: number; body: AssetImported }> {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/assets/imports', payload });
    return { status: answer.statusCode, body: answer.json() };
  }
  const csv = (text: string, more: object = {}) => ({
    ...{ key: newId(), source: 'network', list: { form: 'csv', text } },
    ...more,
  });
  const assets = async (query = ''): Promise<readonly AssetSummary[]> => {
    const answer = await app.inject({ method: 'GET', url: `/api/v1/assets?${query}` });
    return answer.json<{ items: readonly AssetSummary[] }>().items;
  };
  const leaves = () =>
    database.db.selectFrom('documentation.leaf').select(['actor', 'kind', 'subject']).orderBy('id').execute();

  it('says what it would do and does nothing, then does exactly that', async () => {
    const look = await send(csv(LIST, { preview: true }));
    const none = await assets();
    const done = await send(csv(LIST));

    expect(look.body).toMatchObject({ state: 'preview', total: 3, added: 2, changed: 0, unchanged: 0, refused: 1 });
    expect(look.body.columns).toContainEqual({ header: 'Rack', field: null });
    expect(look.body.items[0]).toMatchObject({ line: 4, name: 'mac-7', outcome: 'refused', assetId: null });
    expect(none).toEqual([]);
    expect(done.body).toMatchObject({ state: 'done', total: 3, added: 2, refused: 1, undone: false });
    expect(await assets()).toMatchObject([
      {
        name: 'core-sw-1',
        origin: 'import',
        kind: 'network-appliance',
        criticality: 'high',
        product: { vendor: 'Cisco', name: 'Catalyst 9300', version: '17.3.4a', build: null },
        judged: { kind: 'not-judged', reason: { code: 'no-agent' } },
        lastSeen: null,
        lastListed: new Date(NOW).toISOString(),
        stale: false,
      },
      { name: 'win-fs-1', product: { vendor: 'Microsoft' } },
    ]);
    expect(await leaves()).toMatchObject([
      { actor: `person:${testPerson.id}`, kind: 'asset.imported' },
      { kind: 'asset.imported' },
    ]);
  });

  it('does nothing twice: with one key, and with the same list again', async () => {
    const request = csv(LIST);
    const first = await send(request);
    const again = await send(request);
    const other = await send({ ...request, source: 'else' });
    const later = await send(csv(LIST));

    expect(again.body).toEqual(first.body);
    expect(other.status).toBe(409);
    expect(later.body).toMatchObject({ added: 0, changed: 0, unchanged: 2, refused: 1 });
    expect(await leaves()).toHaveLength(2);
  });

  it('adds an asset once, when two people import the same list at once', async () => {
    const answers = await Promise.all([send(csv(LIST)), send(csv(LIST)), send(csv(LIST))]);

    expect(answers.map(({ body }) => body.added).sort((one, other) => one - other)).toEqual([0, 0, 2]);
    expect(await assets()).toHaveLength(2);
  });

  it('knows an asset again by its external id, whatever it is called now', async () => {
    await send(csv(LIST));
    const renamed = await send(csv('name,id,version\ncore-sw-1.example.org,N-1,17.6\n'));

    expect(renamed.body).toMatchObject({ changed: 1 });
    expect(renamed.body.items[0]?.changes).toEqual([
      { field: 'name', before: 'core-sw-1', after: 'core-sw-1.example.org' },
      { field: 'version', before: '17.3.4a', after: '17.6' },
    ]);
    expect(await assets('search=17.6')).toMatchObject([{ name: 'core-sw-1.example.org', criticality: 'high' }]);
  });

  it('says what a host with an agent is to people, and leaves what its agent says', async () => {
    const { db } = database;
    const world = { db, corridor: testCorridor(db), clock: () => NOW };
    const assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '7.88.1-10')] });
    const answer = await send(csv('name,owner,version\nweb-1,Team Web,12.1\n'));

    expect(answer.body.items).toMatchObject([
      {
        outcome: 'changed',
        assetId,
        problems: ['Its agent says what it is; the list is not followed in: version.'],
        changes: [{ field: 'owner', before: 'none', after: 'Team Web' }],
      },
    ]);
    expect(await assets()).toMatchObject([{ id: assetId, origin: 'agent', owner: 'Team Web', product: null }]);
  });

  it('leaves to the rules what the list does not say, and keeps what it says when they are applied', async () => {
    const rule = { version: 0, pattern: 'core-*', set: { owner: 'Team Net', criticality: 'low' } };
    await app.inject({ method: 'PUT', url: `/api/v1/asset-rules/${newId()}`, payload: rule });

    await send(csv(LIST));
    const applied = await app.inject({ method: 'POST', url: '/api/v1/asset-rules/apply', payload: { key: newId() } });

    expect(await assets('search=core-sw-1')).toMatchObject([{ owner: 'Team Net', criticality: 'high' }]);
    expect(applied.json()).toMatchObject({ changed: 0, keptByHand: 1 });
  });

  it('is stale when no list named it for more than a month, and not before', async () => {
    await send(csv(LIST));
    const day = 86_400_000;
    await database.db
      .updateTable('identification.asset')
      .set({ listed_at: new Date(NOW - 36 * day).toISOString() as never })
      .where('name', '=', 'win-fs-1')
      .execute();

    expect((await assets('stale=yes')).map(({ name }) => name)).toEqual(['win-fs-1']);
    const change = { key: newId(), of: { kind: 'filter', filter: { stale: 'yes' }, total: 1 }, set: { owner: 'Ada' } };
    const changed = await app.inject({ method: 'POST', url: '/api/v1/assets/changes', payload: change });
    expect(changed.json()).toMatchObject({ changed: 1 });
  });

  it('takes items over the API, and says what is wrong with them before anything changes', async () => {
    const items = [{ name: 'app-1', kind: 'application', vendor: 'Acme', product: 'Shop', version: '4.2' }];
    const done = await send({ key: newId(), source: 'cmdb', list: { form: 'items', items } });
    const wrong = await send({
      key: newId(),
      source: 'cmdb',
      list: { form: 'items', items: [{ name: 'x', kind: 'y' }] },
    });

    expect(done.body).toMatchObject({ added: 1, columns: [] });
    expect(await assets('origin=api')).toMatchObject([{ name: 'app-1', kind: 'application' }]);
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } });
  });
});
