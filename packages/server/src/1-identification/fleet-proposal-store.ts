import type { Criticality, Exposure, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { isEndedOn, isKernel, type KernelParts, KIND_COLUMNS, USED_KIND } from './fleet-parts.ts';
import type { DatedOffer } from './plain-offer.ts';

/** The newest version of one source package that is offered on one release. */
export interface NewestOfferRow extends DatedOffer {
  readonly offer_id: number;
  readonly scope: string;
  readonly packages: readonly string[];
  /** To which exactly this version is offered. */
  readonly assets: number;
  /** Those of them that are not production. // SOP P3.1 */
  readonly test_assets: number;
}

/** Assets to which it is offered, as far as they are alike in all that decides how urgent that is. */
export interface OfferHolderRow {
  readonly offer_id: number;
  /** What they have that it ends; null: they have nothing of it. */
  readonly source_version_id: number | null;
  readonly exposure: Exposure;
  readonly criticality: Criticality;
  /** Of the first and of the last of them: one has had it longest, the other may have joined after the release. */
  readonly first_seen: Instant;
  readonly last_seen: Instant;
  /** One asset alone, on which people answered for something; null: it stands for all that are alike. */
  readonly answered: string | null;
}

/**
 * Notes which offered versions are the newest, and which sets have what they end. In tables, so that the planner knows how
 * many that are: guessed from the rows before, it would look through all of them for each asset.
 */
export async function noteNewestOffers(tx: Tx, kernels: KernelParts): Promise<void> {
  await sql`
    create temporary table newest on commit drop as
    select distinct on (offer.scope, offer.source) offer.id as offer_id, offer.version_key, offer.first_seen, scope, source,
      source_version, fleet.kind, fleet.packages, fleet.assets
    from identification.fleet_update as fleet join identification.offer using (scope, source, source_version)
    order by offer.scope, offer.source, offer.version_key desc
  `.execute(tx);
  await sql`analyze newest`.execute(tx);
  await sql`
    create temporary table placed on commit drop as
    with ended as materialized (
      select newest.offer_id, version.id as source_version_id, ${isKernel(kernels)} as is_kernel
      from newest join identification.source_version as version
        on version.scope = newest.scope and version.source = newest.source
      where version.version_key < newest.version_key and not version.third_party and exists (
        select from identification.finding
        where finding.source_version_id = version.id and finding.affected and finding.fixed_key <= newest.version_key
      )
    )
    select ended.offer_id, ended.source_version_id, ended.is_kernel, source.set_id,
      case when ended.is_kernel then source.packages end as packages
    from ended join identification.package_set_source as source using (source_version_id)
  `.execute(tx);
  await sql`analyze placed`.execute(tx);
}

export async function readNewestOffers(tx: Tx): Promise<NewestOfferRow[]> {
  const { rows } = await sql<NewestOfferRow>`
    with used as materialized (
      select check_in.offer_set_id as set_id, count(*) as assets
      from identification.check_in join identification.asset on asset.id = check_in.asset_id
      where asset.environment = 'non-production' group by check_in.offer_set_id
    ), tests as materialized (
      select listed.offer_id, sum(used.assets)::integer as assets
      from used join identification.offer_set_offer as listed on listed.set_id = used.set_id group by listed.offer_id
    )
    select newest.offer_id, newest.scope, newest.source, newest.source_version, newest.kind, newest.packages,
      newest.assets, coalesce(tests.assets, 0) as test_assets, newest.first_seen, listed.index_date
    from newest
    left join tests using (offer_id)
    left join identification.first_listed as listed using (scope, source, source_version)
  `.execute(tx);
  return rows;
}

/** The most critical first, as assets are listed: where two are as urgent, the first of them says why. */
export async function readOfferHolders(
  tx: Tx,
  kernels: KernelParts,
  answered: readonly string[],
): Promise<OfferHolderRow[]> {
  const { rows } = await sql<OfferHolderRow>`
    with used as materialized (
      select row_number() over () as alike, check_in.offer_set_id, ${USED_KIND}, asset.exposure, asset.criticality,
        said.id as answered, min(asset.name) as name, min(asset.first_seen) as first_seen, max(asset.first_seen) as last_seen
      from identification.check_in join identification.asset on asset.id = check_in.asset_id
      left join unnest(${answered}::uuid[]) as said (id) on said.id = asset.id
      group by check_in.offer_set_id, ${KIND_COLUMNS}, asset.exposure, asset.criticality, said.id
    ), had as materialized (
      select used.alike, placed.offer_id, placed.source_version_id
      from used join placed on placed.set_id = used.set_id cross join lateral (select placed.is_kernel) as affected
      where ${isEndedOn(kernels)}
    )
    select listed.offer_id, had.source_version_id, used.exposure, used.criticality, used.answered,
      min(used.first_seen) as first_seen, max(used.last_seen) as last_seen
    from used
    join identification.offer_set_offer as listed on listed.set_id = used.offer_set_id
    join newest on newest.offer_id = listed.offer_id
    left join had on had.offer_id = listed.offer_id and had.alike = used.alike
    group by listed.offer_id, had.source_version_id, used.exposure, used.criticality, used.answered
    order by array_position(array['critical', 'high', 'normal', 'low'], used.criticality), min(used.name),
      had.source_version_id
  `.execute(tx);
  return rows;
}

/** A row of identification.fleet_proposal, as the database reads it from JSON. */
export interface FleetProposalRow {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly kind: string;
  readonly packages: readonly string[];
  readonly fixes: readonly string[];
  readonly known_exploited: number;
  readonly assets: number;
  readonly test_assets: number;
  readonly lane: string;
  readonly released_at: string;
  readonly first_seen: string;
  readonly due: string;
  readonly why: string;
  readonly reasons: readonly { readonly code: string; readonly subject: string; readonly by: string | null }[];
}

/** Rows of one statement: a JSON text of a few megabytes. */
const STORED_AT_ONCE_MAX = 5_000;

/** All but what is searched, which the database writes. */
const COLUMNS = sql`
  scope, source, source_version, kind, packages, fixes, known_exploited, assets, test_assets, lane, released_at,
  first_seen, due, why, reasons
`;

/** Only rows that differ are written; what was noted for them is forgotten. */
export async function storeProposals(tx: Tx, proposals: readonly FleetProposalRow[]): Promise<void> {
  await sql`
    create temporary table proposed on commit drop as
    select ${COLUMNS} from identification.fleet_proposal with no data
  `.execute(tx);
  for (let from = 0; from < proposals.length; from += STORED_AT_ONCE_MAX) {
    const some = JSON.stringify(proposals.slice(from, from + STORED_AT_ONCE_MAX));
    await sql`
      insert into proposed
      select ${COLUMNS} from json_populate_recordset(null::identification.fleet_proposal, ${some}::json)
    `.execute(tx);
  }
  await sql`
    delete from identification.fleet_proposal as old where not exists (
      select from proposed where proposed.scope = old.scope and proposed.source = old.source
    )
  `.execute(tx);
  await sql`
    insert into identification.fleet_proposal as old (${COLUMNS}) select ${COLUMNS} from proposed
    on conflict (scope, source) do update set
      source_version = excluded.source_version, kind = excluded.kind, packages = excluded.packages,
      fixes = excluded.fixes, known_exploited = excluded.known_exploited, assets = excluded.assets,
      test_assets = excluded.test_assets, lane = excluded.lane, released_at = excluded.released_at,
      first_seen = excluded.first_seen, due = excluded.due, why = excluded.why, reasons = excluded.reasons
    where (old.source_version, old.kind, old.packages, old.fixes, old.known_exploited, old.assets, old.test_assets,
        old.lane, old.released_at, old.first_seen, old.due, old.why, old.reasons)
      is distinct from (excluded.source_version, excluded.kind, excluded.packages, excluded.fixes,
        excluded.known_exploited, excluded.assets, excluded.test_assets, excluded.lane, excluded.released_at,
        excluded.first_seen, excluded.due, excluded.why, excluded.reasons)
  `.execute(tx);
  await sql`drop table proposed, newest, placed`.execute(tx);
}
