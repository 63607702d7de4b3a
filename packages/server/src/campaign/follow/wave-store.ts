import type { BackupsChecked } from '@patchsteward/core/4-backup';
import type { CampaignState } from '@patchsteward/core/campaign';
import type { PlanLeaf } from '@patchsteward/core/plan';
import type { LanePolicy } from '@patchsteward/core/policy';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import type { JobStore } from '../../6-deployment/deployment-store.ts';
import type { Move } from './look.ts';

/** What waves say to the store within one transaction; the simulator puts a model behind it. */
export interface WaveStore extends JobStore {
  /** undefined: there is no such plan. */
  readKept(plan: string): Promise<{ readonly leafCount: number; readonly epoch: number } | undefined>;
  /** The work orders of a plan, read from the bytes that people sign. */
  readLeaves(plan: string): Promise<readonly PlanLeaf[]>;
  /** When each of these assets last reported; who never did is not among them. */
  readSeen(assetIds: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Those of these assets as which two machines report. */
  readForked(assetIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Assets of the campaign that another plan could still do something for. */
  leftToPlan(state: CampaignState): Promise<readonly string[]>;
  /** A fresh proof or a waiver for every asset in production, as it is now. */
  checkBackups(state: CampaignState, lane: LanePolicy, now: Instant): Promise<BackupsChecked>;
  /** Whether a plan still says what its hosts would do; null: it does. // decided 16 */
  staleness(state: CampaignState, plan: Hash, now: Instant): Promise<Move | null>;
}
