import type { Overview } from '@patchsteward/contract';
import type { CampaignState } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { FINDINGS } from '../../1-identification/asset-figures.ts';
import { timestamp } from '../../platform/column-types.ts';
import type { Reader } from '../../platform/database.ts';
import type { JobCounts } from './overview.ts';

/** Open campaigns, those that are due first; how many there are in all. */
export async function readOpenCampaigns(
  reader: Reader,
  limit: number,
): Promise<{ readonly campaigns: readonly CampaignState[]; readonly open: number }> {
  const { rows } = await sql<{ readonly state: CampaignState; readonly open: number }>`
    select fold as state, count(*) over () as open from campaign.campaign
    where not ended order by due nulls last, opened_at, id limit ${limit}
  `.execute(reader);
  return { campaigns: rows.map(({ state }) => state), open: rows[0]?.open ?? 0 };
}

export async function countJobs(reader: Reader, campaigns: readonly string[]): Promise<JobCounts> {
  if (campaigns.length === 0) return new Map();
  const rows = await reader
    .selectFrom('deployment.job')
    .select(['campaign', 'state'])
    .select(({ fn }) => fn.countAll<number>().as('jobs'))
    .where('campaign', 'in', campaigns)
    .groupBy(['campaign', 'state'])
    .execute();
  const counts = new Map<string, Record<string, number>>();
  for (const { campaign, state, jobs } of rows) counts.set(campaign, { ...counts.get(campaign), [state]: jobs });
  return counts;
}

interface Figures extends Omit<Overview['fleet'], 'feeds' | 'feedsNotFresh' | 'supportEnded' | 'supportEnding'> {
  /** Vulnerabilities of which nobody said how severe they are. // decided 19c */
  readonly severityUnknown: number;
  /** Of vendors, for somebody to read. // SOP P1.1 */
  readonly announcementsWaiting: number;
  /** Vulnerabilities of which sources say less than what counts, until Security agrees. */
  readonly urgencyHeld: number;
}

/** Of the whole fleet, in one look at small columns. `staleBefore`: whoever was seen last before is silent. */
export async function readFigures(reader: Reader, staleBefore: Instant): Promise<Figures> {
  const { rows } = await sql<Figures>`
    select count(*) as assets,
      count(*) filter (where coalesce(check_in.seen_at, asset.first_seen) < ${timestamp(staleBefore)}) as stale,
      count(*) filter (where ${FINDINGS} > 0) as affected,
      count(*) filter (where package_set.judged_at is not null and package_set.unjudged > 0) as "partlyJudged",
      count(*) filter (where check_in.reboot_needed) as "rebootNeeded",
      (select count(distinct vulnerability) from identification.fleet_finding where known_exploited)
        as "knownExploited",
      (select count(distinct vulnerability) from identification.fleet_finding where severity = 'unknown')
        as "severityUnknown",
      (select count(*) from identification.announcement join identification.feed on feed.id = announcement.feed
        where announcement.state = 'waiting' and feed.removed_at is null) as "announcementsWaiting",
      (select count(distinct held.vulnerability) from identification.held_urgency as held
        left join identification.said_severity as said on said.vulnerability = held.vulnerability
        where held.what <> 'rating' or said.vulnerability is null) as "urgencyHeld"
    from identification.asset as asset
    left join identification.check_in as check_in on check_in.asset_id = asset.id
    left join identification.package_set as package_set on package_set.id = check_in.package_set_id
    left join evaluation.assessment as assessment on assessment.asset_id = asset.id
    where asset.removed_at is null
  `.execute(reader);
  const [figures] = rows;
  if (figures === undefined) throw new TypeError('an aggregate has always a row');
  return figures;
}

export async function hasTrustRoot(reader: Reader): Promise<boolean> {
  const row = await reader.selectFrom('approval.trust_root').select('version').limit(1).executeTakeFirst();
  return row !== undefined;
}
