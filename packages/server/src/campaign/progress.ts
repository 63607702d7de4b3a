import type { CampaignStateName } from '@patchsteward/core/campaign';
import { type CampaignState, isEnd, standsIn } from '@patchsteward/core/campaign';
import type { Verdict } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '@patchsteward/trust';
import { plainJson } from '../platform/column-types.ts';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { type HeldCampaign, lockCampaign } from './campaign-store.ts';
import { Changes } from './changes.ts';
import { advance, type By, type Machine } from './feed.ts';
import { followApproved, followPlanned } from './follow/approval.ts';
import { followEvaluated } from './follow/authenticity.ts';
import { followTested } from './follow/backup.ts';
import type { Follow, FollowParts, Look, Move } from './follow/look.ts';
import { followAudited, followMonitoring } from './follow/monitoring.ts';
import { followBackedUp } from './follow/production.ts';
import { followRollingBack } from './follow/rollback.ts';
import { followAuthentic, followDebt } from './follow/trial.ts';
import { followDeploying, followScheduled } from './follow/waves.ts';

/** The wish, and the timer of the next look; its key is the campaign. */
export const PROGRESS = 'campaign.progress';

/** Which room has the next word in a state; in the others people have it. */
const FOLLOWS: Readonly<Partial<Record<CampaignStateName, Follow>>> = {
  evaluated: followEvaluated,
  authentic: followAuthentic,
  tested: followTested,
  'backed-up': followBackedUp,
  replanning: followBackedUp,
  planned: followPlanned,
  approved: followApproved,
  scheduled: followScheduled,
  deploying: followDeploying,
  'rolling-back': followRollingBack,
  monitoring: followMonitoring,
  audited: followAudited,
};

/**
 * Asks the room in which a campaign stands what it says now, writes the answer down where it changed, and applies what
 * follows. One event at a time, each in a transaction of its own: a crash between two leaves the first, and the wish for
 * the next. Whoever comes second finds the state moved and asks the next room.
 */
export async function grantProgress(parts: FollowParts, wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const held = await lockCampaign(tx, wish.key);
  if (held === undefined || isEnd(held.state.name)) return { value: undefined };
  const changes = new Changes();
  const move = await lookAt(parts, held, { tx, now: wish.at, changes });
  if (move === null) return changes.with(undefined);
  const machine = { policy: parts.policy.policy, newId: parts.newId };
  await applyMove(tx, machine, held, move, { by: { actor: 'system', at: wish.at }, changes });
  const due = move.event === undefined ? (move.againAt ?? null) : null;
  changes.add({ timers: [{ kind: PROGRESS, subject: held.state.id, due }] });
  return changes.with(undefined);
}

async function lookAt(
  parts: FollowParts,
  { state }: HeldCampaign,
  given: Pick<Look, 'tx' | 'now' | 'changes'>,
): Promise<Move | null> {
  const follow = FOLLOWS[state.name];
  if (follow === undefined) return null;
  const lane = parts.policy.policy.lanes[state.lane ?? 'critical'];
  const look = { ...given, parts, state, lane };
  const owed = state.name === 'authentic' ? null : await followDebt(look);
  return owed?.event === undefined ? follow(look) : owed;
}

async function applyMove(
  tx: Tx,
  machine: Machine,
  before: HeldCampaign,
  { verdict, event }: Move,
  { by, changes }: { readonly by: By; readonly changes: Changes },
): Promise<void> {
  const held = await recordVerdict(tx, machine, before, verdict, { by, changes });
  if (event === undefined) return;
  const outcome = await advance(tx, machine, held, event, by);
  if (outcome.kind === 'advanced') return changes.add(outcome.fed);
  // The machine knows a reason that the room did not: it is what the campaign waits for.
  await recordVerdict(tx, machine, held, { kind: 'wait', waitingOn: [outcome.reason] }, { by, changes });
}

/** Only where it says something else than the last time: a look that changes nothing leaves no trace. */
async function recordVerdict(
  tx: Tx,
  machine: Machine,
  held: HeldCampaign,
  verdict: Verdict<null> | null,
  { by, changes }: { readonly by: By; readonly changes: Changes },
): Promise<HeldCampaign> {
  if (verdict === null || isSame(held.state, verdict)) return held;
  const event = { kind: 'verdict.recorded', room: standsIn(held.state), verdict } as const;
  const outcome = await advance(tx, machine, held, event, by);
  if (outcome.kind === 'refused') return held;
  changes.add(outcome.fed);
  return outcome.held;
}

function isSame(state: CampaignState, verdict: Verdict<null>): boolean {
  const before = state.verdicts[standsIn(state)];
  return before !== undefined && canonicalJson(plainJson(before)) === canonicalJson(plainJson(verdict));
}
