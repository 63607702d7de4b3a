import { absorb } from './absorb.ts';
import { entering } from './entering.ts';
import type { CampaignEvent } from './event.ts';
import { newCampaign } from './initial.ts';
import { standsIn } from './room-of.ts';
import type { CampaignState, Recorded } from './state.ts';
import type { Room } from './state-name.ts';

/** The next state is what the event says, and what entering a state brings with it. No guard, no policy. // §2.8 S12 */
export function evolve(state: CampaignState | null, recorded: Recorded): CampaignState {
  const before = state ?? beginning(recorded.event);
  const { event, at, to } = recorded;
  const absorbed = { ...before, ...absorb(before, event, at), version: before.version + 1 };
  if (to === before.name && state !== null) return absorbed;
  const moved = { ...absorbed, ...entering(before, recorded), name: to, since: at };
  return { ...moved, verdicts: withoutVerdictOf(standsIn(moved), moved) };
}

/** What a room said of an earlier state says nothing of this one. */
function withoutVerdictOf(room: Room, { verdicts }: CampaignState): CampaignState['verdicts'] {
  const { [room]: _, ...others } = verdicts;
  return others;
}

export function fold(recorded: Iterable<Recorded>): CampaignState | null {
  let state: CampaignState | null = null;
  for (const one of recorded) state = evolve(state, one);
  return state;
}

function beginning(event: CampaignEvent): CampaignState {
  if (event.kind !== 'update.seen') throw new Error(`a campaign begins with update.seen, not with ${event.kind}`);
  return newCampaign(event);
}
