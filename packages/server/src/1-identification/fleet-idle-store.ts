import type { FleetFindingPage } from '@patchsteward/contract';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';
import { isKernel, type KernelParts, KIND_COLUMNS, runsOn, USED_KIND } from './fleet-parts.ts';

/** What hosts have of kernels and do not run: told in one line for each, and counted nowhere else. */
export async function countIdle(tx: Tx, kernels: KernelParts): Promise<void> {
  await tx.deleteFrom('identification.fleet_idle').execute();
  if (kernels.versions.length === 0) return;
  await sql`
    insert into identification.fleet_idle (scope, source, assets, vulnerabilities)
    with used as materialized (
      select row_number() over () as kind, ${USED_KIND}, count(*)::integer as assets from identification.check_in
      group by ${KIND_COLUMNS}
    ), affected as materialized (
      select version.id, version.scope, version.source, true as is_kernel from identification.source_version as version
      where ${isKernel(kernels)}
        and exists (select from identification.finding where source_version_id = version.id and affected)
    ), idle as materialized (
      select used.kind, used.assets, affected.id, affected.scope, affected.source
      from affected
      join identification.package_set_source as placed on placed.source_version_id = affected.id
      join used on used.set_id = placed.set_id
      where not ${runsOn(kernels)}
    ), assets as (
      select scope, source, sum(assets)::integer as assets
      from (select distinct kind, assets, scope, source from idle) as hosts group by scope, source
    )
    select assets.scope, assets.source, assets.assets, (
      select count(distinct finding.vulnerability)::integer from identification.finding
      where finding.affected and finding.source_version_id in (
        select id from idle where idle.scope = assets.scope and idle.source = assets.source
      )
    )
    from assets
  `.execute(tx);
}

/** A fleet has a few kernels per release; an rpm's parts are sources of their own. */
const IDLE_SHOWN_MAX = 100;

/** On most assets first. */
export async function readIdle(reader: Reader): Promise<FleetFindingPage['idle']> {
  return reader
    .selectFrom('identification.fleet_idle')
    .select(['scope', 'source', 'assets', 'vulnerabilities'])
    .orderBy('assets', 'desc')
    .orderBy('scope')
    .orderBy('source')
    .limit(IDLE_SHOWN_MAX)
    .execute();
}
