import type {
  Asset,
  AssetCampaignPage,
  AssetTimelinePage,
  CampaignPlanAnswer,
  CampaignRooms,
  CampaignSummary,
} from '@patchsteward/contract';
import { sha256 } from '@patchsteward/trust';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CampaignWorld, NEW, openCampaignWorld, PROPOSAL } from './testing/campaign-world.ts';
import { approve, assessRisk, carryOut, PRODUCTION, planOf } from './testing/walk.ts';

const WALK_MS_MAX = 120_000;

/** One campaign, looked at wherever it stands: the steps follow each other. */
describeWithDatabase('the rooms of a campaign', () => {
  let world: CampaignWorld;
  let id: string;
  beforeAll(async () => {
    world = await openCampaignWorld();
    ({ id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL }));
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  const rooms = () => world.done<CampaignRooms>('ivy', 'GET', `campaigns/${id}/rooms`);
  const plan = (kind: string) => world.done<CampaignPlanAnswer>('ivy', 'GET', `campaigns/${id}/plan?kind=${kind}`);
  const places = async () => (await rooms()).items.map(({ place }) => place);
  const evidence = async (kind: string) =>
    (await rooms()).items.flatMap((room) => room.evidence).find((one) => one.kind === kind);

  it('are told of a campaign that was just opened, and of none that is not there', async () => {
    const { items } = await rooms();
    expect(items[1]).toMatchObject({
      place: 'here',
      verdict: { kind: 'wait', reasons: [{ code: 'risk-not-assessed' }] },
    });
    expect(items[1]?.movers).toEqual(
      expect.arrayContaining([
        { role: 'it', people: expect.arrayContaining([expect.objectContaining({ login: 'ivy' })]) },
      ]),
    );
    expect(await plan('production')).toEqual({ plan: null });
    const missing = `campaigns/01890000-0000-7000-8000-00000000dead`;
    expect(await world.call('ivy', 'GET', `${missing}/rooms`)).toMatchObject({ status: 404 });
    expect(await world.call('ivy', 'GET', `${missing}/plan`)).toMatchObject({ status: 404 });
  });

  it('name the hosts that are pinned to something else than people say, for as long as they are', async () => {
    const host = `assets/${world.hosts.get('ring-1')?.assetId}`;
    const say = async (environment: string) => {
      const { version } = await world.done<Asset>('ivy', 'GET', host);
      await world.done('ivy', 'PATCH', host, { version, environment });
    };
    const before = await rooms();
    expect(before.labels.map(({ code }) => code)).not.toContain('environment-differs');

    await say('production');

    const differs = { code: 'environment-differs', subject: 'ring-1', clearableBy: ['it', 'owner'] };
    expect((await rooms()).labels).toEqual([expect.objectContaining(differs), ...before.labels]);
    expect(await world.done('ivy', 'GET', `${host}/pinned`)).toMatchObject({
      pinned: { environment: 'non-production', rootVersion: 1 },
      reasons: expect.arrayContaining([expect.objectContaining(differs)]),
    });
    await say('non-production');
    expect((await rooms()).labels).toEqual(before.labels);
    expect(await world.call('ivy', 'GET', 'assets/01890000-0000-7000-8000-00000000dead/pinned')).toMatchObject({
      status: 404,
    });
  });

  it('show the signed assessment, the authenticity report and the test, each with its file', {
    timeout: WALK_MS_MAX,
  }, async () => {
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    const test = await planOf(world, id, 'test');
    expect((await plan('test')).plan).toMatchObject({
      plan: test,
      kind: 'test',
      waves: [{ wave: 0, hosts: [{ asset: 'ring-1' }] }],
    });
    await world.signed(test, 'ivy', 'ivy', 'test');
    await carryOut(world, id, ['ring-1'], 'tested');

    expect(await places()).toEqual(['passed', 'passed', 'passed', 'here', 'ahead', 'ahead', 'ahead']);
    const risk = await evidence('risk');
    const authenticity = await evidence('authenticity');
    const trial = await evidence('trial');
    if (risk?.kind !== 'risk' || authenticity?.kind !== 'authenticity' || trial?.kind !== 'trial')
      throw new Error('missing');
    expect(risk).toMatchObject({ impact: 'low', signed: { person: 'ivy', keyClass: 'cli' } });
    expect(trial.verdict).toMatchObject({ result: 'pass' });
    expect((await rooms()).documents).toMatchObject([{ hash: trial.verdict?.report, kind: 'trial' }]);
    for (const hash of [authenticity.report, trial.verdict?.report]) {
      const file = await fileOf(hash ?? '');
      expect(sha256(file.rawPayload)).toBe(hash);
    }
    expect((await fileOf(risk.signed.statement)).json()).toMatchObject({ signatures: [expect.anything()] });
    expect((await fileOf(sha256('of another campaign'))).statusCode).toBe(404);
  });

  it('show the plan with its waves, and people with their words', { timeout: WALK_MS_MAX }, async () => {
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');
    const hash = await planOf(world, id, 'production');
    const shown = (await plan('production')).plan;
    expect(shown).toMatchObject({ plan: hash, hosts: 3, leftOut: [], withoutBackup: 0 });
    expect(shown?.waves.flatMap(({ hosts }) => hosts.map(({ asset }) => asset)).sort()).toEqual([...PRODUCTION].sort());
    expect(shown?.waves[0]?.hosts[0]).toMatchObject({ zone: 'UTC', owner: 'otto', changes: [{ to: NEW.version }] });

    const before = (await rooms()).items.find(({ place }) => place === 'here');
    expect(before).toMatchObject({
      room: '5-approval',
      verdict: { reasons: expect.arrayContaining([expect.objectContaining({ code: 'change-not-requested' })]) },
    });
    await approve(world, id, hash);
    await world.until(id, 'approved', 'scheduled', 'deploying');
    expect(await evidence('votes')).toMatchObject({ plan: hash, votes: [{ person: 'cara' }, { person: 'sam' }] });
    expect(await evidence('windows')).toMatchObject({ open: [] });
    expect(await evidence('change')).toMatchObject({ why: 'a vulnerability that is known', signed: { person: 'ivy' } });
  });

  it('show who stopped it, and the asset tells its own part of it', { timeout: WALK_MS_MAX }, async () => {
    await world.done('adrian', 'POST', `campaigns/${id}/halt`, { why: 'smoke in the rack' });
    expect(await evidence('stopped')).toMatchObject({ how: 'halted', by: 'adrian' });

    const asset = world.host('ring-1').assetId;
    const campaigns = await world.done<AssetCampaignPage>('ivy', 'GET', `assets/${asset}/campaigns`);
    expect(campaigns).toMatchObject({
      total: 1,
      next: null,
      items: [{ campaign: { id, state: 'halted' }, job: { asset: 'ring-1', state: 'succeeded', planKind: 'test' } }],
    });
    const timeline = await world.done<AssetTimelinePage>('ivy', 'GET', `assets/${asset}/timeline?limit=500`);
    expect(timeline.items).toHaveLength(timeline.total);
    expect(timeline.items.at(-1)).toMatchObject({ kind: 'asset.enrolled', by: 'ring-1', job: null });
    expect(timeline.items.find(({ kind }) => kind === 'asset.changed')).toMatchObject({ by: 'ivy' });
    expect(timeline.items.find(({ kind }) => kind === 'job.granted')).toMatchObject({ job: { campaign: id } });

    const [first, second] = await pagesOf(asset);
    expect(second?.items[0]?.leaf).not.toBe(first?.items[0]?.leaf);
    const unknown = 'assets/01890000-0000-7000-8000-00000000dead';
    expect(await world.call('ivy', 'GET', `${unknown}/campaigns`)).toMatchObject({ status: 404 });
    expect(await world.call('ivy', 'GET', `${unknown}/timeline`)).toMatchObject({ status: 404 });
  });

  const fileOf = (hash: string) =>
    world.app.inject({
      ...{ method: 'GET', url: `/api/v1/campaigns/${id}/documents/${hash}`, headers: { authorization: 'ivy' } },
    });

  async function pagesOf(asset: string): Promise<AssetTimelinePage[]> {
    const first = await world.done<AssetTimelinePage>('ivy', 'GET', `assets/${asset}/timeline?limit=1`);
    const next = `assets/${asset}/timeline?limit=1&cursor=${first.next}`;
    return [first, await world.done<AssetTimelinePage>('ivy', 'GET', next)];
  }
});
