import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';

/** More than a release has source packages that change within a month; what is beyond waits for the next turn. */
const OFFERS_MAX = 2_000;

/** A routine update that hosts of some maintenance groups are offered, and on how many of them. */
export interface RoutineOffer {
  readonly scope: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly assets: number;
}

/**
 * What a turn of a maintenance plan brings to its groups: what no open campaign has and what is not urgent, since that has
 * proposals of its own. An update that ends nothing comes once it cooled off. // decided 22, rollout-and-trust §2.3
 */
export async function listRoutineOffers(
  reader: Reader,
  groups: readonly string[],
  cooledOff: Instant,
): Promise<RoutineOffer[]> {
  const { rows } = await sql<RoutineOffer>`
    select proposal.scope, proposal.source, proposal.source_version as "sourceVersion", count(*)::integer as assets
    from identification.fleet_proposal as proposal
    join identification.offer using (scope, source, source_version)
    join identification.offer_set_offer as listed on listed.offer_id = offer.id
    join identification.check_in on check_in.offer_set_id = listed.set_id
    join identification.asset on asset.id = check_in.asset_id and asset.maintenance_group = any(${groups}::text[])
    where proposal.lane = 'routine'
      and (cardinality(proposal.fixes) > 0 or proposal.released_at <= ${timestamp(cooledOff)})
      and not exists (
        select from campaign.open_update as open where open.scope = proposal.scope and open.source = proposal.source
      )
    group by proposal.scope, proposal.source, proposal.source_version
    order by proposal.scope, proposal.source limit ${OFFERS_MAX}
  `.execute(reader);
  return rows;
}

/** What is known of a source package of a frozen list now; nulls: it is not offered any more, no campaign has it. */
export interface OfferNow {
  readonly scope: string;
  readonly source: string;
  readonly sourceVersion: string | null;
  readonly lane: Lane | null;
  readonly campaign: string | null;
}

export async function readOffersNow(
  reader: Reader,
  updates: readonly Pick<RoutineOffer, 'scope' | 'source'>[],
): Promise<OfferNow[]> {
  const { rows } = await sql<OfferNow>`
    select wanted.scope, wanted.source, proposal.source_version as "sourceVersion", proposal.lane, open.campaign
    from unnest(
      ${updates.map(({ scope }) => scope)}::text[], ${updates.map(({ source }) => source)}::text[]
    ) as wanted (scope, source)
    left join identification.fleet_proposal as proposal using (scope, source)
    left join campaign.open_update as open using (scope, source)
  `.execute(reader);
  return rows;
}

/** Hosts of these groups, and the test ring of the whole fleet: what is new to them is tried there first. // SOP P3.1 */
export async function readRoutineAssets(reader: Reader, groups: readonly string[]): Promise<string[]> {
  const rows = await reader
    .selectFrom('identification.asset')
    .select('id')
    .where((build) =>
      build.or([
        build('maintenance_group', '=', sql<string>`any(${groups}::text[])`),
        build('environment', '=', 'non-production'),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id);
}

export async function countGrouped(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('identification.asset')
    .select(['maintenance_group', ({ fn }) => fn.countAll<number>().as('assets')])
    .where('maintenance_group', 'is not', null)
    .groupBy('maintenance_group')
    .execute();
  return new Map(rows.map(({ maintenance_group, assets }) => [maintenance_group ?? '', assets]));
}
