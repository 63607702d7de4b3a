import type { AssetSummary } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { openAssetViews } from './asset-view-reader.ts';
import { assetRoutes } from './assets-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { insertHostKey } from './host-key-store.ts';
import { importRoutes } from './import-routes.ts';
import { removalRoutes } from './removal-routes.ts';
import { installed, reportHost, testCorridor } from './testing/reported-host.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;
const MACHINE = '0123456789abcdef0123456789abcdef';
const HOST = { packages: [installed('curl', '7.88.1-10')], system: { machineId: MACHINE } };

describeWithDatabase('taking assets out of the inventory', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let inCampaign: string | undefined;
  beforeEach(async () => {
    database = await createTestDatabase();
    inCampaign = undefined;
    const parts = {
      db: database.db,
      corridor: testCorridor(database.db),
      openCampaignsOf: (_: unknown, id: string) => Promise.resolve(id === inCampaign ? ['Openssl of November'] : []),
    };
    app = await createTestApp(
      {
        ...assetRoutes({ ...parts, assets: openAssetViews(parts.db, DEFAULT_POLICY), policy: DEFAULT_POLICY }),
        ...bulkRoutes({ ...parts, policy: DEFAULT_POLICY }),
        ...importRoutes(parts),
        ...removalRoutes({ ...parts, assets: openAssetViews(parts.db, DEFAULT_POLICY) }),
      },
      { now: () => NOW },
    );
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  const world = () => ({ db: database.db, corridor: testCorridor(database.db), clock: () => NOW });
  async function send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) {
    const url = `/api/v1/assets${path}`;
    const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  }
  const assets = async (query = ''): Promise<readonly AssetSummary[]> => (await send('GET', `?${query}`)).body.items;
  const names = async () => (await assets()).map(({ name }) => name);
  const kinds = async () =>
    (await database.db.selectFrom('documentation.leaf').select('kind').orderBy('id').execute()).map(({ kind }) => kind);
  const keyOf = async (assetId: string) => {
    const fingerprint = `sha256:${newId()}`;
    await database.db
      .transaction()
      .execute((tx) => insertHostKey(tx, { fingerprint, assetId, publicKeyPem: 'key', at: NOW }));
    return async () => {
      const rows = await database.db.selectFrom('identification.host_key').selectAll().execute();
      return rows.find((row) => row.fingerprint === fingerprint)?.revoked_at !== null ? 'refused' : 'good';
    };
  };

  it('takes one out: no list has it, its key is refused, and nothing can be done to it', async () => {
    const gone = await reportHost(world(), 'web-1', HOST);
    await reportHost(world(), 'web-2', { packages: [installed('curl', '7.88.1-10')] });
    const key = await keyOf(gone);

    const removed = await send('POST', `/${gone}/removal`, { why: 'scrapped' });

    expect(removed).toEqual({ status: 200, body: {} });
    expect(await names()).toEqual(['web-2']);
    expect(await key()).toBe('refused');
    expect((await send('GET', `/${gone}`)).status).toBe(404);
    expect((await send('PATCH', `/${gone}`, { version: 2, owner: 'Ada' })).status).toBe(404);
    expect((await send('POST', `/${gone}/removal`, { why: 'again' })).status).toBe(404);
    const set = { key: newId(), of: { kind: 'ids', ids: [gone] }, set: { owner: 'Ada' } };
    expect((await send('POST', '/changes', set)).body).toMatchObject({ refused: 1, items: [{ why: 'gone' }] });
    expect((await send('GET', '/removed')).body).toMatchObject({
      items: [{ id: gone, name: 'web-1', why: 'scrapped', mergedInto: null }],
      total: 1,
    });
    expect(await kinds()).toContain('asset.removed');
  });

  it('brings it back as it was, with its report, its groups and its key', async () => {
    const id = await reportHost(world(), 'web-1', HOST);
    const key = await keyOf(id);
    await send('PATCH', `/${id}`, { version: 1, redundancyGroups: ['pair'], ring: true, owner: 'Ada' });
    const [before] = await assets();

    await send('POST', `/${id}/removal`, { why: 'mistake' });
    const restored = await send('DELETE', `/${id}/removal`);

    expect(restored.body).toEqual({ id, name: 'web-1', problems: [] });
    const [after] = await assets();
    expect({ ...after, version: before?.version }).toEqual(before);
    expect(await key()).toBe('good');
    expect((await send('DELETE', `/${id}/removal`)).status).toBe(404);
  });

  it('leaves a key refused that an administrator had refused before', async () => {
    const id = await reportHost(world(), 'web-1', HOST);
    const key = await keyOf(id);
    await send('DELETE', `/${id}/agent`);

    await send('POST', `/${id}/removal`, { why: 'x' });
    await send('DELETE', `/${id}/removal`);

    expect(await key()).toBe('refused');
  });

  it('refuses what is in an open campaign, and says in which', async () => {
    const id = await reportHost(world(), 'web-1', HOST);
    inCampaign = id;

    const refused = await send('POST', `/${id}/removal`, { why: 'x' });

    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    expect(refused.body.error.message).toContain('Openssl of November');
    expect(await names()).toEqual(['web-1']);
  });

  it('tells a machine that was enrolled anew, and merges it into the asset that reports', async () => {
    const old = await reportHost(world(), 'web-1', HOST, { at: NOW - 40 * DAY, firstSeen: NOW - 90 * DAY });
    const anew = await reportHost(world(), 'web-1', HOST);
    await send('PATCH', `/${old}`, { version: 1, owner: 'Team Web', tags: ['shop'], criticality: 'high' });

    const doubles = await send('GET', '/doubles');
    const look = await send('POST', `/${old}/merge`, { into: anew, why: 'new disk', preview: true });
    const done = await send('POST', `/${old}/merge`, { into: anew, why: 'new disk' });

    expect(doubles.body).toMatchObject({ items: [{ cause: 'machine-id', keep: anew }], total: 1 });
    expect(look.body).toMatchObject({
      state: 'preview',
      changes: expect.arrayContaining([expect.objectContaining({ field: 'owner' })]),
    });
    expect(done.body).toEqual({ ...look.body, state: 'done' });
    expect(await assets()).toMatchObject([
      {
        id: anew,
        owner: 'Team Web',
        tags: ['shop'],
        criticality: 'high',
        // Enrolling a machine anew does not turn its clock back.
        firstSeen: new Date(NOW - 90 * DAY).toISOString(),
      },
    ]);
    expect(await kinds()).toEqual(expect.arrayContaining(['asset.removed', 'asset.merged']));
    expect((await send('GET', '/doubles')).body.total).toBe(0);
  });

  it('takes a merge back: both are as they were', async () => {
    const one = await reportHost(world(), 'web-1', HOST, { firstSeen: NOW - 9 * DAY });
    const other = await reportHost(world(), 'web-2', HOST);
    await send('PATCH', `/${one}`, { version: 1, owner: 'Ada' });
    const before = await assets();

    await send('POST', `/${one}/merge`, { into: other, why: 'x' });
    const restored = await send('DELETE', `/${one}/removal`);

    expect(restored.body).toMatchObject({ problems: [] });
    const withoutVersions = (items: readonly AssetSummary[]) => items.map((item) => ({ ...item, version: 0 }));
    expect(withoutVersions(await assets())).toEqual(withoutVersions(before));
  });

  it('leaves what somebody changed since a merge, and says so', async () => {
    const one = await reportHost(world(), 'web-1', HOST);
    const other = await reportHost(world(), 'web-2', HOST);
    await send('PATCH', `/${one}`, { version: 1, owner: 'Ada' });
    await send('POST', `/${one}/merge`, { into: other, why: 'x' });
    await send('PATCH', `/${other}`, { version: 2, role: 'edge' });

    const restored = await send('DELETE', `/${one}/removal`);

    expect(restored.body.problems).toEqual(['Somebody changed web-2 since; what it got by the merge stays there.']);
    expect(await assets('search=web-2')).toMatchObject([{ owner: 'Ada', role: 'edge' }]);
  });

  it('knows the merged asset by the list that named the other', async () => {
    const list = { form: 'csv', text: 'name,id,owner\nweb-1.example.org,N-1,Ada\n' };
    await send('POST', '/imports', { key: newId(), source: 'cmdb', list });
    const host = await reportHost(world(), 'web-1', HOST);
    const [listed] = await assets('search=example.org');
    await send('POST', `/${listed?.id}/merge`, { into: host, why: 'one machine' });

    const again = await send('POST', '/imports', { key: newId(), source: 'cmdb', list });

    expect(again.body).toMatchObject({ added: 0, unchanged: 1 });
    expect(await assets()).toMatchObject([{ id: host, name: 'web-1', owner: 'Ada' }]);
  });

  it('refuses to merge an asset into itself, into nothing, or out of an open campaign', async () => {
    const id = await reportHost(world(), 'web-1', HOST);
    const other = await reportHost(world(), 'web-2', HOST);
    inCampaign = id;

    expect((await send('POST', `/${id}/merge`, { into: id, why: 'x' })).status).toBe(400);
    expect((await send('POST', `/${id}/merge`, { into: newId(), why: 'x' })).status).toBe(404);
    expect((await send('POST', `/${id}/merge`, { into: other, why: 'x' })).status).toBe(409);
  });

  it('takes an import back: what it added goes, what it changed is as before, and a corrected list adds anew', async () => {
    await reportHost(world(), 'web-1', HOST);
    const list = (text: string) => ({ key: newId(), source: 'cmdb', list: { form: 'csv', text } });
    const wrong = await send('POST', '/imports', list('name,owner\nfw-1,Ada\nweb-1,Ada\n'));

    const undone = await send('POST', `/imports/${wrong.body.id}/undo`);
    const anew = await send('POST', '/imports', list('name,owner\nfw-1,Bob\n'));

    expect(undone.body).toEqual({ id: wrong.body.id, removed: 1, restored: 1, kept: [] });
    expect(anew.body).toMatchObject({ added: 1 });
    expect(await assets()).toMatchObject([
      { name: 'fw-1', owner: 'Bob' },
      { name: 'web-1', owner: null },
    ]);
    expect((await send('POST', `/imports/${wrong.body.id}/undo`)).status).toBe(409);
    expect((await send('GET', '/imports')).body.items).toMatchObject([
      { added: 1, undoneAt: null },
      { added: 1, changed: 1, undoneAt: new Date(NOW).toISOString() },
    ]);
  });

  it('leaves what somebody changed since an import, what is in a campaign, and what a later list said', async () => {
    const list = (text: string) => ({ key: newId(), source: 'cmdb', list: { form: 'csv', text } });
    const first = await send('POST', '/imports', list('name,owner\nfw-1,Ada\nfw-2,Ada\nfw-3,Ada\n'));
    const [one, two] = await assets();
    await send('PATCH', `/${one?.id}`, { version: 1, role: 'edge' });
    inCampaign = two?.id;

    const undone = await send('POST', `/imports/${first.body.id}/undo`);
    const later = await send('POST', '/imports', list('name\nfw-2\n'));
    const newer = await send('POST', '/imports', list('name\nfw-2\n'));

    expect(undone.body).toMatchObject({
      removed: 1,
      kept: [
        { name: 'fw-1', problem: 'Somebody changed it since.' },
        { name: 'fw-2', problem: 'It is in the open campaign “Openssl of November”.' },
      ],
    });
    expect(newer.status).toBe(200);
    expect((await send('POST', `/imports/${later.body.id}/undo`)).status).toBe(409);
  });
});
