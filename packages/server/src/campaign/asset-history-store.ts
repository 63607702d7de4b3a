import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { type JsonValue, timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';
import type { CampaignPlace, CampaignRow } from './campaign-store.ts';

interface CampaignPage {
  readonly after: CampaignPlace | undefined;
  readonly limit: number;
}

/** Campaigns that have an asset in scope: open ones first, then the newest. */
export async function campaignsOfAsset(reader: Reader, assetId: string, page: CampaignPage): Promise<CampaignRow[]> {
  const { after, limit } = page;
  const { rows } = await sql<CampaignRow>`
    select id, ended, opened_at as "openedAt", updated_at as "updatedAt", fold as state from campaign.campaign
    where ${hasAsset(assetId)} and ${
      after === undefined
        ? sql`true`
        : sql`(ended > ${after[0]}::boolean or ended = ${after[0]}::boolean
            and (opened_at, id) < (${timestamp(after[1])}, ${after[2]}::uuid))`
    }
    order by ended, opened_at desc, id desc limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countCampaignsOfAsset(reader: Reader, assetId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from campaign.campaign where ${hasAsset(assetId)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

function hasAsset(assetId: string) {
  return sql`fold -> 'assets' @> ${JSON.stringify([{ assetId }])}::jsonb`;
}

export interface AssetMomentRow {
  readonly serial: number;
  readonly leaf: string;
  readonly index: number | null;
  readonly at: Instant;
  readonly actor: string;
  /** A person's login, the host's name; the actor itself where nobody is known by it. */
  readonly by: string;
  readonly kind: string;
  readonly payload: JsonValue;
  readonly campaign: string | null;
  readonly title: string | null;
  readonly job: string | null;
}

/** Entries about the asset itself, and those of its work orders; the newest first. */
export async function listAssetMoments(
  reader: Reader,
  assetId: string,
  { after, limit }: { readonly after: number | undefined; readonly limit: number },
): Promise<AssetMomentRow[]> {
  const { rows } = await sql<AssetMomentRow>`
    select leaf.serial, leaf.id as leaf, leaf.index, leaf.at, leaf.actor, leaf.kind, leaf.payload,
      coalesce(person.login, case when leaf.actor = ${`agent:${assetId}`} then asset.name end, leaf.actor) as by,
      own.campaign, campaign.title, own.job
    from documentation.leaf as leaf
    left join (${jobEntries(assetId)}) as own on own.leaf = leaf.id
    left join campaign.campaign as campaign on campaign.id = own.campaign
    left join access.person as person on 'person:' || person.id = leaf.actor
    left join identification.asset as asset on asset.id = ${assetId}
    where (leaf.subject = ${assetId} or own.leaf is not null)
      and ${after === undefined ? sql`true` : sql`leaf.serial < ${after}`}
    order by leaf.serial desc limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countAssetMoments(reader: Reader, assetId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from documentation.leaf where subject = ${assetId})
      + (select count(*) from (${jobEntries(assetId)}) as own) as count
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

/** `job:<key>` is the stream of a work order. */
function jobEntries(assetId: string) {
  return sql`
    select event.leaf, event.campaign, job.key as job
    from deployment.job as job join campaign.event as event on event.stream = 'job:' || job.key
    where job.asset_id = ${assetId}
  `;
}
