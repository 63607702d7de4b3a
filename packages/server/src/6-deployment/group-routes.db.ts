import type { MaintenanceGroup } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertAsset } from '../1-identification/asset-store.ts';
import { openAssetViews } from '../1-identification/asset-view-reader.ts';
import { assetRoutes } from '../1-identification/assets-routes.ts';
import { testCorridor } from '../1-identification/testing/reported-host.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { groupRoutes } from './group-routes.ts';
import { readZones } from './group-store.ts';
import { windowsOfGroups } from './group-windows.ts';

/** A Friday. */
const NOW = Date.UTC(2026, 10, 20, 12);
const ASSET = '01890a5d-ac96-774b-bcce-b302099a8057';
const SUNDAY = { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS };

describeWithDatabase('maintenance groups', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  beforeEach(async () => {
    database = await createTestDatabase();
    const corridor = testCorridor(database.db);
    const parts = { db: database.db, corridor };
    app = await createTestApp(
      {
        ...groupRoutes(parts),
        ...assetRoutes({ ...parts, assets: openAssetViews(parts.db, DEFAULT_POLICY), policy: DEFAULT_POLICY }),
      },
      { now: () => NOW },
    );
    await corridor.change({ actor: 'local', at: NOW }, async (tx) => ({
      value: await insertAsset(tx, { id: ASSET, name: 'web-1', firstSeen: NOW }),
    }));
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  async function set(name: string, body: object) {
    const answer = await app.inject({ method: 'PUT', url: `/api/v1/maintenance-groups/${name}`, payload: body });
    return { status: answer.statusCode, body: answer.json() };
  }

  async function list(): Promise<MaintenanceGroup[]> {
    return (await app.inject({ method: 'GET', url: '/api/v1/maintenance-groups' })).json().items;
  }

  async function change(body: object) {
    return app.inject({ method: 'PATCH', url: `/api/v1/assets/${ASSET}`, payload: body });
  }

  async function leaves() {
    const query = database.db.selectFrom('documentation.leaf').select(['kind', 'subject']).orderBy('id');
    return (await query.execute()).filter(({ kind }) => kind.startsWith('maintenance-group'));
  }

  it('are made, listed with the next windows as instants, and recorded', async () => {
    const made = await set('sunday', { version: 0, zone: 'Europe/Berlin', windows: [SUNDAY] });

    expect(made).toMatchObject({ status: 200, body: { name: 'sunday', version: 1, assets: 0 } });
    expect(await list()).toEqual([
      {
        name: 'sunday',
        zone: 'Europe/Berlin',
        windows: [SUNDAY],
        assets: 0,
        version: 1,
        next: ['22', '29', '06'].map((day) => {
          const date = day === '06' ? '2026-12-06' : `2026-11-${day}`;
          return { from: `${date}T01:00:00.000Z`, until: `${date}T05:00:00.000Z`, offset: '+01:00' };
        }),
        tzdata: process.versions['tz'],
      },
    ]);
    expect(await leaves()).toEqual([{ kind: 'maintenance-group.changed', subject: 'sunday' }]);
  });

  it('are changed by those who saw what they change', async () => {
    await set('sunday', { version: 0, zone: 'UTC', windows: [SUNDAY] });

    const changed = await set('sunday', { version: 1, zone: 'UTC', windows: [] });
    const again = await set('sunday', { version: 2, zone: 'UTC', windows: [] });
    const late = await set('sunday', { version: 1, zone: 'UTC', windows: [SUNDAY] });
    const twice = await set('sunday', { version: 0, zone: 'UTC', windows: [SUNDAY] });

    expect([changed, again].map(({ body }) => body.version)).toEqual([2, 2]);
    expect([late, twice].map(({ status, body }) => [status, body.error.code])).toEqual([
      [409, 'conflict'],
      [409, 'conflict'],
    ]);
    expect(await leaves()).toHaveLength(2);
  });

  it('made twice at the same moment are made once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => set('race', { version: 0, zone: 'UTC', windows: [SUNDAY] })));

    expect(made.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await leaves()).toHaveLength(1);
  });

  it.each([
    ['a zone that is none', 'sunday', { version: 0, zone: 'Europe/Atlantis', windows: [] }],
    ['an offset', 'sunday', { version: 0, zone: '+02:00', windows: [] }],
    ['a time that is none', 'sunday', { version: 0, zone: 'UTC', windows: [{ ...SUNDAY, start: '25:00' }] }],
    ['a window of no length', 'sunday', { version: 0, zone: 'UTC', windows: [{ ...SUNDAY, durationMs: 0 }] }],
    [
      'a window longer than the week',
      'sunday',
      { version: 0, zone: 'UTC', windows: [{ ...SUNDAY, durationMs: 169 * HOUR_MS }] },
    ],
    ['a name with a slash', 'a%2Fb', { version: 0, zone: 'UTC', windows: [] }],
    ['a field that is none', 'sunday', { version: 0, zone: 'UTC', windows: [], every: 'week' }],
  ])('%s is refused', async (_, name, body) => {
    expect(await set(name, body)).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } });
    expect(await list()).toEqual([]);
  });

  it('hold assets, and stay as long as they do', async () => {
    await set('sunday', { version: 0, zone: 'UTC', windows: [SUNDAY] });
    const remove = () => app.inject({ method: 'DELETE', url: '/api/v1/maintenance-groups/sunday' });

    const joined = await change({
      version: 1,
      maintenanceGroup: 'sunday',
      redundancyGroups: ['web', 'web'],
      ring: true,
    });
    const refused = await remove();
    const left = await change({ version: 2, maintenanceGroup: null });
    const removed = await remove();

    expect(joined.json()).toMatchObject({
      maintenanceGroup: 'sunday',
      redundancyGroups: ['web'],
      ring: true,
      version: 2,
    });
    expect([refused, left, removed].map(({ statusCode }) => statusCode)).toEqual([409, 200, 200]);
    expect((await remove()).statusCode).toBe(404);
    expect(await leaves()).toMatchObject([{}, { kind: 'maintenance-group.removed', subject: 'sunday' }]);
  });

  it('that do not exist hold nobody', async () => {
    const answer = await change({ version: 1, maintenanceGroup: 'moonday' });

    expect([answer.statusCode, answer.json().error.message]).toEqual([400, 'There is no maintenance group moonday.']);
  });

  it('give the planner their windows', async () => {
    await set('sunday', { version: 0, zone: 'Asia/Tokyo', windows: [SUNDAY] });
    await set('empty', { version: 0, zone: 'UTC', windows: [] });
    const from = Date.UTC(2026, 10, 21, 17);

    expect(await windowsOfGroups(database.db, NOW, NOW + 7 * 24 * HOUR_MS)).toEqual({
      sunday: [{ from, until: from + 4 * HOUR_MS }],
      empty: [],
    });
    expect(await readZones(database.db)).toEqual({ sunday: 'Asia/Tokyo', empty: 'UTC' });
  });
});
