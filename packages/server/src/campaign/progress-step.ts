import { type CampaignState, isEnd, standsIn } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import type { Verdict } from '@patchsteward/core/vocabulary';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import { sameJson } from '../platform/same-json.ts';
import { advanceIn, type By } from './advance.ts';
import type { HeldCampaign } from './campaign-store.ts';
import { Changes } from './changes.ts';
import type { Move } from './follow/look.ts';
import type { MachineStore } from './machine-store.ts';

/** The wish, and the timer of the next look; its key is the campaign. */
export const PROGRESS = 'campaign.progress';

export interface ProgressParts {
  readonly store: MachineStore;
  readonly policy: Policy;
  /** Asks the room in which the campaign stands; null: people have the next word. */
  readonly ask: (state: CampaignState, changes: Changes) => Promise<Move | null>;
}

/**
 * Asks the room in which a campaign stands what it says now, writes the answer down where it changed, and applies what
 * follows. One event at a time, each in a transaction of its own: a crash between two leaves the first, and the wish for
 * the next. Whoever comes second finds the state moved and asks the next room.
 */
export async function progressCampaign(parts: ProgressParts, wish: GrantedWish): Promise<Changed<void>> {
  const held = await parts.store.lockCampaign(wish.key);
  if (held === undefined || isEnd(held.state.name)) return { value: undefined };
  const changes = new Changes();
  const move = await parts.ask(held.state, changes);
  if (move === null) return changes.with(undefined);
  await applyMove(parts, held, move, { by: { actor: 'system', at: wish.at }, changes });
  const due = move.event === undefined ? (move.againAt ?? null) : null;
  changes.add({ timers: [{ kind: PROGRESS, subject: held.state.id, due }] });
  return changes.with(undefined);
}

interface Applying {
  readonly by: By;
  readonly changes: Changes;
}

async function applyMove(
  parts: ProgressParts,
  before: HeldCampaign,
  { verdict, event }: Move,
  { by, changes }: Applying,
): Promise<void> {
  const held = await recordVerdict(parts, before, verdict, { by, changes });
  if (event === undefined) return;
  const outcome = await advanceIn(parts.store, parts.policy, held, event, by);
  if (outcome.kind === 'advanced') return changes.add(outcome.fed);
  // The machine knows a reason that the room did not: it is what the campaign waits for.
  await recordVerdict(parts, held, { kind: 'wait', waitingOn: [outcome.reason] }, { by, changes });
}

/** Only where it says something else than the last time: a look that changes nothing leaves no trace. */
async function recordVerdict(
  { store, policy }: ProgressParts,
  held: HeldCampaign,
  verdict: Verdict<null> | null,
  { by, changes }: Applying,
): Promise<HeldCampaign> {
  if (verdict === null || isSame(held.state, verdict)) return held;
  const event = { kind: 'verdict.recorded', room: standsIn(held.state), verdict } as const;
  const outcome = await advanceIn(store, policy, held, event, by);
  if (outcome.kind === 'refused') return held;
  changes.add(outcome.fed);
  return outcome.held;
}

function isSame(state: CampaignState, verdict: Verdict<null>): boolean {
  const before = state.verdicts[standsIn(state)];
  return before !== undefined && sameJson(before, verdict);
}
