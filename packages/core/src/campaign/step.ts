import type { Policy } from '../policy/index.ts';
import { type Instant, type Lane, type Reason, reasonOf } from '../vocabulary/index.ts';
import { absorb } from './absorb.ts';
import { type CampaignCommand, commandsAfter } from './commands.ts';
import type { By, CampaignEvent, CampaignEventKind } from './event.ts';
import { evolve } from './evolve.ts';
import type { Case } from './guards/case.ts';
import { returnsTo } from './guards/deployment.ts';
import { GUARDS, type Guards } from './guards/index.ts';
import { newCampaign } from './initial.ts';
import type { CampaignState, Recorded } from './state.ts';
import type { CampaignStateName } from './state-name.ts';
import { CAMPAIGN_TABLE, type Transition } from './table.ts';
import { type CampaignTimer, timersAfter } from './timers.ts';

export interface StepContext {
  readonly now: Instant;
  readonly policy: Policy;
  readonly by: By;
}

export type Stepped =
  | {
      readonly state: CampaignState;
      readonly events: readonly Recorded[];
      readonly timers: readonly CampaignTimer[];
      readonly commands: readonly CampaignCommand[];
    }
  | { readonly refused: Reason };

/** The one way in which a campaign changes: pure, and every event that the table does not list is refused. */
export function step(state: CampaignState | null, event: CampaignEvent, context: StepContext): Stepped {
  return stepUnder(GUARDS, state, event, context);
}

/** For tests that take a guard away and look whether anybody notices. */
export function stepUnder(
  guards: Guards,
  state: CampaignState | null,
  event: CampaignEvent,
  { now, policy, by }: StepContext,
): Stepped {
  const before = state ?? (event.kind === 'update.seen' ? newCampaign(event) : null);
  if (before === null) return { refused: notListed(event, 'nothing') };
  const given: Case = { state: before, event, next: { ...before, ...absorb(before, event, now) }, now, policy, by };

  const listed = LISTED.get(keyOf(state?.name ?? 'nothing', event.kind)) ?? [];
  const transition = listed.find(({ when = [] }) => when.every((name) => guards[name](given) === null));
  if (transition === undefined) return { refused: notListed(event, before.name) };
  if (!allows(transition, before.lane)) return { refused: reasonOf('lane-does-not-allow', event.kind) };
  for (const name of transition.need ?? []) {
    const refused = guards[name](given);
    if (refused !== null) return { refused };
  }

  const recorded: Recorded = { event, at: now, by, to: target(transition, before) };
  const after = evolve(state, recorded);
  return {
    state: after,
    events: [recorded],
    timers: timersAfter(state, after, policy),
    commands: commandsAfter(state, after, event),
  };
}

/** The table by state and event, in its order. */
const LISTED: ReadonlyMap<string, readonly Transition[]> = Map.groupBy(
  CAMPAIGN_TABLE.flatMap((transition) => transition.from.map((from) => ({ ...transition, from: [from] }))),
  ({ from: [from = 'nothing'], on }) => keyOf(from, on),
);

function keyOf(from: CampaignStateName | 'nothing', on: CampaignEventKind): string {
  return `${from} ${on}`;
}

function allows({ lanes }: Transition, lane: Lane | null): boolean {
  return lanes === undefined || (lane !== null && lanes.includes(lane));
}

function target({ to }: Transition, state: CampaignState): CampaignStateName {
  if (to === 'same') return state.name;
  return to === 'back' ? returnsTo(state) : to;
}

function notListed(event: CampaignEvent, name: CampaignStateName | 'nothing'): Reason {
  return reasonOf('event-not-listed', `${event.kind} in the state ${name}`);
}
