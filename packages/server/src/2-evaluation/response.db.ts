import type { ExceptionDetail, ExceptionPage, ExceptionPreview } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { DAY_MS, HOUR_MS, type Role } from '@patchsteward/core/vocabulary';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proposalPage, proposalShown } from '../1-identification/proposals.ts';
import { kevFile, osvFile } from '../1-identification/testing/feed-files.ts';
import { installed, offered, reportHost } from '../1-identification/testing/reported-host.ts';
import { NOON, openWorld, type World } from '../1-identification/testing/world.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { readAnswers } from './response-cover-store.ts';

const PEOPLE: Readonly<Record<string, readonly Role[]>> = {
  ina: ['it'],
  otto: ['owner'],
  sina: ['security'],
  ada: ['auditor'],
};

describeWithDatabase('answers to risks', () => {
  let world: World;
  let app: FastifyInstance;
  let web: string;
  let database: string;
  beforeEach(async () => {
    world = await openWorld();
    const report = { packages: [installed('curl', '1.0-1')], updates: [offered('curl', '1.0-1', '2.0-1')] };
    web = await reportHost(world, 'web-1', report);
    database = await reportHost(world, 'db-1', report);
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-1-1', package: 'curl', upstream: IDS, fixed: '2.0-1' }));
    app = await createTestApp(world.handlers, {
      now: world.clock,
      admit: (_, { authorization: login = 'ina' }) =>
        Promise.resolve({ kind: 'person', id: ID, login, name: login, roles: PEOPLE[login] ?? [] }),
    });
  });
  afterEach(async () => {
    await app.close();
    await world.close();
  });

  const ID = '01890000-0000-7000-8000-000000000001';
  const IDS = ['CVE-2026-0001', 'CVE-2026-0002'];
  const [FIRST = ''] = IDS;
  /** Both are critical, as nobody says how severe they are. */
  const DUE = NOON + 48 * HOUR_MS;
  const UNTIL = NOON + 10 * DAY_MS;

  async function send(login: string, path: string, payload?: object) {
    const response = await app.inject({
      ...{ method: 'POST', url: `/api/v1/exceptions${path}`, payload: payload ?? '' },
      headers: { authorization: login, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    return { status: response.statusCode, body: response.json() };
  }

  function terms(more: object = {}) {
    const plain = { kind: 'accept', owner: 'Web team', why: 'The vendor is asked.', until: time(UNTIL) };
    return { target: { vulnerabilities: [FIRST] }, ...plain, ...more };
  }

  async function asked(login: string, more: object = {}): Promise<ExceptionDetail> {
    const { status, body } = await send(login, '', terms(more));
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }

  async function accepted(more: object = {}): Promise<string> {
    const { id } = await asked('ina', more);
    expect((await send('otto', `/${id}/agree`)).status).toBe(200);
    expect((await send('sina', `/${id}/agree`)).body).toMatchObject({ state: 'standing' });
    return id;
  }

  async function shown(id: string): Promise<ExceptionDetail> {
    return (await app.inject({ url: `/api/v1/exceptions/${id}` })).json();
  }

  async function listed(query = ''): Promise<ExceptionPage> {
    return (await app.inject({ url: `/api/v1/exceptions${query}` })).json();
  }

  async function findingsOf(asset: string) {
    const { body } = await world.get(`assets/${asset}/findings`);
    const { items, ...rest } = body as { items: { vulnerability: string; assessment: object }[]; answered: number };
    return { ...rest, items: new Map(items.map(({ vulnerability, assessment }) => [vulnerability, assessment])) };
  }

  async function assessed(asset: string) {
    const row = await world.db
      .selectFrom('evaluation.assessment')
      .select(['lane', 'due', 'answered_findings'])
      .where('asset_id', '=', asset)
      .executeTakeFirstOrThrow();
    return row;
  }

  /** The day comes: what a timer would wish for. */
  async function dayComes(id: string, at: number): Promise<void> {
    world.at(at);
    const due = await world.db
      .selectFrom('campaign.timer')
      .select('due')
      .where('kind', '=', 'risk.expires')
      .where('subject', '=', id)
      .executeTakeFirst();
    expect(due).toEqual({ due: at });
    await world.corridor.change({ actor: 'system', at }, async () => ({
      value: undefined,
      wishes: [{ kind: 'risk.expires', key: id, payload: null }],
    }));
    await world.grantWishes();
  }

  async function recorded(id: string) {
    const rows = await world.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'actor'])
      .where('subject', '=', id)
      .orderBy('serial')
      .execute();
    return rows.map(({ kind }) => kind);
  }

  function time(instant: number): string {
    return new Date(instant).toISOString();
  }

  it('are asked for by one, agreed to by others, and stand for what was named', async () => {
    const one = await asked('ina');
    expect(one).toMatchObject({
      ...{
        state: 'requested',
        title: `Accept ${FIRST} on 2 assets`,
        requester: 'ina',
        coveredTotal: 2,
        endsSoon: false,
      },
      ...{ basis: { findings: 2, assets: 2, lane: 'critical', due: time(DUE), exploited: 0, fixless: 0 } },
      ...{ missing: [['owner'], ['security']], mayAgree: false, mayNot: expect.stringContaining('asks never agrees') },
    });
    expect(one.barred).toEqual({
      agree: expect.stringContaining('asks never agrees'),
      ...{ refuse: expect.stringContaining('owner, security'), end: null, renew: expect.stringContaining('requested') },
    });
    expect(await findingsOf(web)).toMatchObject({ answered: 0 });

    expect((await send('otto', `/${one.id}/agree`)).body).toMatchObject({
      state: 'requested',
      missing: [['security']],
    });
    expect((await send('sina', `/${one.id}/agree`)).body).toMatchObject({ state: 'standing', stoodFrom: time(NOON) });

    const found = await findingsOf(web);
    expect([...found.items.keys()].sort()).toEqual(IDS);
    expect(found.answered).toBe(1);
    expect(found.items.get(FIRST)).toMatchObject({
      ...{ answered: { response: one.id, kind: 'accept', until: time(UNTIL) }, late: false },
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'risk-answered', by: time(UNTIL) })]),
    });
    expect(await assessed(web)).toEqual({ lane: 'critical', due: DUE, answered_findings: 1 });
    expect(await recorded(one.id)).toEqual(['exception.requested', 'exception.agreed', 'exception.agreed']);
  });

  it('open again by themselves on their day, with the clock where it stood', async () => {
    world.at(NOON + 47 * HOUR_MS);
    const id = await accepted({ target: { sources: ['curl'] } });
    expect(await assessed(web)).toEqual({ lane: 'critical', due: UNTIL + HOUR_MS, answered_findings: 2 });

    await dayComes(id, UNTIL);

    expect(await shown(id)).toMatchObject({ state: 'expired', endedAt: time(UNTIL) });
    expect(await assessed(web)).toEqual({ lane: 'critical', due: UNTIL + HOUR_MS, answered_findings: 0 });
    expect((await findingsOf(web)).items.get(FIRST)).toMatchObject({
      ...{ answered: null, firstSeen: time(NOON), pauses: [{ from: time(NOON + 47 * HOUR_MS), until: time(UNTIL) }] },
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'risk-reopened' })]),
    });
    expect((await recorded(id)).at(-1)).toBe('exception.expired');
  });

  it('name the first when it is answered for a second time', async () => {
    const first = await accepted();
    world.at(UNTIL - DAY_MS);
    const asking = await send('ina', `/${first}/renew`, { why: 'Still no fix.', until: time(UNTIL + 5 * DAY_MS) });
    expect(asking.body).toMatchObject({ state: 'requested', renews: first, why: 'Still no fix.' });
    const second = asking.body.id;
    expect(await shown(first)).toMatchObject({ state: 'standing', renewedBy: second, endsSoon: true });

    await send('otto', `/${second}/agree`);
    await send('sina', `/${second}/agree`);

    expect(await shown(first)).toMatchObject({ state: 'renewed', endedAt: time(UNTIL - DAY_MS) });
    expect((await findingsOf(web)).items.get(FIRST)).toMatchObject({
      answered: { response: second },
      pauses: [{ response: first }, { response: second }],
    });
    // The day of the first one is nobody's any more.
    expect(
      await world.db.selectFrom('campaign.timer').select('subject').where('kind', '=', 'risk.expires').execute(),
    ).toEqual([{ subject: second }]);
  });

  it('do not hold for what became exploited, on its asset alone and for good', async () => {
    const id = await accepted({ target: { sources: ['curl'], assets: [web] } });

    world.at(NOON + DAY_MS);
    await world.importFeed('kev', kevFile('2026-11-21T00:00:00Z', { id: FIRST }));

    expect(await shown(id)).toMatchObject({
      ...{ state: 'standing', fallen: 1, coveredTotal: 2 },
      covered: [
        { vulnerability: FIRST, assetName: 'web-1', fallen: { cause: 'now-exploited', at: time(NOON + DAY_MS) } },
        { vulnerability: IDS[1], fallen: null },
      ],
    });
    expect((await findingsOf(web)).items.get(FIRST)).toMatchObject({
      answered: null,
      due: time(DUE + DAY_MS),
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'risk-reopened' })]),
    });
    expect(await assessed(web)).toMatchObject({ answered_findings: 1 });
    expect(await recorded(id)).toContain('exception.reopened');

    world.at(NOON + 2 * DAY_MS);
    await world.importFeed('kev', kevFile('2026-11-22T00:00:00Z'));
    expect(await assessed(web)).toMatchObject({ answered_findings: 1 });
    expect((await recorded(id)).filter((kind) => kind === 'exception.reopened')).toHaveLength(1);
  });

  it('end when they are revoked, and are withdrawn before they stand', async () => {
    const id = await accepted();
    world.at(NOON + HOUR_MS);
    expect((await send('ada', `/${id}/revoke`, { why: 'No.' })).body.error).toMatchObject({ code: 'not-allowed' });
    expect((await send('sina', `/${id}/revoke`, { why: 'The control failed.' })).body).toMatchObject({
      state: 'revoked',
    });
    expect((await findingsOf(web)).items.get(FIRST)).toMatchObject({ answered: null, due: time(DUE + HOUR_MS) });

    const { id: other } = await asked('ina');
    expect((await send('ina', `/${other}/revoke`, { why: 'Patched.' })).body).toMatchObject({ state: 'withdrawn' });
    const { id: third } = await asked('ina');
    expect((await send('sina', `/${third}/refuse`, { why: 'Patch it.' })).body).toMatchObject({
      state: 'refused',
      events: [
        { kind: 'requested', actor: 'ina' },
        { kind: 'refused', actor: 'sina', why: 'Patch it.' },
      ],
    });
    expect((await listed('?state=ended')).items.map(({ state }) => state).sort()).toEqual([
      'refused',
      'revoked',
      'withdrawn',
    ]);
  });

  it('raise a lane at once on the word of Security, and lower it only when others agree', async () => {
    const up = await asked('sina', { kind: 'override', lane: 'emergency', target: { assets: [database] } });
    expect(up).toMatchObject({ state: 'standing', basis: { findings: 2 } });
    expect(await assessed(database)).toMatchObject({ lane: 'emergency' });
    expect(await assessed(web)).toMatchObject({ lane: 'critical' });

    const down = await asked('sina', { kind: 'override', lane: 'routine', target: { assets: [web] } });
    expect(down.state).toBe('requested');
    expect((await send('sina', `/${down.id}/agree`)).body.error).toMatchObject({ code: 'requester-is-approver' });
    await send('otto', `/${down.id}/agree`);
    expect(await assessed(web)).toMatchObject({ lane: 'critical' });
    const PEER = 'sven';
    await send(PEER, `/${down.id}/agree`);
    expect((await shown(down.id)).state).toBe('requested');
  });

  it('take an asset out of service with whatever is found on it later', async () => {
    const id = await accepted({ kind: 'avoid', target: { assets: [web] } });
    expect(await shown(id)).toMatchObject({
      title: 'Take out of service: 1 asset',
      covered: [{ vulnerability: null }],
    });
    await world.importFeed(
      'debian-osv',
      osvFile({ id: 'DSA-2-1', package: 'curl', upstream: ['CVE-2026-0009'], fixed: '3' }),
    );
    expect(await findingsOf(web)).toMatchObject({ answered: 3, total: 3 });
    expect(await findingsOf(database)).toMatchObject({ answered: 0, total: 3 });
  });

  it('tell before anything is asked for what would be answered for and who must agree', async () => {
    const preview = await send('ina', '/preview', terms({ kind: 'mitigate' }));
    expect(preview.body).toEqual({
      basis: { findings: 2, assets: 2, lane: 'critical', due: time(DUE), exploited: 0, fixless: 0 },
      ...{ seats: [['owner'], ['security']], termDaysMax: 30, untilMax: time(NOON + 30 * DAY_MS), raise: false },
      refusal: 'Say what stands in the way of an attack meanwhile.',
      dues: { before: time(DUE), after: time(UNTIL + 48 * HOUR_MS), lateBefore: 0, lateAfter: 0 },
      covered: expect.anything(),
    });
    const { covered } = preview.body as ExceptionPreview;
    const dues = { lane: 'critical', due: time(DUE), dueAfter: time(UNTIL + 48 * HOUR_MS) };
    // Both are due at the same moment: which of them comes first says nothing.
    expect(covered.toSorted((a, b) => (a.assetName < b.assetName ? -1 : 1))).toEqual([
      { assetId: database, assetName: 'db-1', vulnerability: FIRST, source: 'curl', ...dues },
      { assetId: web, assetName: 'web-1', vulnerability: FIRST, source: 'curl', ...dues },
    ]);
    expect(await listed()).toMatchObject({ total: 0, counts: { requested: 0, standing: 0, endsSoon: 0 } });
  });

  describe('count in the lists over the fleet', () => {
    const group = async (by = 'vulnerability') => {
      const { body } = await world.get(`finding-groups?by=${by}`);
      const { items } = body as { items: { name: string; due: string; late: boolean; answered: number }[] };
      return new Map(items.map((one) => [one.name, one]));
    };
    const proposal = async () => {
      const policy = DEFAULT_POLICY;
      const [listedOne] = (await proposalPage(world.db, { limit: 10 }, world.clock())).items;
      const one = { scope: 'debian:12', source: 'curl' };
      const shownOne = await proposalShown(world.db, one, { policy, readSaid: readAnswers, now: world.clock() });
      // Listed as it is shown alone.
      expect(shownOne).toMatchObject({ lane: listedOne?.lane, due: listedOne?.due, why: listedOne?.why });
      return shownOne;
    };

    it('on the asset that is answered for alone, until all of them are', async () => {
      await accepted({ target: { vulnerabilities: [FIRST], assets: [web] } });
      expect((await group()).get(FIRST)).toMatchObject({ assets: 2, answered: 1, due: time(DUE) });
      expect((await group('source')).get('curl')).toMatchObject({ assets: 2, answered: 1, due: time(DUE) });
      expect(await proposal()).toMatchObject({ due: time(DUE), lane: 'critical' });

      await accepted({ target: { sources: ['curl'] } });
      const then = time(UNTIL + 48 * HOUR_MS);
      expect((await group()).get(FIRST)).toMatchObject({ assets: 2, answered: 2, due: then });
      expect((await group('source')).get('curl')).toMatchObject({ assets: 2, answered: 2, due: then });
      expect(await proposal()).toMatchObject({ due: then });
      expect((await world.get('updates')).body).toMatchObject({ items: [{ source: 'curl', due: then }] });
      expect((await world.get('findings?source=curl')).body).toMatchObject({ items: [{ due: then }, { due: then }] });
    });

    it('and no more once the day has come, when the clock goes on where it stood', async () => {
      const id = await accepted({ target: { sources: ['curl'] } });
      await dayComes(id, UNTIL);

      expect((await group()).get(FIRST)).toMatchObject({ answered: 0, due: time(UNTIL + 48 * HOUR_MS), late: false });
      expect(await proposal()).toMatchObject({ why: expect.stringContaining('Accepted from') });
    });

    it('and are told where somebody asks what is affected', async () => {
      const id = await accepted({ target: { vulnerabilities: [FIRST], assets: [web] } });
      const { body } = await world.get(`exposure/${FIRST}`);
      const { assets, answer } = body as { assets: { assetId: string; answered: object | null }[]; answer: string };

      expect(answer).toBe('affected');
      expect(new Map(assets.map(({ assetId, answered }) => [assetId, answered]))).toEqual(
        new Map([
          [web, { response: id, kind: 'accept', until: time(UNTIL) }],
          [database, null],
        ]),
      );
    });
  });

  it('tell how many that are late now would not be, and how long those answered for would rest', async () => {
    world.at(DUE + HOUR_MS);
    const { body } = await send('ina', '/preview', terms());
    expect(body).toMatchObject({
      dues: { before: time(DUE), after: time(UNTIL), lateBefore: 2, lateAfter: 0 },
      refusal: null,
    });
  });

  describe('are refused', () => {
    it.each([
      ['where nothing is named', { target: {} }, 400, 'bad-request'],
      ['where nothing fits', { target: { vulnerabilities: ['CVE-1999-0001'] } }, 400, 'bad-request'],
      ['for longer than the policy says', { until: '2027-11-20T12:00:00Z' }, 400, 'bad-request'],
      ['where the reason is empty', { why: '  ' }, 400, 'bad-request'],
      ['with a word that the contract does not know', { approver: 'ina' }, 400, 'bad-request'],
    ] as const)('%s', async (_, more, status, code) => {
      expect(await send('ina', '', terms(more))).toMatchObject({ status, body: { error: { code } } });
    });

    it('to whoever only looks on', async () => {
      expect(await send('ada', '', terms())).toMatchObject({ status: 403, body: { error: { code: 'not-allowed' } } });
      expect((await send('ina', '/01890000-0000-7000-8000-00000000dead/agree')).status).toBe(404);
    });
  });

  it('are listed by the end that comes first, page by page, by asset and by what they say', async () => {
    const later = await accepted();
    const soon = await accepted({ until: time(NOON + 3 * DAY_MS), target: { assets: [web] } });
    const waits = await asked('ina', {
      until: time(NOON + 5 * DAY_MS),
      target: { assets: [database] },
      owner: 'Databases',
    });

    const seen = await app.inject({ url: '/api/v1/exceptions?mine=yes', headers: { authorization: 'sina' } });
    expect(seen.json<ExceptionPage>().items.map(({ id }) => id)).toEqual([soon, later]);
    expect(await listed('?mine=yes')).toMatchObject({ total: 3 });
    const page = await listed('?limit=2');
    expect(page).toMatchObject({ total: 3, counts: { requested: 1, standing: 2, endsSoon: 1 } });
    expect(page.items.map(({ id }) => id)).toEqual([soon, waits.id]);
    expect((await listed(`?limit=2&cursor=${page.next}`)).items.map(({ id }) => id)).toEqual([later]);
    expect((await listed(`?asset=${database}`)).items.map(({ id }) => id)).toEqual([waits.id, later]);
    expect((await listed('?search=databases')).items.map(({ id }) => id)).toEqual([waits.id]);
    expect((await listed(`?vulnerability=${FIRST}&state=standing`)).items.map(({ id }) => id)).toEqual([soon, later]);
  });

  it('are never changed or taken away', async () => {
    await accepted();
    await expect(world.db.deleteFrom('evaluation.response_event').execute()).rejects.toThrow(/append-only/);
    await expect(world.db.updateTable('evaluation.response_cover').set({ lane: 'routine' }).execute()).rejects.toThrow(
      /append-only/,
    );
  });
});
