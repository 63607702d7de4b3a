import { type CampaignState, type DeploymentReport, deploymentReport, signatureKey } from '@patchsteward/core/campaign';
import type { JobState } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';

/** The report of a campaign as it stands now; undefined where there is no such campaign. */
export async function readReport(db: Db, id: string, now: Instant): Promise<DeploymentReport | undefined> {
  const [campaign, signedAt, jobs, root] = await Promise.all([
    db.selectFrom('campaign.campaign').select(['fold', 'opened_at']).where('id', '=', id).executeTakeFirst(),
    readSignedAt(db, id),
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
    signedAt,
    profile: root?.profile ?? null,
    now,
  });
}

/** When each signature of a campaign came: one person, or several at once. */
async function readSignedAt(db: Db, id: string): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ person: string; statement: string; at: number }>`
    select signed ->> 'person' as person, signed ->> 'statement' as statement, at
    from campaign.event,
      jsonb_path_query(body, '$.event.signed') as given,
      jsonb_array_elements(case jsonb_typeof(given) when 'array' then given else jsonb_build_array(given) end) as signed
    where stream = ${id} and jsonb_typeof(signed) = 'object'
    order by version
  `.execute(db);
  return new Map(rows.map(({ person, statement, at }) => [signatureKey(person, statement), at]));
}
