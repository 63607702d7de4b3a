import type { CampaignEvent, CampaignState, CampaignTimer, Guards, Recorded } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Stream } from '../platform/campaign-door.ts';
import type { Actor, NewLeaf, TimerChange } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { keepAppointment, makeAppointments } from './appointments.ts';
import { type HeldCampaign, lockCampaign, storeCampaign } from './campaign-store.ts';
import { appendEvents } from './event-store.ts';

/** What the machine of campaigns says to the store within one transaction; the simulator puts a model behind it. */
export interface MachineStore {
  /** Waits until nobody else holds it, and holds it to the commit. */
  lockCampaign(id: string): Promise<HeldCampaign | undefined>;
  storeCampaign(state: CampaignState, version: number, at: Instant): Promise<void>;
  append(
    stream: Stream,
    recorded: readonly Recorded[],
    by: { readonly actor: Actor; readonly at: Instant },
  ): Promise<NewLeaf[]>;
  makeAppointments(campaign: string, timers: readonly CampaignTimer[]): Promise<TimerChange[]>;
  keepAppointment(campaign: string, key: string, now: Instant): Promise<CampaignEvent | undefined>;
  /** How the machine names who did it: people by their login, as the trust root does. */
  nameOf(actor: Actor): Promise<string>;
  /** The guards of the machine; whoever looks whether a missing one is noticed brings others. */
  readonly guards?: Guards;
}

export function machineStore(tx: Tx, newId: () => string): MachineStore {
  return {
    lockCampaign: (id) => lockCampaign(tx, id),
    storeCampaign: (state, version, at) => storeCampaign(tx, state, version, at),
    append: (stream, recorded, by) => appendEvents(tx, stream, recorded, { ...by, newId }),
    makeAppointments: (campaign, timers) => makeAppointments(tx, campaign, timers),
    keepAppointment: (campaign, key, now) => keepAppointment(tx, campaign, key, now),
    nameOf: (actor) => nameOf(tx, actor),
  };
}

async function nameOf(tx: Tx, actor: Actor): Promise<string> {
  if (!actor.startsWith('person:')) return actor;
  const row = await tx
    .selectFrom('access.person')
    .select('login')
    .where('id', '=', actor.slice('person:'.length))
    .executeTakeFirst();
  return row?.login ?? actor;
}
