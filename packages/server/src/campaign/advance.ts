import {
  type CampaignEvent,
  type CampaignState,
  type CampaignTimer,
  GUARDS,
  isEnd,
  type Recorded,
  stepUnder,
} from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import type { Fed } from '../platform/campaign-door.ts';
import type { Actor, Wish } from '../platform/corridor.ts';
import type { HeldCampaign } from './campaign-store.ts';
import type { MachineStore } from './machine-store.ts';

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

export type Advanced =
  | { readonly kind: 'advanced'; readonly fed: Fed; readonly held: HeldCampaign }
  | { readonly kind: 'refused'; readonly reason: Reason };

/** One event through the machine and into the store, under the lock of the caller. */
export async function advanceIn(
  store: MachineStore,
  policy: Policy,
  held: HeldCampaign | null,
  event: CampaignEvent,
  by: By,
): Promise<Advanced> {
  const context = { now: by.at, policy, by: await store.nameOf(by.actor) };
  const stepped = stepUnder(store.guards ?? GUARDS, held?.state ?? null, event, context);
  if ('refused' in stepped) return { kind: 'refused', reason: stepped.refused };
  const { state, events, timers, commands } = stepped;
  const version = held?.version ?? 0;
  const after = { state, version: version + events.length };
  // The row first: a campaign that begins must be there before what refers to it.
  await store.storeCampaign(after.state, after.version, by.at);
  const stream = { name: state.id, version, campaign: state.id };
  const leaves = await store.append(stream, events, by);
  const appointments = await store.makeAppointments(state.id, sooner(timers));
  return {
    kind: 'advanced',
    held: after,
    fed: {
      state: state.name,
      leaves,
      timers: appointments,
      wishes: [
        ...commands.flatMap((command): Wish[] =>
          command.kind === 'cancel-jobs'
            ? [{ kind: 'jobs.cancel', key: command.plan, payload: { campaign: state.id } }]
            : [],
        ),
        ...declarations(event, state.id),
        ...followUps(state, events),
      ],
    },
  };
}

/** A person answered for a host: its jobs give their places among the down back. // §2.8 S4 */
function declarations(event: CampaignEvent, campaign: string): Wish[] {
  if (event.kind !== 'host.declared') return [];
  const { assetId, as, signed } = event;
  return [{ kind: 'jobs.declare', key: `${campaign} ${assetId}`, payload: { as, person: signed.person } }];
}

/** What the rooms have to say to the new state; a verdict that was only written down changes nothing for them. */
function followUps(state: CampaignState, events: readonly Recorded[]): Wish[] {
  if (isEnd(state.name)) return [{ kind: 'record.seal', key: state.id, payload: null }];
  const moved = events.some(({ event }) => event.kind !== 'verdict.recorded');
  return moved ? [{ kind: 'campaign.progress', key: state.id, payload: null }] : [];
}

/** Of several timers with one key the last one counts. */
function sooner(timers: readonly CampaignTimer[]): CampaignTimer[] {
  return [...new Map(timers.map((timer) => [timer.key, timer])).values()];
}
