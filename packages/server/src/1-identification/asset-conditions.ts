import type { AssetFilter } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import { KNOWN_EXPLOITED } from './asset-figures.ts';
import { LISTING_STALE_AFTER_MS, REPORT_STALE_AFTER_MS } from './asset-staleness.ts';
import { patternsOf } from './memory-page.ts';

type Condition = RawBuilder<boolean>;
type FilterName = keyof AssetFilter;

/** What is asked of the tables `asset`, `check_in`, `package_set` and `assessment` as `fleetTables` joins them. */
export const FLEET_TABLES = sql`
  identification.asset as asset
  left join identification.check_in as check_in on check_in.asset_id = asset.id
  left join identification.package_set as package_set on package_set.id = check_in.package_set_id
  left join evaluation.assessment as assessment on assessment.asset_id = asset.id
`;

/** The same question as `judgedOf`, put to the database. */
const IS_JUDGED = sql<boolean>`(
  package_set.judged_at is not null
  and (
    package_set.ecosystem = 'components'
    or coalesce(package_set.scope in (select scope from identification.feed_scope), false)
  )
)`;
const JUDGED_WORD = sql<string>`case
  when not coalesce(${IS_JUDGED}, false) then 'no' when package_set.unjudged > 0 then 'partly' else 'yes' end`;
const IS_EXPLOITED = sql<boolean>`(coalesce(${KNOWN_EXPLOITED}, 0) > 0 and ${IS_JUDGED})`;
const NEEDS_REBOOT = sql<boolean>`coalesce(check_in.reboot_needed, false)`;

/** The same question as `staleFrom`, put to the database. */
function isStale(now: Instant): Condition {
  return sql<boolean>`case asset.origin
    when 'agent' then coalesce(check_in.seen_at, asset.first_seen) < ${timestamp(now - REPORT_STALE_AFTER_MS)}
    else coalesce(asset.listed_at, asset.first_seen) < ${timestamp(now - LISTING_STALE_AFTER_MS)}
  end`;
}

/** The same question as `supportWord`, put to the database: two sources may differ, and the last end counts. */
function supportWordAt(now: Instant, warnMs: number): RawBuilder<string> {
  const at = timestamp(now);
  return sql<string>`(
    select case
      when until is null then 'unknown'
      when ${at} < until - ${warnMs} * interval '1 millisecond' then 'supported'
      when ${at} < until then 'ending'
      when extended > greatest(${at}, until) then 'extended'
      else 'ended'
    end
    from (
      select max(ends) filter (where phase <> 'extended') as until, max(ends) filter (where phase = 'extended') as extended
      from identification.lifecycle as lifecycle
      where lifecycle.scope = coalesce(package_set.scope, asset.support_scope)
    ) as ends
  )`;
}

/** What a person took out of the inventory is in no list. */
const IS_THERE = sql<boolean>`asset.removed_at is null`;

/** As of when, and how long before its end the support of a platform is told to be ending. */
export interface ListMoment {
  readonly now: Instant;
  readonly warnMs: number;
}

/** The filter as one condition. */
export function conditionOf(filter: AssetFilter, moment: ListMoment): Condition {
  const conditions = Object.values(conditionsOf(filter, moment)).filter((condition) => condition !== null);
  return sql<boolean>`${sql.join([IS_THERE, ...conditions], sql` and `)}`;
}

function conditionsOf(filter: AssetFilter, { now, warnMs }: ListMoment): Record<FilterName, Condition | null> {
  const { release, criticality, exposure, environment, lane, maintenanceGroup, redundancyGroup, tag } = filter;
  return {
    search: given(filter.search, matches),
    release: given(release, (scopes) => sql<boolean>`coalesce(package_set.scope, 'unknown') = any (${scopes})`),
    support: given(filter.support, (words) => sql<boolean>`${supportWordAt(now, warnMs)} = any (${words})`),
    criticality: given(criticality, (words) => sql<boolean>`asset.criticality = any (${words})`),
    exposure: given(exposure, (words) => sql<boolean>`asset.exposure = any (${words})`),
    environment: given(environment, (words) => sql<boolean>`asset.environment = any (${words})`),
    origin: given(filter.origin, (words) => sql<boolean>`asset.origin = any (${words})`),
    ring: given(filter.ring, (ring) => sql<boolean>`asset.ring = ${ring}`),
    owner: given(filter.owner, (owner) => sql<boolean>`asset.owner = ${owner}`),
    maintenanceGroup: given(maintenanceGroup, (names) => sql<boolean>`asset.maintenance_group = any (${names})`),
    redundancyGroup: given(redundancyGroup, (names) => sql<boolean>`asset.redundancy_groups && ${names}::text[]`),
    tag: given(tag, (tags) => sql<boolean>`asset.tags @> ${tags}::text[]`),
    without: given(
      filter.without,
      (facts) =>
        sql<boolean>`${sql.join(
          facts.map((fact) => WITHOUT[fact]),
          sql` and `,
        )}`,
    ),
    stale: given(filter.stale, (wanted) => is(isStale(now), wanted)),
    reboot: given(filter.reboot, (wanted) => is(NEEDS_REBOOT, wanted)),
    exploited: given(filter.exploited, (wanted) => is(IS_EXPLOITED, wanted)),
    lane: given(lane, (lanes) => sql<boolean>`coalesce(assessment.lane, 'none') = any (${lanes})`),
    judged: given(filter.judged, (words) => sql<boolean>`${JUDGED_WORD} = any (${words})`),
  };
}

const WITHOUT: Readonly<Record<NonNullable<AssetFilter['without']>[number], Condition>> = {
  owner: sql<boolean>`asset.owner is null`,
  role: sql<boolean>`asset.role is null`,
  'maintenance-group': sql<boolean>`asset.maintenance_group is null`,
  'redundancy-group': sql<boolean>`asset.redundancy_groups = '{}'`,
  tag: sql<boolean>`asset.tags = '{}'`,
};

function given<Value>(value: Value | undefined, condition: (value: Value) => Condition): Condition | null {
  return value === undefined ? null : condition(value);
}

function is(condition: Condition, wanted: boolean): Condition {
  return wanted ? condition : sql<boolean>`not ${condition}`;
}

/** Every word must be somewhere in name, owner, role, tags, groups, release or product. */
function matches(search: string): Condition {
  return sql<boolean>`concat_ws(
    ' ', asset.name, asset.owner, asset.role, array_to_string(asset.tags, ' '),
    asset.maintenance_group, array_to_string(asset.redundancy_groups, ' '), package_set.scope,
    package_set.release ->> 'prettyName', asset.vendor, asset.product, asset.product_version
  ) ilike all (${patternsOf(search)}::text[])`;
}
