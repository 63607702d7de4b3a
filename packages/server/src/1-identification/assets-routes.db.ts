import type { Asset, AssetPage } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { newId } from '../platform/ids.ts';
import { createTestApp, testPerson } from '../platform/testing/app.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { openAssetViews } from './asset-view-reader.ts';
import { assetRoutes } from './assets-routes.ts';
import { enrollmentRoutes } from './enrollment-routes.ts';
import { type AgentsWorld, createAgentsWorld } from './testing/agents-world.ts';
import { FakeAgent } from './testing/fake-agent.ts';
import { addressed, inventory } from './testing/inventories.ts';

type Page = z.infer<typeof AssetPage>;

describeWithDatabase('assets over HTTP', () => {
  let world: AgentsWorld;
  let app: FastifyInstance;
  let agent: FakeAgent;
  let id: string;
  beforeAll(async () => {
    world = await createAgentsWorld();
    const { corridor } = world.campaign;
    const { db } = world.database;
    const { fingerprint: authorityFingerprint } = world.authority;
    app = await createTestApp({
      ...assetRoutes({ db, corridor, assets: openAssetViews(db, DEFAULT_POLICY), policy: DEFAULT_POLICY }),
      ...enrollmentRoutes({
        db,
        corridor,
        authorityFingerprint,
        agentsAddress: 'patch.example.org:8421',
        openAgents: world.agents.open,
      }),
    });
    await world.newToken();
    agent = await world.enrolled('web-1');
    await agent.report(inventory({ packages: 5, rebootNeeded: true }));
    id = agent.identity?.assetId ?? '';
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  async function get<T>(url: string): Promise<T> {
    const response = await app.inject({ method: 'GET', url });
    expect(response.statusCode).toBe(200);
    return response.json<T>();
  }
  const patch = (payload: object, asset = id) =>
    app.inject({ method: 'PATCH', url: `/api/v1/assets/${asset}`, payload });
  const codeOf = (response: { json: () => { error?: { code: string } } }) => response.json().error?.code;

  test('one asset shows what its host reported', async () => {
    const asset = await get<Asset>(`/api/v1/assets/${id}`);

    expect(asset).toMatchObject({
      name: 'web-1',
      packages: 6,
      updates: 1,
      rebootNeeded: true,
      stale: false,
      judged: { kind: 'not-judged', reason: { code: 'no-feed' } },
      findings: null,
      packageSet: addressed(inventory({ packages: 5 })).packages.hash,
      runningKernel: '6.1.0-40-amd64',
      release: { id: 'debian', versionId: '12' },
    });
    expect(asset.reasons.map(({ code }) => code)).toEqual(['exposure-unknown', 'reboot-pending']);
  });

  test('an asset that enrolled and said nothing yet says so', async () => {
    const silent = await world.enrolled('silent');

    const asset = await get<Asset>(`/api/v1/assets/${silent.identity?.assetId}`);

    expect(asset).toMatchObject({
      judged: { kind: 'not-judged', reason: { code: 'not-reported-yet' } },
      packages: null,
      lastSeen: null,
      origins: [],
    });
  });

  test('packages come in pages and are found by name', async () => {
    const first = await get<{ items: { name: string }[]; next: string; total: number }>(
      `/api/v1/assets/${id}/packages?limit=4`,
    );
    const second = await get<{ items: { name: string }[]; next: null }>(
      `/api/v1/assets/${id}/packages?limit=4&cursor=${first.next}`,
    );
    const found = await get<{ items: unknown[] }>(`/api/v1/assets/${id}/packages?search=curl`);

    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'curl',
      'p00000',
      'p00001',
      'p00002',
      'p00003',
      'p00004',
    ]);
    expect([first.total, second.next, found.items.length]).toEqual([6, null, 1]);
  });

  test.each([
    ['an asset', 'GET', (one: string) => `/api/v1/assets/${one}`],
    ['its packages', 'GET', (one: string) => `/api/v1/assets/${one}/packages`],
    ['the revocation of its agent', 'DELETE', (one: string) => `/api/v1/assets/${one}/agent`],
    ['a token', 'DELETE', (one: string) => `/api/v1/enrollment-tokens/${one}`],
  ] as const)('%s that does not exist is not found', async (_, method, url) => {
    const response = await app.inject({ method, url: url(newId()) });

    expect([response.statusCode, codeOf(response)]).toEqual([404, 'not-found']);
  });

  describe('a change by a person', () => {
    test('is stored, recorded with before and after under their name, and assessed again', async () => {
      const before = await get<Asset>(`/api/v1/assets/${id}`);

      const response = await patch({ version: before.version, criticality: 'critical', tags: ['web', 'dmz', 'web'] });

      expect(response.json()).toMatchObject({
        criticality: 'critical',
        tags: ['dmz', 'web'],
        version: before.version + 1,
      });
      const leaf = await world.database.db
        .selectFrom('documentation.leaf')
        .select(['actor', 'payload'])
        .where('kind', '=', 'asset.changed')
        .where('subject', '=', id)
        .executeTakeFirstOrThrow();
      expect(leaf).toEqual({
        actor: `person:${testPerson.id}`,
        payload: {
          version: before.version + 1,
          changes: {
            criticality: { before: 'normal', after: 'critical' },
            tags: { before: [], after: ['dmz', 'web'] },
          },
        },
      });
    });

    test('made by two at once happens once; the other is told', async () => {
      const { version } = await get<Asset>(`/api/v1/assets/${id}`);

      const answers = await Promise.all(['ops', 'web', 'dba'].map((owner) => patch({ version, owner })));

      expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
      expect(answers.filter((answer) => codeOf(answer) === 'conflict')).toHaveLength(2);
      expect((await get<Asset>(`/api/v1/assets/${id}`)).version).toBe(version + 1);
    });

    test('that changes nothing writes nothing', async () => {
      const { version, owner } = await get<Asset>(`/api/v1/assets/${id}`);

      const response = await patch({ version, owner });

      expect([response.statusCode, response.json<Asset>().version]).toEqual([200, version]);
    });

    test.each([
      ['an unknown criticality', { criticality: 'huge' }],
      ['an unknown field', { findings: 0 }],
      ['no name', { name: '' }],
      ['U+0000 in a tag', { tags: ['a\0'] }],
      ['half a character', { owner: '\ud800' }],
    ])('with %s is refused', async (_, more) => {
      const response = await patch({ version: 1, ...more });

      expect([response.statusCode, codeOf(response)]).toEqual([400, 'bad-request']);
    });

    test('of an asset that does not exist is not found', async () => {
      expect(codeOf(await patch({ version: 1, owner: 'ops' }, newId()))).toBe('not-found');
    });
  });

  describe('tokens', () => {
    const create = (payload: object = {}) => app.inject({ method: 'POST', url: '/api/v1/enrollment-tokens', payload });
    const list = async () =>
      (await get<{ items: { id: string; state: string; note: string | null }[] }>('/api/v1/enrollment-tokens')).items;
    const revoke = (token: string) => app.inject({ method: 'DELETE', url: `/api/v1/enrollment-tokens/${token}` });

    test('a token is shown once, with the line to run, and enrolls one host', async () => {
      const created = (await create({ note: 'rack 7' })).json<{
        id: string;
        token: string;
        command: string;
        packagedCommand: string;
      }>();

      expect(created.command).toBe(
        `patchsteward agent enroll --server patch.example.org:8421 --token ${created.token} && patchsteward agent run`,
      );
      expect(created.packagedCommand).toBe(
        `patchsteward-agent enroll --server patch.example.org:8421 --token ${created.token}`,
      );
      const { rows } = await sql<{ row: string }>`
        select t::text as row from identification.enrollment_token t where id = ${created.id}
      `.execute(world.database.db);
      expect(rows[0]?.row).not.toContain(created.token.split('.')[1]);
      expect((await new FakeAgent(world.port()).enroll(created.token)).status).toBe(200);
      expect((await list())[0]).toMatchObject({ id: created.id, state: 'used', note: 'rack 7' });
    });

    test('a revoked token is useless, and revoking it again changes nothing', async () => {
      const created = (await create()).json<{ id: string; token: string }>();

      const answers = [await revoke(created.id), await revoke(created.id)];

      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
      expect((await new FakeAgent(world.port()).enroll(created.token)).status).toBe(403);
      const leaves = await world.database.db
        .selectFrom('documentation.leaf')
        .select('kind')
        .where('subject', '=', created.id)
        .orderBy('serial')
        .execute();
      expect(leaves.map(({ kind }) => kind)).toEqual(['enrollment-token.created', 'enrollment-token.revoked']);
    });

    test.each([
      ['shorter than a minute', { validMs: 59_999 }],
      ['longer than a week', { validMs: 604_800_001 }],
    ])('a token %s is refused', async (_, payload) => {
      expect(codeOf(await create(payload))).toBe('bad-request');
    });
  });

  test('a revoked agent is refused; what it reported stays', async () => {
    const gone = await world.enrolled('gone');
    await gone.report(inventory({ hostname: 'gone' }));
    const asset = gone.identity?.assetId;

    const answers = [
      await app.inject({ method: 'DELETE', url: `/api/v1/assets/${asset}/agent` }),
      await app.inject({ method: 'DELETE', url: `/api/v1/assets/${asset}/agent` }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await gone.checkIn(addressed(inventory({ hostname: 'gone' })))).status).toBe(403);
    expect((await get<Asset>(`/api/v1/assets/${asset}`)).packages).toBe(4);
    const leaves = world.database.db.selectFrom('documentation.leaf').select('id').where('kind', '=', 'agent.revoked');
    expect(await leaves.execute()).toHaveLength(1);
  });

  describe('20,000 assets', () => {
    const ASSETS = 20_000;
    /** A page is read by a person who waits; on a busy machine with two cores. */
    beforeAll(async () => {
      await sql`
        with made as (
          insert into identification.asset (id, name, first_seen, owner, tags)
          select gen_random_uuid(), 'fleet-' || lpad(n::text, 5, '0'), now(), 'crew' || n % 40 || 'x', array['t' || n % 7]
          from generate_series(1, ${ASSETS}) as n
          returning id
        )
        insert into identification.check_in
        select made.id, now(), c.boot_id, c.agent_version, c.packages_hash, c.updates_hash, c.origins_hash,
          c.system_hash, c.reboot_needed, c.package_set_id, c.offer_set_id
        from made, identification.check_in as c where c.asset_id = ${id}
      `.execute(world.database.db);
      await sql`analyze identification.asset, identification.check_in`.execute(world.database.db);
      // A server reads all assets when it starts; that 20,000 come at one stroke is no page's doing.
      await get<Page>('/api/v1/assets?limit=1');
    });

    test.each([
      ['the first page', 'limit=100', 100],
      ['a page in the middle', `limit=100&cursor=${cursor('fleet-10000')}`, 100],
      ['a search that finds one', 'limit=100&search=fleet-19999', 1],
      ['a search in owner, tag and release together', 'limit=100&search=crew13x%20t3%20bookworm', 71],
      ['a search with a sign of LIKE in it', 'limit=100&search=fleet_19999', 0],
      // How long each takes is measured by `npm run bench -- api`, not here, where others work beside it.
    ])('%s has as many rows as there are', async (_, query, items) => {
      const page = await get<Page>(`/api/v1/assets?${query}`);

      expect(page.items).toHaveLength(items);
    });

    test('pages give every asset once, by name', async () => {
      const names: string[] = [];
      let next: string | null = null;
      do {
        const page: Page = await get<Page>(
          `/api/v1/assets?search=fleet-0&limit=500${next === null ? '' : `&cursor=${next}`}`,
        );
        names.push(...page.items.map(({ name }) => name));
        expect(page.total).toBe(9_999);
        next = page.next;
      } while (next !== null);

      expect(names).toEqual(names.toSorted());
      expect(new Set(names).size).toBe(9_999);
    });

    test('a cursor that is not ours is refused', async () => {
      expect(codeOf(await app.inject({ method: 'GET', url: '/api/v1/assets?cursor=abc' }))).toBe('bad-request');
    });
  });
});

function cursor(name: string): string {
  return Buffer.from(JSON.stringify(['name', 0, name, '00000000-0000-4000-8000-000000000000'])).toString('base64url');
}
