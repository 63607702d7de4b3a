import type { Campaign, CampaignEventPage, CampaignSummary, JobPage, ProposalPage } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CampaignWorld, NEW, OLD, openCampaignWorld, PROPOSAL } from './testing/campaign-world.ts';
import { approve, assessRisk, carryOut, PRODUCTION, planOf } from './testing/walk.ts';

const WALK_MS_MAX = 120_000;
/** Longer than any plan of the lane may be carried out. */
const AUTHORITY_MS_MAX = 5 * 86_400_000;

describeWithDatabase('one patch walks through all seven rooms', () => {
  let world: CampaignWorld;
  beforeEach(async () => {
    world = await openCampaignWorld();
  }, WALK_MS_MAX);
  afterEach(() => world.close());

  it('is proposed, opened, explained and halted', { timeout: WALK_MS_MAX }, async () => {
    const proposals = await world.done<ProposalPage>('ivy', 'GET', 'proposals');
    expect(proposals.items).toMatchObject([
      { id: PROPOSAL, kind: 'security', lane: 'critical', testAssets: 1, productionAssets: 3 },
    ]);

    const opened = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    expect(opened).toMatchObject({ state: 'identified', lane: 'critical', requester: 'ivy', assets: 4, ended: false });
    const again = await world.call('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    expect(again).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });

    expect((await world.explain(opened.id)).sentence).toContain('risk');
    expect(await world.done('adrian', 'POST', `campaigns/${opened.id}/halt`, { why: 'wait' })).toMatchObject({
      state: 'halted',
    });
    expect((await world.explain(opened.id)).verdict).toBe('stop');
  });

  it('from the proposal to the signed audit, the most critical hosts first and a redundant pair never together', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    await assessRisk(world, id);
    await world.until(id, 'authentic');

    const test = await planOf(world, id, 'test');
    expect((await world.explain(id)).sentence).toContain('test');
    await world.signed(test, 'ivy', 'ivy', 'test');
    await carryOut(world, id, ['ring-1'], 'tested');

    expect((await world.explain(id)).reasons).toMatchObject([
      { code: 'backup-missing' },
      { code: 'backup-missing' },
      { code: 'backup-missing' },
    ]);
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');

    const plan = await planOf(world, id, 'production');
    await approve(world, id, plan);
    await carryOut(world, id, PRODUCTION, 'audited');
    // SOP checklist c15: after the test ring the most critical first, each wave only as large as what was clean before.
    expect(await wavesOf(world, id)).toEqual([['critical-1'], ['critical-2'], ['low-1']]);

    await world.said(world.statement('audit.signed', id, 'adrian', { dispositions: [] }), 'adrian');
    await world.said(world.statement('audit.signed', id, 'sam', { dispositions: [] }), 'sam');
    expect(await world.state(id)).toMatchObject({ state: 'completed', ended: true });
  });

  it('a host that changed after the plan was compiled makes people sign another one', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id, plan } = await planned(world);
    await world.signed(plan, 'ivy', 'ivy', 'request');
    const low = world.host('low-1');
    low.packages = low.packages.map((one) => ({ ...one, version: NEW.version, sourceVersion: NEW.version }));
    low.updates = [];
    await low.checkIn();
    await world.settle();
    await world.until(id, 'planned');

    const next = await planOf(world, id, 'production');
    expect(next).not.toBe(plan);
    const kinds = await eventKinds(world, id);
    expect(kinds).toContain('plan.stale');
    // The old plan is worth nothing any more, and the new one leaves the host out that has the update already.
    expect(await world.sign(plan, 'cara', 'cara', 'approve')).toMatchObject({
      body: { error: { code: 'plan-superseded' } },
    });
    await approve(world, id, next, ['cara', 'sam'], ['critical-1', 'critical-2', 'low-1']);
    await carryOut(world, id, ['critical-1', 'critical-2'], 'audited');
  });

  it('whose authority ends while hosts get the rest by hand goes on to be watched, with nobody at work on it', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id, plan } = await planned(world);
    await approve(world, id, plan);
    await world.until(id, 'deploying');
    for (let round = 0; (await world.host('critical-1').work()).length === 0; round += 1) {
      if (round > 100) throw new Error('the first host was never asked');
      await world.settle();
      world.ahead.ms += 1_000;
    }
    for (const name of ['critical-2', 'low-1']) {
      const host = world.host(name);
      host.packages = host.packages.map((one) => ({ ...one, version: NEW.version, sourceVersion: NEW.version }));
      host.updates = [];
    }
    world.ahead.ms += AUTHORITY_MS_MAX;
    await world.until(id, 'paused');
    await world.said(world.statement('resume', id, 'cara', { why: 'it was done by hand' }), 'cara');
    await world.until(id, 'monitoring');

    expect((await eventKinds(world, id)).slice(-2)).toContain('deployment.done');
    expect(await world.done<Campaign>('ivy', 'GET', `campaigns/${id}`)).toMatchObject({ plans: { production: plan } });
  });

  it('who was done under an earlier plan is looked at again with those of the last one', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id, plan } = await planned(world);
    await approve(world, id, plan);
    await world.until(id, 'deploying');
    const first = world.host('critical-1');
    for (let round = 0; (await first.work()).length === 0; round += 1) {
      if (round > 100) throw new Error('the first host was never asked');
      await world.settle();
      world.ahead.ms += 1_000;
    }
    world.ahead.ms += AUTHORITY_MS_MAX;
    await world.until(id, 'paused');
    await world.said(world.statement('resume', id, 'cara', { why: 'the rest goes on' }), 'cara');
    for (const name of PRODUCTION) await world.prove(name);
    const next = await planOf(world, id, 'production');
    expect(next).not.toBe(plan);
    await approve(world, id, next);
    await carryOut(world, id, ['critical-2', 'low-1'], 'monitoring');
    first.packages = first.packages.map((one) => ({ ...one, version: OLD.version, sourceVersion: OLD.version }));
    await first.checkIn();
    await carryOut(world, id, PRODUCTION, 'paused');

    expect((await world.explain(id)).sentence).toContain('did harm after its deployment');
  });

  it('two hosts with the same trouble pause the fleet, and the others are never touched', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id, plan } = await planned(world);
    await approve(world, id, plan);
    await world.until(id, 'deploying');
    for (const name of PRODUCTION) world.host(name).breaks = 'exit 1 of its script';
    await carryOut(world, id, PRODUCTION, 'paused');

    const jobs = await world.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    const states = jobs.items.filter(({ planKind }) => planKind === 'production').map(({ state }) => state);
    expect(states.filter((state) => state === 'rolled-back').length).toBeLessThan(PRODUCTION.length);
    const { sentence, reasons } = await world.explain(id);
    expect(reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(failures-alike|failure-limit|wave-without-success)$/)]),
    );
    expect(sentence).toMatch(/can clear it, by 20/);
    const before = jobs.items.map(({ state }) => state);
    for (const name of PRODUCTION) expect(await world.host(name).work()).not.toContainEqual(granted);
    await world.settle();
    const after = await world.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    expect(after.items.map(({ state }) => state)).toEqual(before);
  });
});

