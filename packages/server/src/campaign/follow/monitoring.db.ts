import type { CampaignEventPage, CampaignSummary } from '@patchsteward/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../../platform/testing/database.ts';
import type { ActingHost } from '../testing/acting-host.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from '../testing/campaign-world.ts';
import { approve, assessRisk, carryOut, PRODUCTION, planOf } from '../testing/walk.ts';

const WALK_MS_MAX = 120_000;

describeWithDatabase('the rescan', () => {
  let world: CampaignWorld;
  beforeEach(async () => {
    world = await openCampaignWorld();
  }, WALK_MS_MAX);
  afterEach(() => world.close());

  it('is done again while the audit is open, so that a host which reports later clears itself', {
    timeout: WALK_MS_MAX,
  }, async () => {
    const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    await carryOut(world, id, ['ring-1'], 'tested');
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');
    await approve(world, id, await planOf(world, id, 'production'));
    const low = world.host('low-1');
    const comeToSenses = tellsOldInventory(low);
    await carryOut(world, id, PRODUCTION, 'monitoring');
    expect(await rescans(world, id)).toEqual([[low.assetId]]);

    comeToSenses();
    await carryOut(world, id, PRODUCTION, 'audited');
    await world.settle();

    expect(await rescans(world, id)).toEqual([[low.assetId], []]);
    expect((await world.explain(id)).reasons).toMatchObject([{ code: 'audit-signature-missing' }]);
  });
});

/** What each rescan found, the first one first. */
async function rescans(world: CampaignWorld, id: string): Promise<unknown[]> {
  const page = await world.done<CampaignEventPage>('ivy', 'GET', `campaigns/${id}/events?limit=500`);
  return page.items.flatMap(({ kind, body }) => (kind === 'rescan.done' ? [body['remaining']] : []));
}

/** After its work the host goes on telling what it had before; answers how it comes to its senses. */
function tellsOldInventory(host: ActingHost): () => void {
  const before = host.packages;
  const install = host.install.bind(host);
  let after = before;
  host.install = async (offer, leaf) => {
    await install(offer, leaf);
    after = host.packages;
    host.packages = before;
  };
  return () => {
    host.packages = after;
  };
}
