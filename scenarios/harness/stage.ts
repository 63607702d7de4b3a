import type { CampaignState, CampaignTimer } from '@patchsteward/core/campaign';
import type { JobState } from '@patchsteward/core/job';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { Hash, Role, ScopedAsset, SignedBy } from '@patchsteward/core/vocabulary';

/** Where a story plays: people, assets, one campaign, the jobs of its hosts, and the time. */
export interface Stage {
  now: number;
  readonly people: Map<string, readonly Role[]>;
  readonly assets: ScopedAsset[];
  readonly budgets: Map<string, number>;
  readonly jobs: Map<string, JobState>;
  campaign: CampaignState | null;
  timers: CampaignTimer[];
  readonly transcript: string[];
  plans: number;
}

export const POLICY = DEFAULT_POLICY;

/** A Sunday morning: each story begins then. */
export const MORNING = Date.UTC(2026, 10, 22, 8);

export function newStage(): Stage {
  return {
    now: MORNING,
    people: new Map(),
    assets: [],
    budgets: new Map(),
    jobs: new Map(),
    campaign: null,
    timers: [],
    transcript: [],
    plans: 0,
  };
}

export function campaignOn({ campaign }: Stage): CampaignState {
  if (campaign === null) throw new Error('no campaign was opened yet');
  return campaign;
}

/** A name where the real thing has a hash: nothing in core looks inside. */
export function hashOf(name: string): Hash {
  // Core takes hashes as opaque; the reader of a transcript wants to know what stands for what.
  return `sha256:${name}` as Hash;
}

export function signedBy({ people }: Stage, person: string, keyClass: SignedBy['keyClass'] = 'cli'): SignedBy {
  const roles = people.get(person);
  if (roles === undefined) throw new Error(`nobody is called ${person}`);
  return { person, roles, keyClass, statement: hashOf(`statement of ${person}`) };
}
