import { createPublicKey } from 'node:crypto';
import type { CampaignState } from '@patchsteward/core/campaign';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import { decodePlanLeaf } from '@patchsteward/trust/plan';
import { verifyReport } from '@patchsteward/trust/statement';
import type { AppendEvents, HoldCampaign } from '../platform/campaign-door.ts';
import type { Tx } from '../platform/database.ts';
import type { PlanSource } from './agent-offer.ts';
import type { CampaignHold, GrantStore, JobStore, ReportKey, ReportStore } from './deployment-store.ts';
import { insertGrant, readGrantBoot } from './grant-store.ts';
import { lockHost, storeFork, storeLastReport } from './host-store.ts';
import {
  campaignsOf,
  countMembers,
  listOpenJobs,
  listPlanJobs,
  lockHostJobs,
  lockJob,
  lockJobs,
  lockLedgers,
  lockPlanJobs,
  readAssetGroups,
  readDown,
  storeJob,
} from './job-store.ts';
import { readHostKeyPem, readReportHash, storeReport } from './report-store.ts';

/** What other rooms know, and a grant asks for in its transaction. */
export interface GrantSources {
  readonly plans: PlanSource;
  readonly holdCampaign: (tx: Tx, campaign: string) => Promise<CampaignState | undefined>;
  readonly backupReasons: (tx: Tx, state: CampaignState, assetId: string, now: Instant) => Promise<readonly Reason[]>;
}

export function jobStore(tx: Tx, append: AppendEvents): JobStore {
  return {
    lockJob: (key) => lockJob(tx, key),
    lockPlanJobs: (plan) => lockPlanJobs(tx, plan),
    lockHostJobs: (campaign, assetId) => lockHostJobs(tx, campaign, assetId),
    listPlanJobs: (plan) => listPlanJobs(tx, plan),
    listOpenJobs: (assetId) => listOpenJobs(tx, assetId),
    storeJob: (job, ended, at) => storeJob(tx, job, ended, at),
    append: (stream, recorded, by) => append(tx, stream, recorded, by),
  };
}

export function campaignHold(tx: Tx, hold: HoldCampaign): CampaignHold {
  return {
    lockCampaignsOf: async (jobs) => {
      for (const campaign of await campaignsOf(tx, jobs)) await hold(tx, campaign);
    },
  };
}

export function reportStore(tx: Tx, append: AppendEvents, hold: HoldCampaign): ReportStore {
  return {
    ...jobStore(tx, append),
    ...campaignHold(tx, hold),
    lockHost: (assetId) => lockHost(tx, assetId),
    lockJobs: (keys) => lockJobs(tx, keys),
    reportKey: (fingerprint) => readReportKey(tx, fingerprint),
    readReportHash: (assetId, sequence) => readReportHash(tx, assetId, sequence),
    storeReport: (report, hash, at) => storeReport(tx, report, hash, at),
    storeLastReport: (assetId, last) => storeLastReport(tx, assetId, last),
    storeFork: (assetId, at) => storeFork(tx, assetId, at),
    readGrantBoot: (grant) => readGrantBoot(tx, grant),
  };
}

export function grantStore(tx: Tx, append: AppendEvents, sources: GrantSources): GrantStore {
  return {
    ...jobStore(tx, append),
    lockHost: (assetId) => lockHost(tx, assetId),
    holdCampaign: (campaign) => sources.holdCampaign(tx, campaign),
    readAssetGroups: (assetId) => readAssetGroups(tx, assetId),
    lockLedgers: (groups) => lockLedgers(tx, groups),
    readDown: (groups) => readDown(tx, groups),
    countMembers: (groups) => countMembers(tx, groups),
    readAuthority: (plan, assetId) => readAuthority(tx, sources.plans, plan, assetId),
    backupReasons: (state, assetId, now) => sources.backupReasons(tx, state, assetId, now),
    insertGrant: (grant) => insertGrant(tx, grant),
    readGrantBoot: (grant) => readGrantBoot(tx, grant),
  };
}

async function readReportKey(tx: Tx, fingerprint: string): Promise<ReportKey | undefined> {
  const pem = await readHostKeyPem(tx, fingerprint);
  if (pem === undefined) return undefined;
  const key = createPublicKey(pem);
  return { signed: (report) => verifyReport(report, key) };
}

async function readAuthority(tx: Tx, plans: PlanSource, plan: string, assetId: string) {
  const kept = await plans.planOf(tx, plan);
  const leaf = await plans.leafOf(tx, plan, assetId);
  const opened = leaf === undefined ? undefined : decodePlanLeaf(leaf.body);
  if (kept === undefined || opened?.ok !== true) return undefined;
  return { notAfter: kept.notAfter, intervals: opened.value.intervals };
}
