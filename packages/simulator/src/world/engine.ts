import { decideGrant } from '@patchsteward/core/6-deployment';
import type { CampaignState } from '@patchsteward/core/campaign';
import {
  followDeploying,
  followScheduled,
  type GrantParts,
  type Move,
  type WaveLook,
} from '@patchsteward/server/engine';

/** The rules that are played with; a planted bug is an engine of which one of them is another. */
export interface Engine {
  readonly decideGrant: GrantParts['decide'];
  readonly follows: Readonly<Partial<Record<CampaignState['name'], (look: WaveLook) => Promise<Move>>>>;
}

export const ENGINE: Engine = { decideGrant, follows: { scheduled: followScheduled, deploying: followDeploying } };
