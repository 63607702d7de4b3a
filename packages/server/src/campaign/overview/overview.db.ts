import type { CampaignSummary, Overview } from '@patchsteward/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDatabase } from '../../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from '../testing/campaign-world.ts';
import { assessRisk, planOf } from '../testing/walk.ts';

const WALK_MS_MAX = 120_000;

/** Each step goes on where the last one ended: a world of hosts takes seconds to come up. */
describeWithDatabase('the overview', () => {
  let world: CampaignWorld;
  let id: string;
  beforeAll(async () => {
    world = await openCampaignWorld();
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  const overview = (person: string) => world.done<Overview>(person, 'GET', 'overview');
  const kindsOf = async (person: string) => (await overview(person)).needsMe.map(({ kind }) => kind);

  it('says that nothing needs anybody before there is a campaign, and what the fleet is', async () => {
    const seen = await overview('ivy');

    expect(seen).toMatchObject({
      ...{ needsMe: [], open: 0, seen: 0 },
      ...{ late: { total: 0 }, stopped: { total: 0 }, running: { total: 0 } },
      fleet: { assets: 4, stale: 0, affected: 4 },
    });
    expect(seen.fleet.feedsNotFresh).toBeGreaterThan(0);
    const listed = await world.done<{ readonly total: number }>(
      'ivy',
      'GET',
      'assets?lane=emergency,critical,routine,mitigation',
    );
    expect(listed.total).toBe(seen.fleet.affected);
  });

  it('names what is wrong beside campaigns to those who can mend it', async () => {
    expect((await overview('ada')).care.map(({ kind }) => kind)).toContain('feeds-not-fresh');
    expect((await overview('otto')).care).toEqual([]);
    await world.database.db.updateTable('identification.fleet_finding').set({ severity: 'unknown' }).execute();
    expect((await overview('sam')).care.map(({ kind }) => kind)).toEqual(['severity-unknown']);
  });

  it('asks for the assessment from those who may sign it, and from nobody else', async () => {
    id = (await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL })).id;

    expect(await kindsOf('ivy')).toContain('assess');
    expect(await kindsOf('sam')).toContain('assess');
    expect(await kindsOf('otto')).toEqual([]);
    expect((await overview('otto')).open).toBe(1);
  });

  it('asks for the start of the test, and tells of it while it runs', { timeout: WALK_MS_MAX }, async () => {
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    const test = await planOf(world, id, 'test');
    expect(await kindsOf('ivy')).toContain('start-test');
    expect((await overview('ivy')).running.total).toBe(0);

    await world.signed(test, 'ivy', 'ivy', 'test');
    await world.settle();

    const { running, needsMe } = await overview('ivy');
    expect(running).toMatchObject({ total: 1, items: [{ id, state: 'authentic', jobs: { queued: 1 } }] });
    expect(needsMe.map(({ kind }) => kind)).not.toContain('start-test');
  });

  it('tells what is halted, and who may let it go on', async () => {
    await world.done('adrian', 'POST', `campaigns/${id}/halt`, { why: 'the vendor asks to wait' });

    const seen = await overview('cara');
    expect(seen.stopped).toMatchObject({ total: 1, items: [{ id, state: 'halted' }] });
    expect(seen.stopped.items[0]?.why).toContain('can clear it');
    expect(seen.needsMe).toMatchObject([{ kind: 'resume', items: [{ id }] }]);
    expect(await kindsOf('ivy')).toEqual([]);
  });

  it('tells what is late', async () => {
    world.ahead.ms += 60 * 24 * 3_600_000;

    const seen = await overview('ivy');
    expect(seen.late).toMatchObject({ total: 1, items: [{ id, late: true }] });
    expect(seen.fleet).toMatchObject({ assets: 4, stale: 4 });
    expect(seen.care.map(({ kind }) => kind)).toContain('assets-silent');
  });
});
