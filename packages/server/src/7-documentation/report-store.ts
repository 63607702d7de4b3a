import { type CampaignState, type DeploymentReport, deploymentReport } from '@patchsteward/core/campaign';
import type { JobState } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';

/** The report of a campaign as it stands now; undefined where there is no such campaign. */
export async function readReport(db: Db, id: string, now: Instant): Promise<DeploymentReport | undefined> {
  const [campaign, jobs, root] = await Promise.all([
    db.selectFrom('campaign.campaign').select(['fold', 'opened_at']).where('id', '=', id).executeTakeFirst(),
    db
      .selectFrom('deployment.job')
      .select(['plan_kind', 'fold'])
      .where('campaign', '=', id)
      .orderBy('epoch')
      .orderBy('wave')
      .orderBy('asset_id')
      .execute(),
    db.selectFrom('approval.trust_root').select('profile').orderBy('version', 'desc').limit(1).executeTakeFirst(),
  ]);
  if (campaign === undefined) return undefined;
  return deploymentReport({
    // What the corridor's own stores wrote; nobody else writes these columns.
    campaign: campaign.fold as unknown as CampaignState,
    jobs: jobs.map((row) => ({ planKind: row.plan_kind, job: row.fold as unknown as JobState })),
    openedAt: campaign.opened_at,
    profile: root?.profile ?? null,
    now,
  });
}
