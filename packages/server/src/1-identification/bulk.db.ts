import type { AssetRuleBody, AssetSummary, AssetsChanged } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { groupRoutes } from '../6-deployment/group-routes.ts';
import { newId } from '../platform/ids.ts';
import { createTestApp, testPerson } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { insertAsset } from './asset-store.ts';
import { openAssetViews } from './asset-view-reader.ts';
import { assetRoutes } from './assets-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { applyRulesToNew } from './rule-perform.ts';
import { fillFleet, fleetId } from './testing/fleet.ts';
import { testCorridor } from './testing/reported-host.ts';

/** Two requests: two steps of 500 each, and the rest. */
const ASSETS = 1_300;

describeWithDatabase('changes of many assets', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  beforeEach(async () => {
    database = await createTestDatabase();
    await fillFleet(database.db, ASSETS);
    const parts = { db: database.db, corridor: testCorridor(database.db) };
    app = await createTestApp({
      ...assetRoutes({ ...parts, assets: openAssetViews(parts.db, DEFAULT_POLICY), policy: DEFAULT_POLICY }),
      ...bulkRoutes({ ...parts, policy: DEFAULT_POLICY }),
      ...groupRoutes(parts),
    });
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  async function send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) {
    const answer = await app.inject({ method, url: `/api/v1/${url}`, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  }
  const change = async (payload: object): Promise<{ status: number; body: AssetsChanged }> =>
    send('POST', 'assets/changes', payload);
  /** Until it is done, as a client does. */
  async function finished(url: string, payload: object): Promise<AssetsChanged> {
    for (let request = 0; request < 10; request += 1) {
      const { status, body } = await send('POST', url, payload);
      if (status !== 200) throw new Error(JSON.stringify(body));
      if (body.state === 'done') return body;
    }
    throw new Error('it does not end');
  }
  /** From the list: these hosts have no sections behind them. */
  const named = async (name: string): Promise<AssetSummary> =>
    (await send('GET', `assets?search=${name}`)).body.items[0];
  const asset = (number: number) => named(`host-${String(number).padStart(5, '0')}`);
  const leaves = () =>
    database.db
      .selectFrom('documentation.leaf')
      .select(['actor', 'kind', 'subject', 'payload'])
      .orderBy('id')
      .execute();
  const ids = (count: number) => Array.from({ length: count }, (_, index) => fleetId(index + 1));

  it('changes what a filter finds in steps, each asset with an entry of its own', async () => {
    const key = newId();
    const of = { kind: 'filter', filter: { exposure: 'internal,public' }, total: ASSETS };
    const wish = { key, of, set: { owner: 'Team All', addTags: ['x'] } };

    const first = await change(wish);
    const done = await finished('assets/changes', wish);

    expect(first.body).toMatchObject({ state: 'running', total: ASSETS, changed: 1_000, remaining: 300 });
    expect(done).toMatchObject({ state: 'done', changed: ASSETS, unchanged: 0, refused: 0, remaining: 0 });
    expect(await asset(7)).toMatchObject({ owner: 'Team All', tags: ['all', 't0', 'x'], version: 2 });
    const all = await leaves();
    expect(all).toHaveLength(ASSETS);
    expect(new Set(all.map(({ subject }) => subject)).size).toBe(ASSETS);
    expect(all.find(({ subject }) => subject === fleetId(7))).toEqual({
      actor: `person:${testPerson.id}`,
      kind: 'asset.changed',
      subject: fleetId(7),
      payload: {
        version: 2,
        change: key,
        changes: {
          owner: { before: 'Team 7', after: 'Team All' },
          tags: { before: ['t0', 'all'], after: ['all', 't0', 'x'] },
        },
      },
    });
    const wishes = await database.db
      .selectFrom('campaign.outbox')
      .select('kind')
      .where('kind', '=', 'assess')
      .execute();
    expect(wishes).toHaveLength(ASSETS);
  });

  it('does nothing twice with one key, also when asked by two at once', async () => {
    const wish = { key: newId(), of: { kind: 'ids', ids: ids(30) }, set: { ring: true, criticality: 'critical' } };

    const answers = await Promise.all([change(wish), change(wish), change(wish)]);
    const again = await change(wish);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(again.body).toMatchObject({ state: 'done', total: 30, changed: 29, unchanged: 1 });
    expect(await leaves()).toHaveLength(29);
  });

  it('answers for each asset, the refused first', async () => {
    const nobody = newId();
    const wish = { key: newId(), of: { kind: 'ids', ids: [...ids(8), nobody] }, set: { criticality: 'high' } };

    const { body } = await change(wish);
    const pages = await send('GET', `assets/changes/${wish.key}?limit=4`);
    const rest = await send('GET', `assets/changes/${wish.key}?limit=100&cursor=${pages.body.next}`);

    expect(body).toMatchObject({ total: 9, changed: 6, unchanged: 2, refused: 1 });
    expect(body.items[0]).toEqual({
      assetId: nobody,
      name: null,
      outcome: 'refused',
      why: 'gone',
      sentence: 'There is no such asset.',
      changes: [],
    });
    expect(body.items[1]).toMatchObject({
      name: 'host-00001',
      outcome: 'changed',
      changes: [{ field: 'criticality', before: 'normal', after: 'high' }],
    });
    expect([...pages.body.items, ...rest.body.items]).toEqual(body.items);
    expect([pages.body.total, rest.body.next]).toEqual([9, null]);
  });

  it('says before what it would do, and does not do it', async () => {
    const of = { kind: 'filter', filter: { criticality: 'low' }, total: ASSETS / 4 };
    const { body } = await change({ key: newId(), of, set: { criticality: 'normal' }, preview: true });

    expect(body).toMatchObject({ state: 'preview', total: 325, changed: 325, refused: 0 });
    expect(body.items).toHaveLength(50);
    expect(await leaves()).toEqual([]);
    expect((await send('GET', `assets/changes/${body.id}`)).status).toBe(404);
  });

  test.each<[string, object, number, string]>([
    ['a filter that finds another number', { of: { kind: 'filter', filter: {}, total: 12 } }, 409, 'conflict'],
    ['nothing to set', { set: {} }, 400, 'bad-request'],
    ['a name for all', { set: { name: 'x' } }, 400, 'bad-request'],
    ['tags replaced and added', { set: { tags: [], addTags: ['x'] } }, 400, 'bad-request'],
    ['no ids', { of: { kind: 'ids', ids: [] } }, 400, 'bad-request'],
    [
      'a word that the filter does not know',
      { of: { kind: 'filter', filter: { size: '1' }, total: 1 } },
      400,
      'bad-request',
    ],
    [
      'more ids than one request takes',
      { of: { kind: 'ids', ids: Array.from({ length: 5_001 }, (_, index) => fleetId(index)) } },
      400,
      'bad-request',
    ],
  ])('%s is refused', async (_, more, status, code) => {
    const wish = { key: newId(), of: { kind: 'ids', ids: ids(3) }, set: { ring: true }, ...more };

    expect(await send('POST', 'assets/changes', wish)).toMatchObject({ status, body: { error: { code } } });
    expect(await leaves()).toEqual([]);
  });

  it('refuses a key that was used for something else', async () => {
    const wish = { key: newId(), of: { kind: 'ids', ids: ids(3) }, set: { ring: true } };
    await change(wish);

    expect(await change({ ...wish, set: { ring: false } })).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    });
  });

  it('refuses a group that there is not, asset by asset', async () => {
    const { body } = await change({
      key: newId(),
      of: { kind: 'ids', ids: ids(3) },
      set: { maintenanceGroup: 'sunday' },
    });

    expect(body).toMatchObject({ state: 'done', changed: 0, refused: 3 });
    expect(body.items[0]).toMatchObject({ why: 'group-gone' });
  });

  describe('taken back', () => {
    const undo = (id: string, key = newId()) => finished(`assets/changes/${id}/undo`, { key });

    it('gives each what it had, but not to those who were changed since', async () => {
      const before = await Promise.all([1, 2, 3].map(asset));
      const key = newId();
      await finished('assets/changes', {
        key,
        of: { kind: 'filter', filter: {}, total: ASSETS },
        set: { owner: 'Wrong', criticality: 'critical', redundancyGroups: ['all'] },
      });
      await send('PATCH', `assets/${fleetId(2)}`, { version: 2, role: 'mail' });

      const undone = await undo(key);

      expect(undone).toMatchObject({ kind: 'undo', changed: ASSETS - 1, refused: 1 });
      expect(undone.items[0]).toMatchObject({ name: 'host-00002', why: 'changed-since' });
      expect(await asset(2)).toMatchObject({ owner: 'Wrong', role: 'mail' });
      for (const was of [before[0], before[2]]) {
        expect(await named(was?.name ?? '')).toEqual({
          ...was,
          version: 3,
          nextDue: expect.toSatisfy(() => true),
          lastSeen: expect.toSatisfy(() => true),
        });
      }
      expect((await send('POST', `assets/changes/${key}/undo`, { key: newId() })).body.error.code).toBe('conflict');
    });

    it('is asked twice and done once, and can itself be taken back', async () => {
      const key = newId();
      const undoKey = newId();
      await finished('assets/changes', { key, of: { kind: 'ids', ids: ids(5) }, set: { owner: 'New' } });

      await undo(key, undoKey);
      await undo(key, undoKey);
      await undo(undoKey);

      expect(await asset(3)).toMatchObject({ owner: 'New', version: 4 });
    });

    it('stops what has not been done yet', async () => {
      const wish = { key: newId(), of: { kind: 'filter', filter: {}, total: ASSETS }, set: { owner: 'Half' } };
      await change(wish);

      const undone = await undo(wish.key);

      expect(undone).toMatchObject({ total: 1_000, changed: 1_000 });
      expect((await change(wish)).body).toMatchObject({ state: 'done', remaining: 0, undoneBy: undone.id });
      expect((await send('GET', 'assets?owner=Half')).body.total).toBe(0);
    });

    it('is refused where nothing was changed, and where there is no such change', async () => {
      const key = newId();
      await change({ key, of: { kind: 'ids', ids: ids(1) }, set: { criticality: 'normal' } });

      const nothing = await send('POST', `assets/changes/${key}/undo`, { key: newId() });
      const none = await send('POST', `assets/changes/${newId()}/undo`, { key: newId() });

      expect([nothing.status, none.status]).toEqual([409, 404]);
    });
  });

  describe('rules', () => {
    const rule = async (id: string, body: object): Promise<{ status: number; body: AssetRuleBody }> =>
      send('PUT', `asset-rules/${id}`, { version: 0, ...body });
    const list = async (): Promise<AssetRuleBody[]> => (await send('GET', 'asset-rules')).body.items;

    it('stand in an order that a person changes, each with the assets it speaks of', async () => {
      const [one, two, three] = [newId(), newId(), newId()];
      await rule(one, { pattern: 'host-000*', set: { owner: 'A' } });
      await rule(two, { pattern: '*', note: 'the rest', set: { owner: 'B' } });
      await rule(three, { pattern: 'HOST-0000?', set: { owner: 'C' }, position: 1 });
      await rule(one, { version: 1, pattern: 'host-000*', set: { owner: 'A' }, position: 3 });
      await rule(one, { version: 2, pattern: 'host-000*', set: { owner: 'A' }, position: 3 });

      expect(await list()).toMatchObject([
        { id: three, position: 1, assets: 9, version: 1 },
        { id: two, position: 2, assets: ASSETS, note: 'the rest' },
        { id: one, position: 3, assets: 99, version: 2 },
      ]);
      expect((await leaves()).map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => 'rule.changed'));
    });

    it('are changed and removed by those who saw them', async () => {
      const id = newId();
      await rule(id, { pattern: 'a*', set: { ring: true } });

      const late = await rule(id, { pattern: 'b*', set: { ring: true } });
      const removed = await send('DELETE', `asset-rules/${id}`);
      const again = await send('DELETE', `asset-rules/${id}`);

      expect([late.status, removed.status, again.status]).toEqual([409, 200, 404]);
      expect((await leaves()).map(({ kind }) => kind)).toEqual(['rule.changed', 'rule.removed']);
      expect(await list()).toEqual([]);
    });

    test.each<[string, object]>([
      ['no pattern', { pattern: '', set: { ring: true } }],
      ['nothing to say', { pattern: '*', set: {} }],
      ['a group that there is not', { pattern: '*', set: { maintenanceGroup: 'sunday' } }],
      ['a field of one asset alone', { pattern: '*', set: { name: 'x' } }],
    ])('with %s are refused', async (_, body) => {
      expect((await rule(newId(), body)).status).toBe(400);
      expect(await list()).toEqual([]);
    });

    it('are shown before they are applied, leave what a person set, and can be taken back', async () => {
      await send('PUT', 'maintenance-groups/sunday', { version: 0, zone: 'UTC', windows: [] });
      await send('PATCH', `assets/${fleetId(1)}`, { version: 1, criticality: 'low' });
      await rule(newId(), { pattern: 'host-0000*', set: { criticality: 'critical', maintenanceGroup: 'sunday' } });

      const seen = (await send('POST', 'asset-rules/apply', { key: newId(), preview: true })).body;
      const key = newId();
      const done = await finished('asset-rules/apply', { key });

      expect(seen).toMatchObject({ state: 'preview', total: 9, changed: 9, keptByHand: 1 });
      expect(done).toMatchObject({ kind: 'rules', changed: 9, keptByHand: 1 });
      expect(await asset(1)).toMatchObject({ criticality: 'low', maintenanceGroup: 'sunday' });
      expect(await asset(2)).toMatchObject({ criticality: 'critical', maintenanceGroup: 'sunday' });
      expect(await finished('asset-rules/apply', { key: newId() })).toMatchObject({ total: 0, changed: 0 });

      const forced = await finished('asset-rules/apply', { key: newId(), overwriteByHand: true });
      expect(forced).toMatchObject({ total: 1, changed: 1, keptByHand: 0 });
      await finished(`assets/changes/${key}/undo`, { key: newId() });
      expect(await asset(3)).toMatchObject({ criticality: 'critical', maintenanceGroup: null });
      expect(await asset(4)).toMatchObject({ criticality: 'low', maintenanceGroup: null });
    });

    it('say at once what a host is that has just enrolled', async () => {
      const id = newId();
      const one = newId();
      await rule(one, { pattern: 'new-*', set: { criticality: 'high', tags: ['new'] } });

      await testCorridor(database.db).change({ actor: `agent:${id}`, at: Date.now() }, async (tx) => {
        await insertAsset(tx, { id, name: 'new-1', firstSeen: Date.now() });
        return { value: undefined, ...(await applyRulesToNew(tx, id)) };
      });

      expect(await named('new-1')).toMatchObject({
        criticality: 'high',
        tags: ['new'],
        version: 2,
      });
      expect((await leaves()).at(-1)).toMatchObject({
        kind: 'asset.changed',
        actor: `agent:${id}`,
        payload: { rules: [one] },
      });
    });
  });
});
