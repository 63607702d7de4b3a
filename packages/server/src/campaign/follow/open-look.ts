import type { CampaignState } from '@patchsteward/core/campaign';
import { readForked } from '../../6-deployment/host-store.ts';
import { jobStore } from '../../6-deployment/postgres-store.ts';
import type { AppendEvents } from '../../platform/campaign-door.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { checkAllBackups } from './backup.ts';
import { leftToPlan, readSeen } from './hosts.ts';
import { readPlanLeaves } from './jobs.ts';
import type { FollowParts, Look } from './look.ts';
import { readStaleness } from './staleness.ts';
import type { WaveStore } from './wave-store.ts';

/** A campaign that is looked at in this transaction. */
export function openLook(parts: FollowParts, state: CampaignState, given: Pick<Look, 'tx' | 'now' | 'changes'>): Look {
  const { append, silenceMs, policy } = parts;
  const lane = policy.policy.lanes[state.lane ?? 'critical'];
  return { ...given, parts, silenceMs, store: waveStore(given.tx, append), state, lane };
}

function waveStore(tx: Tx, append: AppendEvents): WaveStore {
  return {
    ...jobStore(tx, append),
    readKept: (plan) => readKept(tx, plan),
    readLeaves: (plan) => readPlanLeaves(tx, plan),
    readSeen: (assetIds) => readSeen(tx, assetIds),
    readForked: (assetIds) => readForked(tx, assetIds),
    leftToPlan: (state) => leftToPlan(tx, state),
    checkBackups: (state, lane, now) => checkAllBackups(tx, state, lane, now),
    staleness: (state, plan, now) => readStaleness(tx, state, plan, now),
  };
}

function readKept(reader: Reader, plan: string): Promise<{ leafCount: number; epoch: number } | undefined> {
  return reader
    .selectFrom('approval.plan')
    .select(['leaf_count as leafCount', 'epoch'])
    .where('hash', '=', plan)
    .executeTakeFirst();
}
