import type { CampaignSummary } from '@patchsteward/contract';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kevFile } from '../1-identification/testing/feed-files.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from './testing/campaign-world.ts';

const WALK_MS_MAX = 120_000;
/** What the advisory of that world is about. */
const VULNERABILITY = 'CVE-2026-0001';

/** The steps follow each other on one campaign. */
describeWithDatabase('the lane of an open campaign', () => {
  let world: CampaignWorld;
  let campaign: CampaignSummary;
  beforeAll(async () => {
    world = await openCampaignWorld();
    const low = { vulnerabilities: [VULNERABILITY], severity: 'low', why: 'needs a local account', replace: false };
    await world.done('sam', 'POST', 'severities', low);
    await world.settle();
    campaign = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  const lanesTold = async () => {
    const rows = await world.database.db
      .selectFrom('campaign.event')
      .select(['actor', 'body'])
      .where('campaign', '=', campaign.id)
      .where('kind', '=', 'lane.proposed')
      .orderBy('version')
      .execute();
    return rows.map(({ actor, body }) => [actor, body]);
  };

  it('is that of what it ends', () => {
    expect(campaign.lane).toBe('routine');
  });

  it('moves up by itself when a feed says that it is exploited, with an event that says why', async () => {
    const before = await lanesTold();
    const today = new Date(world.now()).toISOString();

    await world.importFeed('kev', kevFile(today, { id: VULNERABILITY, added: today.slice(0, 10) }));
    await world.settle();

    const { lane, due } = await world.state(campaign.id);
    expect(lane).toBe('critical');
    expect(Date.parse(due ?? '')).toBeLessThan(Date.parse(campaign.due ?? ''));
    const told = await lanesTold();
    expect(told.slice(before.length)).toEqual([
      [
        'system',
        expect.objectContaining({
          event: expect.objectContaining({
            lane: 'critical',
            why: expect.stringContaining('Critical because BOD 26-04 gives it 14 days'),
          }),
        }),
      ],
    ]);
  });

  it('never moves down by itself, and asking again changes nothing', async () => {
    const before = await lanesTold();

    await world.importFeed('kev', kevFile(new Date(world.now() + HOUR_MS).toISOString(), { id: 'CVE-2020-0001' }));
    await world.settle();

    expect((await world.state(campaign.id)).lane).toBe('critical');
    expect(await lanesTold()).toEqual(before);
  });
});
