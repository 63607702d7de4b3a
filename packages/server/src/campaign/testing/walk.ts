import type { Campaign } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import type { KeyName } from '../../../../trust/src/testing/people.ts';
import type { CampaignWorld } from './campaign-world.ts';

export const PRODUCTION = ['low-1', 'critical-1', 'critical-2'] as const;

export async function assessRisk(world: CampaignWorld, id: string): Promise<void> {
  const body = {
    impact: 'low',
    reboot: false,
    restarts: [],
    rollback: 'prepared',
    exposure: 'none',
    note: 'small',
  } as const;
  await world.said(world.statement('risk.assessed', id, 'ivy', body), 'ivy');
}

/** The plan that counts now; the campaign may still have to compile it. */
export async function planOf(world: CampaignWorld, id: string, kind: 'test' | 'production'): Promise<Hash> {
  for (let round = 0; round < 50; round += 1) {
    await world.poll();
    await world.settle();
    const { plans } = await world.done<Campaign>('ivy', 'GET', `campaigns/${id}`);
    const plan = plans[kind];
    if (plan !== null) return plan as Hash;
    world.ahead.ms += 500;
  }
  throw new Error(`no plan: ${(await world.explain(id)).sentence}`);
}

/** Who asks, who owns, who decides: everybody with a key of their own. */
export async function approve(
  world: CampaignWorld,
  id: string,
  plan: Hash,
  approvers: readonly KeyName[] = ['cara', 'sam'],
  names: readonly string[] = PRODUCTION,
): Promise<void> {
  await world.signed(plan, 'ivy', 'ivy', 'request');
  const assets = names.map((name) => world.host(name).assetId).sort();
  await world.said(world.statement('window.agreed', id, 'otto', { assets }, plan), 'otto');
  for (const name of approvers) await world.signed(plan, name, name, 'approve');
}

/** Hosts do as they are told until the campaign is where the test wants it. */
export async function carryOut(
  world: CampaignWorld,
  id: string,
  names: readonly string[],
  state: string,
): Promise<void> {
  for (let round = 0; round < 600; round += 1) {
    if ((await world.state(id)).state === state) return;
    for (const name of names) await world.host(name).work();
    await world.settle();
    world.ahead.ms += 1_000;
  }
  throw new Error(`${(await world.state(id)).state}: ${(await world.explain(id)).sentence}`);
}
