import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';
import {
  isKernel,
  type KernelParts,
  KIND_COLUMNS,
  readIdleKernels,
  runsOn,
  STILL_RUNNING,
  USED_KIND,
} from './fleet-parts.ts';

export interface LastCount {
  readonly countedAt: Instant;
  readonly durationMs: number;
}

/** The last count, locked: two servers do not count at once. null: there was none. */
export async function lockLastCount(tx: Tx): Promise<LastCount | null> {
  // The row must be there to be locked.
  const made = await sql`
    insert into identification.fleet_count (counted_at, duration_ms) values ('-infinity', 0) on conflict do nothing
  `.execute(tx);
  const row = await tx
    .selectFrom('identification.fleet_count')
    .select(['counted_at', 'duration_ms'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  return made.numAffectedRows === 1n ? null : { countedAt: row.counted_at, durationMs: row.duration_ms };
}

/** For the rest of a transaction. A wait for a lock is part of its statement. */
export async function waitLonger(tx: Tx, waitMsMax: number): Promise<void> {
  await sql`
    select set_config('lock_timeout', ${String(waitMsMax)}, true), set_config('statement_timeout', ${String(waitMsMax)}, true)
  `.execute(tx);
}

/** `seen`: of the snapshot before it began. */
export async function storeCount(tx: Tx, count: LastCount & { readonly seen: string }): Promise<void> {
  await tx
    .updateTable('identification.fleet_count')
    .set({ counted_at: timestamp(count.countedAt), duration_ms: count.durationMs, seen: count.seen })
    .execute();
}

/**
 * Brings the fleet's findings to what the assets have now. An asset counts once however many versions of a source it
 * has; the advisory shown is the one whose fix ends all of them. Only rows that differ are written.
 */
export async function countFleetFindings(tx: Tx, kernels: KernelParts): Promise<void> {
  await sql`
    create temporary table counted on commit drop as
    with used as materialized (
      select row_number() over () as kind, ${USED_KIND}, count(*) as assets from identification.check_in
      group by ${KIND_COLUMNS}
    ), affected as materialized (
      select version.id, version.scope, version.source, ${isKernel(kernels)} as is_kernel
      from identification.source_version as version
      where exists (select from identification.finding where source_version_id = version.id and affected)
    ), placed as materialized (
      select used.kind, used.assets, affected.id, affected.scope, affected.source
      from used
      join identification.package_set_source as placed on placed.set_id = used.set_id
      join affected on affected.id = placed.source_version_id
      where ${runsOn(kernels)}
      union all
      select used.kind, used.assets, affected.id, affected.scope, affected.source from used ${STILL_RUNNING}
    ), live as materialized (
      select id, scope, source, sum(assets) as assets from placed group by id, scope, source
    ), every as (
      select finding.vulnerability, live.source, live.scope, sum(live.assets) as assets
      from live join identification.finding on finding.source_version_id = live.id
      where finding.affected
      group by finding.vulnerability, live.source, live.scope
    ), several as (
      -- Two kernels on one host: the sum above counts such a host twice.
      select finding.vulnerability, placed.source, placed.scope, placed.assets * (count(*) - 1) as assets
      from placed
      join (
        select kind, scope, source from placed group by kind, scope, source having count(*) > 1
      ) as twice using (kind, scope, source)
      join identification.finding on finding.source_version_id = placed.id
      where finding.affected
      group by placed.kind, placed.assets, finding.vulnerability, placed.source, placed.scope
      having count(*) > 1
    ), assets as (
      select vulnerability, source, scope, sum(assets)::integer as assets
      from (
        select vulnerability, source, scope, assets from every
        union all select vulnerability, source, scope, -assets from several
      ) as counts
      group by vulnerability, source, scope
    ), told as (
      select distinct on (finding.vulnerability, live.source, live.scope)
        finding.vulnerability, live.source, live.scope, finding.fixed, finding.claim_id
      from live join identification.finding on finding.source_version_id = live.id
      where finding.affected
      order by finding.vulnerability, live.source, live.scope, finding.fixed_key desc nulls first, finding.claim_id
    )
    select told.vulnerability, told.source, told.scope, claim.feed, claim.advisory, told.fixed, assets.assets,
      exists (select from identification.known_exploited as known where known.vulnerability = told.vulnerability)
        as known_exploited,
      coalesce((select score from identification.epss where epss.vulnerability = told.vulnerability), 0) as epss
    from told
    join assets using (vulnerability, source, scope)
    join identification.claim on claim.id = told.claim_id
  `.execute(tx);
  await sql`
    delete from identification.fleet_finding as old
    where not exists (
      select from counted
      where counted.vulnerability = old.vulnerability and counted.source = old.source and counted.scope = old.scope
    )
  `.execute(tx);
  await sql`
    insert into identification.fleet_finding as old
      (vulnerability, source, scope, feed, advisory, fixed, assets, known_exploited, epss)
    select vulnerability, source, scope, feed, advisory, fixed, assets, known_exploited, epss from counted
    on conflict (vulnerability, source, scope) do update set
      feed = excluded.feed, advisory = excluded.advisory, fixed = excluded.fixed, assets = excluded.assets,
      known_exploited = excluded.known_exploited, epss = excluded.epss
    where (old.feed, old.advisory, old.fixed, old.assets, old.known_exploited, old.epss)
      is distinct from (excluded.feed, excluded.advisory, excluded.fixed, excluded.assets, excluded.known_exploited,
        excluded.epss)
  `.execute(tx);
  await sql`drop table counted`.execute(tx);
}

/**
 * Brings the fleet's updates to what is offered now. An offered version fixes what the assets' versions of its source
 * are affected by and what is fixed in it or below; then it is a security update whatever its origin says. Of kernels it
 * fixes what runs.
 */
export async function countFleetUpdates(tx: Tx, kernels: KernelParts): Promise<void> {
  const idle = await readIdleKernels(tx, kernels);
  await sql`
    create temporary table counted on commit drop as
    with used as materialized (
      select offer_set_id as set_id, count(*) as assets from identification.check_in group by offer_set_id
    ), offered as materialized (
      select listed.offer_id, sum(used.assets)::integer as assets,
        -- The strongest kind that any host's origins and versions give it.
        min(array_position(array['security', 'feature', 'bugfix', 'unknown'], listed.kind)) as kind
      from used join identification.offer_set_offer as listed on listed.set_id = used.set_id
      group by listed.offer_id
    ), named as (
      select listed.offer_id, array_agg(distinct name order by name) as packages
      from used
      join identification.offer_set_offer as listed on listed.set_id = used.set_id
      cross join unnest(listed.packages) as name
      group by listed.offer_id
    ), live as materialized (
      select distinct source_version_id as id from identification.package_set_source
      where set_id in (select package_set_id from identification.check_in)
        and source_version_id <> all(${idle}::integer[])
    ), fixed as (
      select offered.offer_id, array_agg(distinct finding.vulnerability order by finding.vulnerability) as fixes,
        count(distinct known.vulnerability)::integer as known_exploited
      from offered
      join identification.offer on offer.id = offered.offer_id
      join identification.source_version as version on version.scope = offer.scope and version.source = offer.source
      join live on live.id = version.id
      join identification.finding on finding.source_version_id = version.id
      left join identification.known_exploited as known on known.vulnerability = finding.vulnerability
      where finding.affected and finding.fixed_key <= offer.version_key and version.version_key < offer.version_key
      group by offered.offer_id
    )
    select offer.scope, offer.source, offer.source_version, named.packages,
      case when fixed.offer_id is not null then 'security'
        else (array['security', 'feature', 'bugfix', 'unknown'])[offered.kind] end as kind,
      coalesce(fixed.fixes, '{}') as fixes, coalesce(fixed.known_exploited, 0) as known_exploited, offered.assets
    from offered
    join identification.offer on offer.id = offered.offer_id
    join named on named.offer_id = offered.offer_id
    left join fixed on fixed.offer_id = offered.offer_id
  `.execute(tx);
  await sql`
    delete from identification.fleet_update as old
    where not exists (
      select from counted
      where counted.scope = old.scope and counted.source = old.source and counted.source_version = old.source_version
    )
  `.execute(tx);
  await sql`
    insert into identification.fleet_update as old
      (scope, source, source_version, packages, kind, fixes, known_exploited, assets)
    select scope, source, source_version, packages, kind, fixes, known_exploited, assets from counted
    on conflict (scope, source, source_version) do update set
      packages = excluded.packages, kind = excluded.kind, fixes = excluded.fixes,
      known_exploited = excluded.known_exploited, assets = excluded.assets
    where (old.packages, old.kind, old.fixes, old.known_exploited, old.assets)
      is distinct from (excluded.packages, excluded.kind, excluded.fixes, excluded.known_exploited, excluded.assets)
  `.execute(tx);
  await sql`drop table counted`.execute(tx);
}
