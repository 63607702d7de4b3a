import type { JobEvent, JobState, RedundancyGroup } from '../../job/index.ts';
import { DEFAULT_POLICY } from '../../policy/index.ts';
import { type Criticality, HOUR_MS, type Instant, type ScopedAsset } from '../../vocabulary/index.ts';
import type { CampaignState, Recorded } from '../state.ts';
import { asset } from './people.ts';

export const POLICY = DEFAULT_POLICY;
export const START: Instant = Date.UTC(2026, 10, 22, 8);

/** A job as the world keeps it: its state for the machine, its bare events for whoever checks the machine. */
export interface WorldJob {
  readonly key: string;
  readonly assetId: string;
  state: JobState;
  readonly events: { readonly event: JobEvent; readonly at: Instant }[];
}

/** One campaign, the jobs of its hosts, and those of another campaign in the same redundancy groups. */
export interface World {
  now: Instant;
  state: CampaignState | null;
  readonly trace: Recorded[];
  readonly jobs: Map<string, WorldJob>;
  /** Names that were given out: plans, jobs, reports. */
  count: number;
}

export function newWorld(): World {
  return { now: START, state: null, trace: [], jobs: new Map(), count: 0 };
}

/** Both fit one host only, the third two: hosts sit in more than one, so that every group must be asked. */
export const GROUPS: readonly RedundancyGroup[] = [
  { name: 'front', members: 3, budget: 1 },
  { name: 'store', members: 3, budget: null },
  { name: 'all', members: 6, budget: 2 },
];
export const GROUPS_OF: Readonly<Record<string, readonly string[]>> = {
  front1: ['front', 'all'],
  front2: ['front'],
  store1: ['store', 'all'],
  store2: ['store', 'all'],
  other1: ['front', 'all'],
  other2: ['store'],
};
/** Hosts of another campaign. */
export const OTHERS = ['other1', 'other2'] as const;

export function fleet(criticality: Criticality): ScopedAsset[] {
  const member = (assetId: string, owner: string | null): ScopedAsset =>
    asset({ assetId, owner, criticality, redundancyGroups: GROUPS_OF[assetId] ?? [] });
  return [
    member('front1', 'ben'),
    member('front2', null),
    member('store1', 'fay'),
    member('store2', 'ben'),
    asset({ assetId: 'test1', environment: 'non-production' }),
  ];
}

/** Windows are open all day, but for the last hour of each: enough for a grant to be refused now and then. */
export function startsAllowed(now: Instant): readonly { readonly from: Instant; readonly until: Instant }[] {
  const day = 24 * HOUR_MS;
  const midnight = Math.floor(now / day) * day;
  return [{ from: midnight, until: midnight + 23 * HOUR_MS }];
}
