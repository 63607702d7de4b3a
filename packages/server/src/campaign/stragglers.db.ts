import type { CampaignSummary, PlanShown, ProposalPage, Stragglers } from '@patchsteward/contract';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from './testing/campaign-world.ts';
import { approve, assessRisk, carryOut, PRODUCTION, planOf } from './testing/walk.ts';

const WALK_MS_MAX = 120_000;
/** Twice a day for eleven hours, so that a work order has a span and spares. */
const WINDOWS = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).flatMap((weekday) =>
  ['00:00', '12:00'].map((start) => ({ kind: 'weekly', weekday, start, durationMs: 11 * HOUR_MS })),
);

/** One campaign whose hosts are switched off once it deploys: the steps follow each other. */
describeWithDatabase('a host that is away while it could be patched', () => {
  let world: CampaignWorld;
  let id: string;
  beforeAll(async () => {
    world = await openCampaignWorld();
    await world.done('ivy', 'PUT', 'maintenance-groups/always', { version: 1, zone: 'UTC', windows: WINDOWS });
    await intoWindow(world);
    ({ id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL }));
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    await carryOut(world, id, ['ring-1'], 'tested');
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  const stragglers = () => world.done<Stragglers>('ivy', 'GET', `campaigns/${id}/stragglers`);

  it('is none before anything is signed', async () => {
    expect(await stragglers()).toEqual({ items: [] });
  });

  it(
    'is listed with why once it missed its span, with the next one of its signed work order',
    async () => {
      const plan = await planOf(world, id, 'production');
      expect(await world.done<PlanShown>('ivy', 'GET', `plans/${plan}`)).toMatchObject({ kind: 'production' });
      await approve(world, id, plan);
      await world.until(id, 'deploying');

      // Past the end of every first span: nobody was there to start.
      world.ahead.ms += 12 * HOUR_MS;
      const found = (await stragglers()).items.find(({ asset }) => asset === 'low-1');

      expect(found).toMatchObject({ takenUp: 'this-plan' });
      expect(Date.parse(found?.next?.until ?? '')).toBeGreaterThan(world.now());
      expect(found?.reasons.map(({ code }) => code)).toContain('window-not-open');
    },
    WALK_MS_MAX,
  );

  it('goes into another campaign where no span is left, and nobody drops it in silence', async () => {
    world.ahead.ms += 300 * HOUR_MS;

    const { items } = await stragglers();
    const low = items.find(({ asset }) => asset === 'low-1');

    expect(low).toMatchObject({ takenUp: 'next-campaign', next: null });
    expect(low?.reasons.map(({ code }) => code)).toContain('window-over');
    expect(await world.done<ProposalPage>('ivy', 'GET', 'proposals')).toMatchObject({ total: 0 });
    await world.done('ivy', 'POST', `campaigns/${id}/halt`, { why: 'the test ends here' });
  });

  it('is asked for in a campaign that there is', async () => {
    const nowhere = 'campaigns/01890000-0000-7000-8000-00000000dead/stragglers';

    expect(await world.call('ivy', 'GET', nowhere)).toMatchObject({ status: 404 });
  });
});

/** To the beginning of the next half of a day: the hour between two windows must not lie within the walk. */
async function intoWindow(world: CampaignWorld): Promise<void> {
  const half = 12 * HOUR_MS;
  world.ahead.ms += half - (world.now() % half) + 60_000;
  await world.settle();
}
