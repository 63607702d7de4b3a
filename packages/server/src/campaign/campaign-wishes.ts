import { z } from 'zod';
import type { Fed } from '../platform/campaign-door.ts';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { keepAppointment } from './appointments.ts';
import { lockCampaign } from './campaign-store.ts';
import { advance, type Machine } from './feed.ts';

/** A time has come: the campaign is told what it was to be told then. One that has moved on meanwhile refuses. */
export async function grantAppointment(machine: Machine, { key, at }: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const [campaign = '', name = ''] = key.split(' ');
  const held = await lockCampaign(tx, campaign);
  const event = held === undefined ? undefined : await keepAppointment(tx, campaign, name, at);
  if (held === undefined || event === undefined) return { value: undefined };
  const outcome = await advance(tx, machine, held, event, { actor: 'system', at });
  return outcome.kind === 'advanced' ? changedBy(outcome.fed) : { value: undefined };
}

const Broken = z.object({ invariant: z.string(), detail: z.string() });

/** A broken promise stops everything, at once and loudly. // rollout §5: production assertions stay on */
export async function grantBroken(machine: Machine, wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const held = await lockCampaign(tx, wish.key);
  if (held === undefined) return { value: undefined };
  const event = { kind: 'invariant.broken', ...Broken.parse(wish.payload) } as const;
  const outcome = await advance(tx, machine, held, event, { actor: 'system', at: wish.at });
  return outcome.kind === 'advanced' ? changedBy(outcome.fed) : { value: undefined };
}

function changedBy({ leaves, wishes, timers }: Fed): Changed<void> {
  return { value: undefined, leaves, wishes, timers };
}
