import type { CampaignEvent, CampaignState } from '@patchsteward/core/campaign';
import { HOUR_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { CAMPAIGN, tokenHash } from '../world/fleet.ts';
import type { World } from '../world/world.ts';
import { REQUESTER, signatureOf } from './staff.ts';

/** What somebody with a login and bad intent says, each under a name of their own. */
type Deed = (world: World, state: CampaignState) => { readonly event: CampaignEvent; readonly person: string } | null;

const DEEDS: readonly [Deed, ...Deed[]] = [
  // Whoever asks approves as well.
  (_, { plan }) => (plan === null ? null : approval(plan.hash, REQUESTER)),
  // Somebody without the role.
  (_, { plan }) => (plan === null ? null : approval(plan.hash, 'eve')),
  // The signature under an older plan, once more.
  ({ database }, { plan }) => {
    const old = [...database.tables.plans.values()].find((one) => one.plan !== plan?.hash);
    return old === undefined ? null : approval(old.plan, 'dot');
  },
  () => ({ event: { kind: 'resume', signed: signatureOf(REQUESTER), why: 'it is urgent' }, person: REQUESTER }),
  () => ({ event: { kind: 'resume', signed: signatureOf('eve'), why: 'it is urgent' }, person: 'eve' }),
  ({ dice, hosts }) => {
    const host = dice.any(hosts);
    if (host === undefined) return null;
    const told = { assetId: host.assetId, as: 'up-verified', signed: signatureOf('cem'), why: 'surely' } as const;
    return { event: { kind: 'host.declared', ...told }, person: 'cem' };
  },
  ({ scheduler }) => {
    const due = scheduler.now + 30 * 24 * HOUR_MS;
    return { event: { kind: 'lane.set', lane: 'routine', due, signed: [signatureOf('eve')] }, person: 'eve' };
  },
  // Accepted, and over at once: for ever.
  ({ scheduler }) => {
    const signed = ['dot', 'ben'].map(signatureOf);
    return { event: { kind: 'risk.accepted', signed, expiresAt: scheduler.now, why: 'whatever' }, person: 'dot' };
  },
  ({ scheduler }) => {
    const elapsesAt = scheduler.now + MINUTE_MS;
    return { event: { kind: 'notice.sent', receipts: tokenHash('receipts', 0), elapsesAt }, person: 'eve' };
  },
];

const SHARE = 0.3;

export async function misbehave(
  world: World,
  state: CampaignState,
  feed: (event: CampaignEvent, person: string) => Promise<string | null>,
): Promise<void> {
  if (!world.faults.strikes('people-malicious', SHARE)) return;
  const deed = world.dice.one(DEEDS)(world, state);
  if (deed !== null && state.id === CAMPAIGN) await feed(deed.event, deed.person);
}

function approval(plan: NonNullable<CampaignState['plan']>['hash'], person: string) {
  return { event: { kind: 'approval.signed', plan, signed: signatureOf(person) }, person } as const;
}
