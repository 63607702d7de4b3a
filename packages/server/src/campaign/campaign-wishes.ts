import type { Policy } from '@patchsteward/core/policy';
import { z } from 'zod';
import type { Fed } from '../platform/campaign-door.ts';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import { advanceIn } from './advance.ts';
import type { MachineStore } from './machine-store.ts';

/** The machine of campaigns on one transaction. */
interface MachineParts {
  readonly store: MachineStore;
  readonly policy: Policy;
}

/** A time has come: the campaign is told what it was to be told then. One that has moved on meanwhile refuses. */
export async function grantAppointment(
  { store, policy }: MachineParts,
  { key, at }: GrantedWish,
): Promise<Changed<void>> {
  const [campaign = '', name = ''] = key.split(' ');
  const held = await store.lockCampaign(campaign);
  const event = held === undefined ? undefined : await store.keepAppointment(campaign, name, at);
  if (held === undefined || event === undefined) return { value: undefined };
  const outcome = await advanceIn(store, policy, held, event, { actor: 'system', at });
  return outcome.kind === 'advanced' ? changedBy(outcome.fed) : { value: undefined };
}

const Broken = z.object({ invariant: z.string(), detail: z.string() });

/** A broken promise stops everything, at once and loudly. // rollout §5: production assertions stay on */
export async function grantBroken({ store, policy }: MachineParts, wish: GrantedWish): Promise<Changed<void>> {
  const held = await store.lockCampaign(wish.key);
  if (held === undefined) return { value: undefined };
  const event = { kind: 'invariant.broken', ...Broken.parse(wish.payload) } as const;
  const outcome = await advanceIn(store, policy, held, event, { actor: 'system', at: wish.at });
  return outcome.kind === 'advanced' ? changedBy(outcome.fed) : { value: undefined };
}

function changedBy({ leaves, wishes, timers }: Fed): Changed<void> {
  return { value: undefined, leaves, wishes, timers };
}