describeWithDatabase('a routine update', () => {
  it('walks the same way with the signatures of its own lane', { timeout: WALK_MS_MAX }, async () => {
    const world = await openCampaignWorld({ fixes: false });
    try {
      const { items } = await world.done<ProposalPage>('ivy', 'GET', 'proposals');
      expect(items).toMatchObject([{ id: PROPOSAL, lane: 'routine', fixes: [] }]);
      const { id, plan } = await planned(world);
      await approve(world, id, plan, ['cara', 'otto']);
      await carryOut(world, id, PRODUCTION, 'audited');
      expect((await world.state(id)).lane).toBe('routine');
    } finally {
      await world.close();
    }
  });
});

const granted = expect.objectContaining({ kind: 'granted' });

/** Up to the compiled plan, with the test ring done and every backup proved. */
async function planned(world: CampaignWorld): Promise<{ id: string; plan: Hash }> {
  const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
  await assessRisk(world, id);
  await world.until(id, 'authentic');
  await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
  await carryOut(world, id, ['ring-1'], 'tested');
  for (const name of PRODUCTION) await world.prove(name);
  await world.until(id, 'planned');
  return { id, plan: await planOf(world, id, 'production') };
}

/** Who was in which wave, in the order in which the waves were opened. */
async function wavesOf(world: CampaignWorld, id: string): Promise<string[][]> {
  const page = await world.done<CampaignEventPage>('ivy', 'GET', `campaigns/${id}/events?limit=500`);
  const names = new Map(PRODUCTION.map((name) => [world.host(name).assetId, name as string]));
  const opened = page.items.filter(({ kind }) => kind === 'wave.opened');
  return opened.map(({ body }) => (body['assets'] as string[]).map((assetId) => names.get(assetId) ?? assetId).sort());
}

async function eventKinds(world: CampaignWorld, id: string): Promise<string[]> {
  const page = await world.done<CampaignEventPage>('ivy', 'GET', `campaigns/${id}/events?limit=500`);
  return page.items.map(({ kind }) => kind);
}
