import type { SignedReport } from '@patchsteward/contract';
import type { CampaignState } from '@patchsteward/core/campaign';
import type { JobRecorded, LedgerEntry } from '@patchsteward/core/job';
import type { Interval } from '@patchsteward/core/plan';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import type { Stream } from '../platform/campaign-door.ts';
import type { Actor, Changed, NewLeaf } from '../platform/corridor.ts';
import type { NewGrant } from './grant-store.ts';
import type { HostRow } from './host-store.ts';
import type { Job } from './job-store.ts';

/*
 * What this room says to the store within one transaction. PostgreSQL is behind it in the product; the simulator puts a
 * model with the same locks there, and lets a server die between any two of these calls.
 */

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

/** Jobs and their stories. What is called `lock` waits until nobody else holds it, and holds it to the commit. */
export interface JobStore {
  lockJob(key: string): Promise<Job | undefined>;
  /** By key, as everybody locks them. */
  lockPlanJobs(plan: string): Promise<readonly Job[]>;
  lockHostJobs(campaign: string, assetId: string): Promise<readonly Job[]>;
  listPlanJobs(plan: string): Promise<readonly Job[]>;
  listOpenJobs(assetId: string): Promise<readonly Job[]>;
  storeJob(job: Job, ended: boolean, at: Instant): Promise<void>;
  /** Appends to the story, and gives the entry of the record for each. */
  append(stream: Stream, recorded: readonly JobRecorded[], by: By): Promise<NewLeaf[]>;
}

/** Of which start of its host a grant was asked for; undefined: there is no such grant. */
interface GrantBoots {
  readGrantBoot(grant: string): Promise<string | undefined>;
}

/**
 * The campaigns of these jobs, each held alone before its jobs are locked. Grants hold theirs beside each other: one that is
 * given comes before what is said here, or it sees it. // rollout S6
 */
export interface CampaignHold {
  lockCampaignsOf(jobs: readonly string[]): Promise<void>;
}

export interface ReportStore extends JobStore, GrantBoots, CampaignHold {
  lockHost(assetId: string): Promise<HostRow>;
  lockJobs(keys: readonly string[]): Promise<void>;
  /** undefined: nobody knows this key. */
  reportKey(fingerprint: string): Promise<ReportKey | undefined>;
  readReportHash(assetId: string, sequence: number): Promise<string | undefined>;
  storeReport(report: SignedReport, hash: string, at: Instant): Promise<void>;
  storeLastReport(
    assetId: string,
    last: { readonly instance: string; readonly sequence: number; readonly hash: string },
  ): Promise<void>;
  storeFork(assetId: string, at: Instant): Promise<void>;
}

/** The key by which a host signs. */
export interface ReportKey {
  readonly signed: (report: SignedReport) => boolean;
}

export interface GrantStore extends JobStore, GrantBoots {
  lockHost(assetId: string): Promise<HostRow>;
  /** The campaign, held where it stands: a halt or a failure waits for this grant, or this grant sees it. */
  holdCampaign(campaign: string): Promise<CampaignState | undefined>;
  readAssetGroups(assetId: string): Promise<readonly string[]>;
  /** Nobody else counts who is down meanwhile. */
  lockLedgers(groups: readonly string[]): Promise<void>;
  readDown(groups: readonly string[]): Promise<readonly LedgerEntry[]>;
  countMembers(groups: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** What people signed for this host; undefined: there is no such plan, or none for it. */
  readAuthority(
    plan: string,
    assetId: string,
  ): Promise<{ readonly notAfter: Instant; readonly intervals: readonly Interval[] } | undefined>;
  /** Why the backup of an asset no longer counts. // rollout S9 */
  backupReasons(state: CampaignState, assetId: string, now: Instant): Promise<readonly Reason[]>;
  insertGrant(grant: NewGrant): Promise<void>;
}

/** One transaction of the corridor, as this room sees it. */
export type ChangeIn<Store> = <T>(by: By, work: (store: Store) => Promise<Changed<T>>) => Promise<T>;
