import type { CampaignState, CampaignStateName } from '@patchsteward/core/campaign';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import type { Changes } from './changes.ts';
import { followApproved, followPlanned } from './follow/approval.ts';
import { followEvaluated } from './follow/authenticity.ts';
import { followTested } from './follow/backup.ts';
import type { Follow, FollowParts, Look, Move } from './follow/look.ts';
import { followAudited, followMonitoring } from './follow/monitoring.ts';
import { openLook } from './follow/open-look.ts';
import { followBackedUp } from './follow/production.ts';
import { followRollingBack } from './follow/rollback.ts';
import { followAuthentic, followDebt } from './follow/trial.ts';
import { followDeploying, followScheduled, followStopped } from './follow/waves.ts';
import { machineStore } from './machine-store.ts';
import { progressCampaign } from './progress-step.ts';

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
  paused: followStopped,
  halted: followStopped,
  'rolling-back': followRollingBack,
  monitoring: followMonitoring,
  audited: followAudited,
};

/** One look at a campaign, in the transaction of its wish. */
export async function grantProgress(parts: FollowParts, wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const ask = (state: CampaignState, changes: Changes) => lookAt(parts, state, { tx, now: wish.at, changes });
  return progressCampaign({ store: machineStore(tx, parts.newId), policy: parts.policy.policy, ask }, wish);
}

async function lookAt(
  parts: FollowParts,
  state: CampaignState,
  given: Pick<Look, 'tx' | 'now' | 'changes'>,
): Promise<Move | null> {
  const follow = FOLLOWS[state.name];
  if (follow === undefined) return null;
  const look = openLook(parts, state, given);
  const owed = state.name === 'authentic' ? null : await followDebt(look);
  return owed?.event === undefined ? follow(look) : owed;
}
