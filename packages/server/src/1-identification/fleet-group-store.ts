import type { Criticality, Environment, Exposure, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { type KnowledgeRow, knowledgeColumns, knowledgeTables } from './evidence-store.ts';
import { isKernel, type KernelParts, KIND_COLUMNS, runsOn, STILL_RUNNING, USED_KIND } from './fleet-parts.ts';
import type { DatedOffer } from './plain-offer.ts';

/** Assets that are alike in all that decides how urgent a finding is, and that have one source version. */
export interface HolderRow {
  readonly source_version_id: number;
  readonly environment: Environment;
  readonly exposure: Exposure;
  readonly criticality: Criticality;
  readonly assets: number;
  /** Of the first of them: whoever came first has had the longest. */
  readonly first_seen: Instant;
  /** One asset alone, on which people answered for something; null: it stands for all that are alike. */
  readonly answered: string | null;
  /** The key of the newest version of its source that they are offered, in hex; null: they are offered none. */
  readonly offered: string | null;
}

/** A finding on a source version that some asset has. */
export interface LiveFindingRow extends KnowledgeRow {
  readonly source_version_id: number;
  readonly vulnerability: string;
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  readonly feed: string;
  readonly advisory: string;
  /** Of the claim: of the release, or of a channel over it. */
  readonly claim_scope: string;
  readonly fixed: string | null;
  /** In hex; compared as text it is the order of versions. */
  readonly fixed_key: string | null;
  /** Some asset is offered the fix by a configured origin. */
  readonly offered: boolean;
  readonly released_at: Instant | null;
  readonly released_precision: 'time' | 'day' | null;
  readonly advisory_seen: Instant;
  readonly index_date: Instant | null;
}

/** Assets that were counted once too often: they have a vulnerability, or a source package, in several versions. */
export interface OverlapRow {
  readonly kind: 'vulnerability' | 'source';
  readonly name: string;
  readonly scope: string;
  readonly environment: Environment;
  readonly assets: number;
}

/** `only`: as if there were no other vulnerabilities. */
function affectedBy(only: readonly string[] | null) {
  return only === null ? sql`finding.affected` : sql`finding.affected and finding.vulnerability = any(${only}::text[])`;
}

const USED = sql`
  used as materialized (
    select row_number() over () as kind, ${USED_KIND}, asset.environment, count(*)::integer as assets
    from identification.check_in join identification.asset on asset.id = check_in.asset_id
    group by ${KIND_COLUMNS}, asset.environment
  )
`;

/** Assets on which people answered for something stand for themselves: no other has their due times. */
function usedApartFrom(answered: readonly string[]) {
  return sql`
    used as materialized (
      select ${USED_KIND}, check_in.offer_set_id, asset.environment, asset.exposure, asset.criticality, said.id as answered,
        count(*)::integer as assets, min(asset.first_seen) as first_seen
      from identification.check_in join identification.asset on asset.id = check_in.asset_id
      left join unnest(${answered}::uuid[]) as said (id) on said.id = asset.id
      group by ${KIND_COLUMNS}, check_in.offer_set_id, asset.environment, asset.exposure, asset.criticality, said.id
    )
  `;
}

function affectedVersions(only: readonly string[] | null, kernels: KernelParts) {
  return sql`
    affected as materialized (
      select version.id, version.scope, version.source, ${isKernel(kernels)} as is_kernel
      from identification.source_version as version
      where version.id in (select source_version_id from identification.finding where ${affectedBy(only)})
    )
  `;
}

export async function readHolders(
  reader: Reader,
  only: readonly string[] | null,
  kernels: KernelParts,
  answered: readonly string[] = [],
): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    with ${usedApartFrom(answered)}, ${affectedVersions(only, kernels)}, newest as materialized (
      select distinct on (listed.set_id, offer.scope, offer.source) listed.set_id as offer_set_id, offer.scope, offer.source,
        encode(offer.version_key, 'hex') as offered
      from identification.offer_set_offer as listed join identification.offer on offer.id = listed.offer_id
      where listed.set_id in (select offer_set_id from used)
        and (offer.scope, offer.source) in (select scope, source from affected)
      order by listed.set_id, offer.scope, offer.source, offer.version_key desc
    ), held as (
      select affected.id, affected.scope, affected.source, used.*
      from affected
      join identification.package_set_source as placed on placed.source_version_id = affected.id
      join used on used.set_id = placed.set_id
      where ${runsOn(kernels)}
      union all
      select affected.id, affected.scope, affected.source, used.* from used ${STILL_RUNNING}
    )
    select id as source_version_id, environment, exposure, criticality, answered, newest.offered,
      sum(assets)::integer as assets, min(first_seen) as first_seen
    from held left join newest using (offer_set_id, scope, source)
    group by id, environment, exposure, criticality, answered, newest.offered
  `.execute(reader);
  return rows;
}

export async function readLiveFindings(reader: Reader, only: readonly string[] | null): Promise<LiveFindingRow[]> {
  const { rows } = await sql<LiveFindingRow>`
    with live as materialized (
      select version.id, version.scope, version.source, version.version from identification.source_version as version
      where exists (
        select from identification.package_set_source as placed
        join identification.check_in on check_in.package_set_id = placed.set_id
        where placed.source_version_id = version.id
      ) or version.id in (
        select former.version from identification.check_in as used
        cross join lateral jsonb_to_recordset(used.lingering) as former (version integer)
      )
    ), offered as materialized (
      select distinct on (offer.scope, offer.source) offer.scope, offer.source, offer.version_key as newest
      from identification.offer
      where exists (
        select from identification.offer_set_offer as listed
        join identification.check_in on check_in.offer_set_id = listed.set_id
        where listed.offer_id = offer.id
      )
      order by offer.scope, offer.source, offer.version_key desc
    ), fix as materialized (
      select distinct live.scope, live.source, finding.fixed_key
      from live join identification.finding on finding.source_version_id = live.id
      where ${affectedBy(only)} and finding.fixed_key is not null
    ), dated as materialized (
      -- The first signed index that lists the fix lists it, or a later version.
      select fix.scope, fix.source, fix.fixed_key, (
        select min(listed.index_date) from identification.first_listed as listed
        join identification.offer using (scope, source, source_version)
        where listed.scope = fix.scope and listed.source = fix.source and offer.version_key >= fix.fixed_key
      ) as index_date
      from fix
    )
    select finding.source_version_id, finding.vulnerability, live.scope, live.source, live.version, claim.feed,
      claim.advisory, claim.scope as claim_scope, finding.fixed, encode(finding.fixed_key, 'hex') as fixed_key, coalesce(offered.newest >= finding.fixed_key, false) as offered, finding.released_at,
      finding.released_precision, finding.told_at as advisory_seen, dated.index_date, ${knowledgeColumns}
    from live
    join identification.finding on finding.source_version_id = live.id
    join identification.claim on claim.id = finding.claim_id
    left join offered on offered.scope = live.scope and offered.source = live.source
    left join dated on dated.scope = live.scope and dated.source = live.source
      and dated.fixed_key = finding.fixed_key
    ${knowledgeTables('finding.vulnerability', 'all')}
    where ${affectedBy(only)}
  `.execute(reader);
  return rows;
}

export async function readOverlaps(
  reader: Reader,
  only: readonly string[] | null,
  kernels: KernelParts,
): Promise<OverlapRow[]> {
  const { rows } = await sql<OverlapRow>`
    with ${USED}, ${affectedVersions(only, kernels)}, placed as materialized (
      select used.kind, affected.id, affected.scope, affected.source
      from affected
      join identification.package_set_source as placed on placed.source_version_id = affected.id
      join used on used.set_id = placed.set_id
      where ${runsOn(kernels)}
      union all
      select used.kind, affected.id, affected.scope, affected.source from used ${STILL_RUNNING}
    ), several as materialized (
      select kind, scope, source, count(*) as times from placed group by kind, scope, source having count(*) > 1
    ), crossing as materialized (
      -- One vulnerability in several source packages of a release.
      select finding.vulnerability, affected.scope
      from affected join identification.finding on finding.source_version_id = affected.id
      where ${affectedBy(only)}
      group by finding.vulnerability, affected.scope having count(distinct affected.source) > 1
    ), suspect as (
      select placed.* from placed join several using (kind, scope, source)
      union
      select placed.* from placed where placed.id in (
        select finding.source_version_id from identification.finding join crossing using (vulnerability)
      )
    ), twice as (
      select suspect.kind, suspect.scope, finding.vulnerability, count(*) as times
      from suspect join identification.finding on finding.source_version_id = suspect.id
      where ${affectedBy(only)}
      group by suspect.kind, suspect.scope, finding.vulnerability having count(*) > 1
    )
    select 'vulnerability' as kind, twice.vulnerability as name, twice.scope, used.environment,
      sum(used.assets * (twice.times - 1))::integer as assets
    from twice join used using (kind) group by twice.vulnerability, twice.scope, used.environment
    union all
    select 'source' as kind, several.source as name, several.scope, used.environment,
      sum(used.assets * (several.times - 1))::integer as assets
    from several join used using (kind) group by several.source, several.scope, used.environment
  `.execute(reader);
  return rows;
}

/** A row of identification.fleet_group, as the database reads it from JSON. */
export interface FleetGroupRow {
  readonly kind: 'vulnerability' | 'source';
  readonly name: string;
  readonly scope: string;
  readonly environment: string;
  readonly assets: number;
  readonly answered: number;
  readonly vulnerabilities: number;
  readonly sources: readonly string[];
  readonly scopes: readonly string[];
  readonly feeds: readonly string[];
  readonly advisories: readonly string[];
  readonly lane: string;
  readonly due: string;
  readonly severity: string;
  readonly known_exploited: boolean;
  readonly epss: number;
  readonly fixes: readonly string[];
  readonly offered_on: number | null;
}

/** All but what is searched, which the database writes. */
const GROUP_COLUMNS = sql`
  kind, name, scope, environment, assets, answered, vulnerabilities, sources, scopes, feeds, advisories, lane, due,
  severity, known_exploited, epss, fixes, offered_on
`;

/** Rows of one statement: a JSON text of a few megabytes. */
const STORED_AT_ONCE_MAX = 5_000;

/** Only rows that differ are written. */
export async function storeFleetGroups(tx: Tx, groups: readonly FleetGroupRow[]): Promise<void> {
  await sql`
    create temporary table grouped on commit drop as
    select ${GROUP_COLUMNS} from identification.fleet_group with no data
  `.execute(tx);
  for (let from = 0; from < groups.length; from += STORED_AT_ONCE_MAX) {
    const some = JSON.stringify(groups.slice(from, from + STORED_AT_ONCE_MAX));
    await sql`
      insert into grouped
      select ${GROUP_COLUMNS} from json_populate_recordset(null::identification.fleet_group, ${some}::json)
    `.execute(tx);
  }
  await sql`analyze grouped`.execute(tx);
  await sql`
    delete from identification.fleet_group as old where not exists (
      select from grouped
      where grouped.kind = old.kind and grouped.name = old.name and grouped.scope = old.scope
        and grouped.environment = old.environment
    )
  `.execute(tx);
  await sql`
    -- In the order of its lists: what a page or a search looks at stands together.
    insert into identification.fleet_group as old (${GROUP_COLUMNS})
    select ${GROUP_COLUMNS} from grouped order by kind, scope, environment, due
    on conflict (kind, scope, environment, name) do update set
      assets = excluded.assets, answered = excluded.answered, vulnerabilities = excluded.vulnerabilities,
      sources = excluded.sources, scopes = excluded.scopes, feeds = excluded.feeds, advisories = excluded.advisories, lane = excluded.lane,
      due = excluded.due, severity = excluded.severity, known_exploited = excluded.known_exploited,
      epss = excluded.epss, fixes = excluded.fixes, offered_on = excluded.offered_on
    where (old.assets, old.answered, old.vulnerabilities, old.sources, old.scopes, old.feeds, old.advisories, old.lane,
        old.due, old.severity, old.known_exploited, old.epss, old.fixes, old.offered_on)
      is distinct from (excluded.assets, excluded.answered, excluded.vulnerabilities, excluded.sources, excluded.scopes, excluded.feeds,
        excluded.advisories, excluded.lane, excluded.due, excluded.severity, excluded.known_exploited, excluded.epss,
        excluded.fixes, excluded.offered_on)
  `.execute(tx);
  await sql`drop table grouped`.execute(tx);
}

/** How urgent a vulnerability in one source package on one release is. */
export interface FindingUrgencyRow {
  readonly vulnerability: string;
  readonly source: string;
  readonly scope: string;
  readonly lane: string;
  readonly due: string;
  readonly severity: string;
  readonly fix: string;
  /** Of the assets that stand behind it, one for each version that it has, and those of them that are offered a fix. */
  readonly holds: number;
  readonly offered: number;
}

/** The rows themselves were counted before, in the same transaction. */
export async function storeFindingUrgencies(tx: Tx, rows: readonly FindingUrgencyRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += STORED_AT_ONCE_MAX) {
    const some = JSON.stringify(rows.slice(from, from + STORED_AT_ONCE_MAX));
    await sql`
      update identification.fleet_finding as fleet
      set lane = told.lane, due = told.due, severity = told.severity, fix = told.fix, offered_on = told.offered_on
      from (
        select told.*, case
          when told.offered = 0 then 0
          when told.offered = told.holds then counted.assets
          -- With several versions on one asset some of them may be offered their fix.
          when told.holds = counted.assets then told.offered
        end as offered_on
        from json_to_recordset(${some}::json) as told (vulnerability text, source text, scope text, lane text,
          due timestamptz, severity text, fix text, holds integer, offered integer)
        join identification.fleet_finding as counted using (vulnerability, source, scope)
      ) as told
      where fleet.vulnerability = told.vulnerability and fleet.source = told.source and fleet.scope = told.scope
        and (fleet.lane, fleet.due, fleet.severity, fleet.fix, fleet.offered_on)
          is distinct from (told.lane, told.due, told.severity, told.fix, told.offered_on)
    `.execute(tx);
  }
}

/** An offered version that ends nothing that is known, on the assets that have been here longest. */
interface PlainOfferRow extends DatedOffer {
  readonly scope: string;
  readonly exposure: Exposure;
  readonly criticality: Criticality;
  readonly asset_first_seen: Instant;
}

export async function readPlainOffers(reader: Reader): Promise<PlainOfferRow[]> {
  const { rows } = await sql<PlainOfferRow>`
    with used as materialized (
      select check_in.offer_set_id as set_id, asset.exposure, asset.criticality, min(asset.first_seen) as first_seen
      from identification.check_in join identification.asset on asset.id = check_in.asset_id
      group by check_in.offer_set_id, asset.exposure, asset.criticality
    )
    select fleet.scope, fleet.source, fleet.source_version, fleet.kind, offer.first_seen, listed.index_date,
      used.exposure, used.criticality, min(used.first_seen) as asset_first_seen
    from identification.fleet_update as fleet
    join identification.offer using (scope, source, source_version)
    join identification.offer_set_offer as placed on placed.offer_id = offer.id
    join used on used.set_id = placed.set_id
    left join identification.first_listed as listed using (scope, source, source_version)
    where fleet.fixes = '{}'
    group by fleet.scope, fleet.source, fleet.source_version, fleet.kind, offer.first_seen, listed.index_date,
      used.exposure, used.criticality
  `.execute(reader);
  return rows;
}

export interface UpdateUrgencyRow {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly lane: string;
  readonly due: string;
}

/** An update is as urgent as the most urgent of what it ends; one that ends nothing, as its row here says. // SOP S2 */
export async function storeUpdateUrgencies(tx: Tx, plain: readonly UpdateUrgencyRow[]): Promise<void> {
  await sql`
    with told as (
      select * from json_to_recordset(${JSON.stringify(plain)}::json)
        as row (scope text, source text, source_version text, lane text, due timestamptz)
      union all
      (select distinct on (fleet.scope, fleet.source, fleet.source_version)
        fleet.scope, fleet.source, fleet.source_version, ended.lane, ended.due
      from identification.fleet_update as fleet
      join identification.fleet_finding as ended on ended.source = fleet.source and ended.scope = fleet.scope
        and ended.vulnerability = any(fleet.fixes)
      where ended.due is not null
      order by fleet.scope, fleet.source, fleet.source_version, ended.due,
        array_position(array['emergency', 'mitigation', 'critical', 'routine'], ended.lane))
    )
    update identification.fleet_update as fleet set lane = told.lane, due = told.due
    from told
    where fleet.scope = told.scope and fleet.source = told.source and fleet.source_version = told.source_version
      and (fleet.lane, fleet.due) is distinct from (told.lane, told.due)
  `.execute(tx);
}

/** Which groups a page shows; what is null lets everything through. */
export interface GroupFilter {
  readonly kind: 'vulnerability' | 'source';
  readonly scope: string;
  readonly environment: string;
  readonly patterns: readonly string[] | null;
  readonly lane: string | null;
  readonly severity: string | null;
  readonly source: string | null;
  readonly exploited: boolean;
  /** Due before it. */
  readonly lateAt: Instant | null;
  readonly fix: string | null;
}

export interface ListedGroupRow extends Omit<FleetGroupRow, 'due' | 'severity' | 'lane' | 'fixes'> {
  readonly lane: 'routine' | 'critical' | 'emergency' | 'mitigation';
  readonly due: Instant;
  readonly severity: 'none' | 'low' | 'medium' | 'high' | 'critical' | 'unknown';
  readonly fixes: readonly ('offered' | 'not-offered' | 'needs-subscription' | 'no-fix')[];
}

/** The last row of the page before. */
export type GroupPlace = [due: Instant, notExploited: boolean, assets: number, name: string];

export async function listGroups(
  reader: Reader,
  filter: GroupFilter,
  { after, limit }: { readonly after: GroupPlace | undefined; readonly limit: number },
): Promise<ListedGroupRow[]> {
  const { rows } = await sql<ListedGroupRow>`
    select ${GROUP_COLUMNS} from identification.fleet_group
    where ${passes(filter)} and ${
      after === undefined
        ? sql`true`
        : sql`(due, (not known_exploited), (-assets), name)
            > (${timestamp(after[0])}, ${after[1]}::boolean, ${after[2]}::integer, ${after[3]})`
    }
    order by due, (not known_exploited), (-assets), name limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countGroups(reader: Reader, filter: GroupFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.fleet_group where ${passes(filter)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

function passes(filter: GroupFilter) {
  const conditions = [
    sql`kind = ${filter.kind} and scope = ${filter.scope} and environment = ${filter.environment}`,
    ...(filter.lane === null ? [] : [sql`lane = ${filter.lane}`]),
    ...(filter.severity === null ? [] : [sql`severity = ${filter.severity}`]),
    ...(filter.source === null ? [] : [sql`${filter.source} = any(sources)`]),
    ...(filter.exploited ? [sql`known_exploited`] : []),
    ...(filter.lateAt === null ? [] : [sql`due < ${timestamp(filter.lateAt)}`]),
    ...(filter.fix === null ? [] : [sql`${filter.fix} = any(fixes)`]),
    ...(filter.patterns === null ? [] : [sql`words like all (${filter.patterns}::text[])`]),
  ];
  return sql.join(conditions, sql` and `);
}
