import type { CampaignSummary, JobPage } from '@patchsteward/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from '../testing/campaign-world.ts';
import { assessRisk, planOf } from '../testing/walk.ts';

const WALK_MS_MAX = 120_000;
const BLOCKED = { phase: 'blocked', reason: 'plan-not-authorized', detail: 'requester-not-signed: ivy' } as const;

describeWithDatabase('the test ring', () => {
  let world: CampaignWorld;
  beforeEach(async () => {
    world = await openCampaignWorld();
  }, WALK_MS_MAX);
  afterEach(() => world.close());

  it('whose host refuses, or falls silent, is explained by that host', { timeout: WALK_MS_MAX }, async () => {
    const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    expect((await world.explain(id)).reasons).toMatchObject([{ code: 'test-running' }]);

    const ring = world.host('ring-1');
    const [task] = (await ring.checkIn()).filter(({ kind }) => kind === 'job');
    if (task?.kind !== 'job') throw new Error('the ring has no job');
    await ring.say(await ring.offer(task.job), { phase: 'claimed' }, BLOCKED);
    await world.settle();

    const { sentence, reasons } = await world.explain(id);
    expect(sentence).toMatch(
      /^The host does not accept the plan: ring-1 \(requester-not-signed: ivy\); .*: IT or Security can clear it, by 20\d\d-/,
    );
    expect(reasons).toMatchObject([{ code: 'plan-not-authorized', clearableBy: ['it', 'security'] }]);
    const { items } = await world.done<JobPage>('ivy', 'GET', `campaigns/${id}/jobs`);
    expect(items[0]?.trouble).toBe(
      'The host does not accept the plan: requester-not-signed: ivy; compare its pins with the trust root and the plan.',
    );

    world.ahead.ms += 10 * 60_000;
    await world.settle();
    expect((await world.explain(id)).reasons).toMatchObject([{ code: 'report-stale', subject: 'ring-1' }]);
  });
});
