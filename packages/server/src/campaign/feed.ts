import {
  type CampaignEvent,
  type CampaignState,
  type CampaignTimer,
  isEnd,
  type Recorded,
  step,
} from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, type Reason, sentenceOf } from '@patchsteward/core/vocabulary';
import type { Fed, FeedEvent } from '../platform/campaign-door.ts';
import type { Actor, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { makeAppointments } from './appointments.ts';
import { type HeldCampaign, lockCampaign, storeCampaign } from './campaign-store.ts';
import { appendEvents } from './event-store.ts';

export interface Machine {
  readonly policy: Policy;
  readonly newId: () => string;
}

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
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

export type Advanced =
  | { readonly kind: 'advanced'; readonly fed: Fed; readonly held: HeldCampaign }
  | { readonly kind: 'refused'; readonly reason: Reason };

/** One event through the machine and into the tables, under the lock of the caller. */
export async function advance(
  tx: Tx,
  machine: Machine,
  held: HeldCampaign | null,
  event: CampaignEvent,
  by: By,
): Promise<Advanced> {
  const stepped = step(held?.state ?? null, event, {
    now: by.at,
    policy: machine.policy,
    by: await nameOf(tx, by.actor),
  });
  if ('refused' in stepped) return { kind: 'refused', reason: stepped.refused };
  const { state, events, timers, commands } = stepped;
  const version = held?.version ?? 0;
  const after = { state, version: version + events.length };
  // The row first: a campaign that begins must be there before what refers to it.
  await storeCampaign(tx, after.state, after.version, by.at);
  const stream = { name: state.id, version, campaign: state.id };
  const leaves = await appendEvents(tx, stream, events, { ...by, newId: machine.newId });
  const appointments = await makeAppointments(tx, state.id, sooner(timers));
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

/** How the machine names who did it: people by their login, as the trust root does. */
async function nameOf(tx: Tx, actor: Actor): Promise<string> {
  if (!actor.startsWith('person:')) return actor;
  const row = await tx
    .selectFrom('access.person')
    .select('login')
    .where('id', '=', actor.slice('person:'.length))
    .executeTakeFirst();
  return row?.login ?? actor;
}
