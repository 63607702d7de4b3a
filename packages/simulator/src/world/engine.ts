import { decideGrant } from '@patchsteward/core/6-deployment';
import { type CampaignState, GUARDS, type Guards } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import {
  followDeploying,
  followNothingLeft,
  followScheduled,
  followStopped,
  type GrantParts,
  type Move,
  type WaveLook,
} from '@patchsteward/server/engine';
import { ModelStore } from '../store/model-store.ts';
import type { Transaction } from '../store/transaction.ts';

/** What the shell around the product can get wrong; only planted bugs do. */
export type Slip =
  | 'wish-granted-outside'
  | 'timers-in-memory'
  | 'reports-acknowledged-first'
  | 'journal-not-flushed'
  | 'people-not-counted'
  | 'requester-counted'
  | 'names-believed'
  | 'hash-not-compared'
  | 'interval-not-looked-at'
  | 'done-unseen'
  | 'back-unseen'
  | 'package-manager-killed'
  | 'launched-again'
  | 'reboots-anyhow'
  | 'bytes-not-compared'
  | 'boot-not-compared'
  | 'halt-not-told'
  | 'late-not-named';

/** The rules that are played with; a planted bug is an engine of which one of them is another. */
export interface Engine {
  readonly decideGrant: GrantParts['decide'];
  readonly follows: Readonly<Partial<Record<CampaignState['name'], (look: WaveLook) => Promise<Move>>>>;
  readonly guards: Guards;
  /** The policy as servers read it. */
  readonly policyOf: (policy: Policy) => Policy;
  readonly openStore: (tx: Transaction, policy: Policy, guards: Guards) => ModelStore;
  readonly slips: ReadonlySet<Slip>;
}

export const ENGINE: Engine = {
  decideGrant,
  follows: {
    scheduled: followScheduled,
    deploying: followDeploying,
    paused: followStopped,
    halted: followStopped,
    // The plan itself is made by people here.
    replanning: async (look) => (await followNothingLeft(look)) ?? { verdict: null },
  },
  guards: GUARDS,
  policyOf: (policy) => policy,
  openStore: (tx, policy, guards) => new ModelStore(tx, policy, guards),
  slips: new Set(),
};
