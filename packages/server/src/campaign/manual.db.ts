import type {
  AssetSummary,
  CampaignEventPage,
  CampaignPlanAnswer,
  CampaignSummary,
  JobPage,
  ManualWork,
  WorkTaken,
} from '@patchsteward/contract';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld } from './testing/campaign-world.ts';
import { assessRisk, planOf } from './testing/walk.ts';

const WALK_MS_MAX = 120_000;
const OLD = '17.3.4a';
const NEW = '17.6.4';
const CHECKLIST = [
  { step: 'prerequisite', text: 'Is there room in flash?', evidence: 'none' },
  { step: 'install', text: 'install add 17.6.4', evidence: 'note' },
  { step: 'restart', text: 'reload', evidence: 'none' },
  { step: 'check', text: 'show version', evidence: 'file' },
] as const;
const NAMES = ['sw-test', 'sw-1'] as const;

describeWithDatabase('appliances are patched by hand, in the same campaign as everything', () => {
  let world: CampaignWorld;
  let ids: ReadonlyMap<string, string>;
  beforeEach(async () => {
    world = await openCampaignWorld({ hosts: [] });
    await list(OLD);
    const { items } = await world.done<{ items: readonly AssetSummary[] }>('ivy', 'GET', 'assets');
    ids = new Map(items.map(({ id, name }) => [name, id]));
    for (const name of NAMES) {
      const environment = name === 'sw-test' ? 'non-production' : 'production';
      await world.done('ivy', 'PATCH', `assets/${idOf(name)}`, {
        ...{ version: 1, owner: 'otto', environment, exposure: 'internal', maintenanceGroup: 'always' },
      });
    }
    await world.settle();
  }, WALK_MS_MAX);
  afterEach(() => world.close());

  const idOf = (name: string): string => ids.get(name) ?? '';

  /** What the network team sends every month. */
  async function list(...versions: readonly string[]): Promise<void> {
    const lines = NAMES.map(
      (name, index) => `${name},${name},appliance,Cisco,Catalyst 9300,${versions[index] ?? versions[0]}`,
    );
    const text = ['name,external id,kind,vendor,product,version', ...lines].join('\n');
    const body = { key: newId(), source: 'network', list: { form: 'csv', text } };
    await world.done('ivy', 'POST', 'assets/imports', body);
    await world.settle();
  }

  const request = (more: object = {}) => ({
    ...{ to: NEW, checklist: CHECKLIST },
    assets: NAMES.map((name) => ({ asset: idOf(name), person: 'adrian' })),
    ...more,
  });
  const open = () => world.done<CampaignSummary>('ivy', 'POST', 'manual-campaigns', request());
  const works = async (id: string) =>
    (await world.done<{ items: ManualWork[] }>('ivy', 'GET', `work?campaign=${id}`)).items;
  const take = (as: string, job: string) => world.call<WorkTaken & Failed>(as, 'POST', `work/${job}/take`);
  const report = (as: string, job: string, body: object = { outcome: 'done' }) =>
    world.call<ManualWork & Failed>(as, 'POST', `work/${job}/report`, body);
  const done = (as: string, job: string, item: number, note: string | null = null) =>
    world.call<ManualWork & Failed>(as, 'PUT', `work/${job}/items/${item}`, { note });

  async function attach(job: string, item: number, text: string, as = 'adrian') {
    const response = await world.app.inject({
      ...{ method: 'POST', url: `/api/v1/work/${job}/items/${item}/files?name=show-version.txt` },
      ...{ payload: Buffer.from(text), headers: { 'content-type': 'application/octet-stream', authorization: as } },
    });
    return { status: response.statusCode, body: response.json<ManualWork & Failed>() };
  }

  /** Every item with what it wants. */
  async function workThrough(job: string): Promise<void> {
    for (const [item] of CHECKLIST.entries()) {
      expect(await done('adrian', job, item, item === 1 ? 'took 4 minutes' : null)).toMatchObject({ status: 200 });
    }
    expect(await attach(job, 3, 'Version 17.6.4')).toMatchObject({ status: 200 });
  }

  /** To the plan of the test ring, signed: the work of the appliance there may be taken. */
  async function inTheRing(): Promise<{ id: string; job: string }> {
    const { id } = await open();
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    const [work] = await works(id);
    return { id, job: work?.job ?? '' };
  }

  /** To production, with the work of its one appliance. */
  async function inProduction(): Promise<{ id: string; job: string }> {
    const { id, job } = await inTheRing();
    await take('adrian', job);
    await workThrough(job);
    await report('adrian', job);
    await list(NEW, OLD);
    await world.until(id, 'tested');
    const waiver = { assetId: idOf('sw-1'), expiresAt: world.now() + 48 * HOUR_MS, why: 'its configuration is in git' };
    await world.said(world.statement('waiver', id, 'otto', waiver), 'otto');
    const plan = await planOf(world, id, 'production');
    await world.signed(plan, 'ivy', 'ivy', 'request');
    await world.said(world.statement('window.agreed', id, 'otto', { assets: [idOf('sw-1')] }, plan), 'otto');
    for (const name of ['cara', 'sam'] as const) {
      if ((await world.state(id)).state === 'planned') await world.signed(plan, name, name, 'approve');
    }
    await world.until(id, 'deploying');
    const work = (await works(id)).find(({ planKind }) => planKind === 'production');
    return { id, job: work?.job ?? '' };
  }

  it('from the list to the list: ring, plan, waiver, grant, evidence, and the version seen', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id, job } = await inProduction();
    const { plan } = await world.done<CampaignPlanAnswer>('ivy', 'GET', `campaigns/${id}/plan?kind=production`);
    expect(plan?.waves[0]?.hosts).toMatchObject([
      {
        ...{ asset: 'sw-1', backup: 'waiver', byHand: { person: 'adrian', checklist: CHECKLIST } },
        changes: [{ name: 'cisco/catalyst-9300', from: OLD, to: NEW }],
      },
    ]);
    expect((await world.explain(id)).reasons).toMatchObject([{ code: 'work-not-taken', subject: 'sw-1 (adrian)' }]);

    expect(await take('adrian', job)).toMatchObject({ status: 200, body: { kind: 'taken', work: { underWay: true } } });
    expect(await take('adrian', job)).toMatchObject({ status: 200, body: { kind: 'taken' } });
    await workThrough(job);
    expect(await report('adrian', job)).toMatchObject({ status: 200, body: { state: 'succeeded', missing: [] } });
    await world.until(id, 'monitoring');
    expect((await world.explain(id)).reasons.map(({ code }) => code)).toContain('work-not-seen');

    await list(NEW);
    await world.until(id, 'audited');
    const { items } = await world.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    expect(items.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    const file = await world.app.inject({
      ...{ method: 'GET', url: `/api/v1/work/${job}/files/${sha256('Version 17.6.4')}` },
      headers: { authorization: 'sam' },
    });
    expect([file.statusCode, file.body]).toEqual([200, 'Version 17.6.4']);
    const leaves = await world.database.db
      .selectFrom('documentation.leaf')
      .select(['kind'])
      .where('subject', '=', job)
      .orderBy('serial')
      .execute();
    expect(leaves.map(({ kind }) => kind).filter((kind) => kind.startsWith('work.'))).toEqual([
      ...CHECKLIST.map(() => 'work.filed'),
      ...['work.filed', 'work.reported'],
    ]);
  });

  it('nobody who was not granted it files or reports, and nobody but the person who is named', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { job } = await inTheRing();

    expect(await report('adrian', job)).toMatchObject({ status: 409, body: { error: { code: 'work-not-taken' } } });
    expect(await done('adrian', job, 0)).toMatchObject({ status: 409, body: { error: { code: 'work-not-taken' } } });
    expect(await take('ivy', job)).toMatchObject({ status: 403, body: { error: { code: 'work-not-yours' } } });
    expect(await take('adrian', job)).toMatchObject({ body: { kind: 'taken' } });
    for (const call of [done('ivy', job, 0), report('ivy', job), attach(job, 3, 'mine', 'ivy')]) {
      expect(await call).toMatchObject({ status: 403, body: { error: { code: 'work-not-yours' } } });
    }
  });

  it('is not believed without the evidence that was signed for, nor taken twice', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { job } = await inTheRing();
    await take('adrian', job);

    for (const [item] of CHECKLIST.entries()) await done('adrian', job, item);
    expect(await report('adrian', job)).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'evidence-missing',
          details: [
            { path: 'items[1]', problem: 'wants a note of what was seen' },
            { path: 'items[3]', problem: 'wants a file' },
          ],
        },
      },
    });
    expect(await done('adrian', job, 9)).toMatchObject({ status: 404 });
    expect(await attach(job, 3, '')).toMatchObject({ status: 400 });
    await workThrough(job);
    expect((await attach(job, 3, 'Version 17.6.4')).body.items[3]?.files).toHaveLength(1);
    expect(await report('adrian', job)).toMatchObject({ status: 200, body: { state: 'succeeded' } });
    expect(await report('adrian', job)).toMatchObject({ status: 409, body: { error: { code: 'work-not-taken' } } });
    expect(await done('adrian', job, 0)).toMatchObject({ status: 409 });
  });

  it('waits while the campaign is halted, and what fails counts as down until people answer for it', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id, job } = await inProduction();
    await world.done('sam', 'POST', `campaigns/${id}/halt`, { why: 'not tonight' });

    expect(await take('adrian', job)).toMatchObject({
      body: { kind: 'waiting', reasons: [{ code: 'campaign-not-deploying' }] },
    });
    const again = { why: 'go on' };
    await world.said(world.statement('resume', id, 'cara', again), 'cara');
    await world.until(id, 'deploying');
    expect(await take('adrian', job)).toMatchObject({ body: { kind: 'taken' } });
    const failed = { outcome: 'failed', step: 'restart', why: 'it does not come back' };
    expect(await report('adrian', job, failed)).toMatchObject({ status: 200, body: { state: 'failed' } });
    await world.until(id, 'paused');
    const down = await world.database.db.selectFrom('deployment.job').select('down').where('key', '=', job).execute();
    expect(down).toEqual([{ down: true }]);
  });

  it('counts as down when its person falls silent, until they say something', { timeout: WALK_MS_MAX }, async () => {
    const { id, job } = await inProduction();
    await take('adrian', job);
    world.ahead.ms += HOUR_MS;
    await world.settle();

    expect(await world.done<ManualWork>('ivy', 'GET', `work/${job}`)).toMatchObject({
      unknownSince: expect.any(String),
    });
    expect((await world.explain(id)).reasons.map(({ code }) => code)).toContain('host-silent');
    expect(await done('adrian', job, 0)).toMatchObject({ status: 200, body: { unknownSince: null } });
  });

  it.each<[string, (given: ReturnType<typeof request>) => object, string]>([
    [
      'nobody is called so',
      ({ assets }) => ({ assets: assets.map((one) => ({ ...one, person: 'nobody' })) }),
      'nobody is no person here',
    ],
    ['it has that version', () => ({ to: OLD }), `it has ${OLD} already`],
    ['it is named twice', ({ assets }) => ({ assets: [...assets, ...assets] }), 'it is named twice'],
    ['nobody knows it', () => ({ assets: [{ asset: newId(), person: 'adrian' }] }), 'no asset from a list'],
    [
      'the checklist never looks',
      () => ({ checklist: CHECKLIST.slice(0, 3) }),
      'an item that installs and one that checks',
    ],
    [
      'the checklist keeps nothing',
      () => ({ checklist: [...CHECKLIST.slice(0, 3), { ...CHECKLIST[3], evidence: 'none' }] }),
      'a tick alone is a claim',
    ],
  ])('no campaign is opened where %s', { timeout: WALK_MS_MAX }, async (_, more, problem) => {
    const { status, body } = await world.call<Failed>('ivy', 'POST', 'manual-campaigns', request(more(request())));

    expect(status).toBe(400);
    expect(body.error.details?.[0]?.problem).toContain(problem);
  });

  it('one product is in one open campaign', { timeout: WALK_MS_MAX }, async () => {
    const { id } = await open();

    expect(await world.call('ivy', 'POST', 'manual-campaigns', request())).toMatchObject({ status: 409 });
    const { items } = await world.done<CampaignEventPage>('ivy', 'GET', `campaigns/${id}/events`);
    expect(items.map(({ kind }) => kind)).toContain('scope.computed');
  });
});

interface Failed {
  readonly error: { readonly code: string; readonly details?: readonly { path: string; problem: string }[] };
}
