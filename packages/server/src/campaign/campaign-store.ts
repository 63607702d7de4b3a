import { type CampaignState, isEnd, isStopped, roomOf } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface HeldCampaign {
  readonly state: CampaignState;
  readonly version: number;
}

/**
 * Whoever moves a campaign comes here first, and one after the other. The lock leaves its key alone: a host whose job
 * refers to the campaign holds that job already, and must not wait for whoever is about to sweep the jobs of the plan.
 * // PostgreSQL §13.3.2
 */
export async function lockCampaign(tx: Tx, id: string): Promise<HeldCampaign | undefined> {
  const row = await tx
    .selectFrom('campaign.campaign')
    .select(['fold', 'version'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  // Only storeCampaign writes it.
  return row === undefined ? undefined : { state: row.fold as unknown as CampaignState, version: row.version };
}

/**
 * Held so that it does not move, beside others who hold it so: a grant and a halt never pass each other.
 */
export async function holdCampaign(tx: Tx, id: string): Promise<CampaignState | undefined> {
  const row = await tx
    .selectFrom('campaign.campaign')
    .select('fold')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  return row === undefined ? undefined : (row.fold as unknown as CampaignState);
}

/** Those of these campaigns that people or a limit have stopped. */
export async function stoppedAmong(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await reader.selectFrom('campaign.campaign').select(['id', 'fold']).where('id', 'in', ids).execute();
  // Only storeCampaign writes it.
  return new Set(rows.filter(({ fold }) => isStopped(fold as unknown as CampaignState)).map(({ id }) => id));
}

export async function storeCampaign(tx: Tx, state: CampaignState, version: number, at: Instant): Promise<void> {
  const values = {
    title: state.title,
    state: state.name,
    room: roomOf(state.name),
    lane: state.lane,
    due: state.due === null ? null : timestamp(state.due),
    requester: state.requester,
    ended: isEnd(state.name),
    updated_at: timestamp(at),
    version,
    fold: json(plainJson(state)),
  };
  await tx
    .insertInto('campaign.campaign')
    .values({ id: state.id, opened_at: timestamp(at), ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
  if (values.ended) await tx.deleteFrom('campaign.open_update').where('campaign', '=', state.id).execute();
}

/** False where another open campaign has one of them. */
export async function claimUpdates(tx: Tx, state: CampaignState): Promise<boolean> {
  const wanted = state.updates.map(({ scope, source }) => ({ scope, source, campaign: state.id }));
  const claimed = await tx
    .insertInto('campaign.open_update')
    .values(wanted)
    .onConflict((conflict) => conflict.columns(['scope', 'source']).doNothing())
    .returning('source')
    .execute();
  return claimed.length === wanted.length;
}

export interface CampaignRow {
  readonly id: string;
  readonly ended: boolean;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly state: CampaignState;
}

export interface CampaignQuery {
  readonly search: string | undefined;
  readonly open: boolean | undefined;
}

/** The last row of the page before: open ones first, then the newest. */
export type CampaignPlace = [ended: boolean, openedAt: Instant, id: string];

export async function listCampaigns(
  reader: Reader,
  query: CampaignQuery & { readonly after: CampaignPlace | undefined; readonly limit: number },
): Promise<CampaignRow[]> {
  const { after, limit } = query;
  const { rows } = await sql<CampaignRow>`
    select id, ended, opened_at as "openedAt", updated_at as "updatedAt", fold as state from campaign.campaign
    where ${matches(query)} and ${
      after === undefined
        ? sql`true`
        : sql`(ended > ${after[0]}::boolean or ended = ${after[0]}::boolean
            and (opened_at, id) < (${timestamp(after[1])}, ${after[2]}::uuid))`
    }
    order by ended, opened_at desc, id desc limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countCampaigns(reader: Reader, query: CampaignQuery): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from campaign.campaign where ${matches(query)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

export async function readCampaignRow(reader: Reader, id: string): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select id, ended, opened_at as "openedAt", updated_at as "updatedAt", fold as state
    from campaign.campaign where id = ${id}
  `.execute(reader);
  return rows[0];
}

function matches({ search, open }: CampaignQuery) {
  const words = (search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const patterns = words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
  const found = patterns.length === 0 ? sql`true` : sql`words like all (${patterns}::text[])`;
  return open === undefined ? found : sql`${found} and ended = ${!open}`;
}

/** Open campaigns that have one of these assets in scope. */
export async function findOpenCampaigns(reader: Reader, assetIds: readonly string[]): Promise<string[]> {
  if (assetIds.length === 0) return [];
  const rows = await reader
    .selectFrom('campaign.campaign')
    .select('id')
    .where('ended', '=', false)
    .where((query) =>
      query.or(assetIds.map((assetId) => sql<boolean>`fold -> 'assets' @> ${JSON.stringify([{ assetId }])}::jsonb`)),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
