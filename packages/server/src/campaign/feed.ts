import type { CampaignEvent } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { type Reason, sentenceOf } from '@patchsteward/core/vocabulary';
import type { FeedEvent } from '../platform/campaign-door.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type Advanced, advanceIn, type By } from './advance.ts';
import { type HeldCampaign, lockCampaign } from './campaign-store.ts';
import { machineStore } from './machine-store.ts';

export type { By } from './advance.ts';

export interface Machine {
  readonly policy: Policy;
  readonly newId: () => string;
}

/** Feeds what a person, an agent or a room says happened; a refusal of the machine is one of the request. */
export function createFeed(machine: Machine): FeedEvent {
  return async (tx, { campaign, event, actor, at }) => {
    const held = await lockCampaign(tx, campaign);
    if (held === undefined) throw new Refusal('not-found', `There is no campaign ${campaign}.`);
    const outcome = await advance(tx, machine, held, event, { actor, at });
    if (outcome.kind === 'refused') throw eventRefusal(outcome.reason);
    return outcome.fed;
  };
}

export function eventRefusal(reason: Reason): Refusal {
  return new Refusal('event-refused', sentenceOf(reason));
}

/** One event through the machine and into the tables, under the lock of the caller. */
export function advance(
  tx: Tx,
  { policy, newId }: Machine,
  held: HeldCampaign | null,
  event: CampaignEvent,
  by: By,
): Promise<Advanced> {
  return advanceIn(machineStore(tx, newId), policy, held, event, by);
}
