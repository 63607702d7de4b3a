import { PRODUCT_SCOPE } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';
import { type FileSources, refreshSources, stageSources } from './advisory-sources.ts';
import { IS_SPOKEN_OF } from './coverage.ts';
import type { FeedRows } from './feeds-rows.ts';
import type { MergeCounts } from './feeds-store.ts';
import { holdClaims } from './judging-lock.ts';

/**
 * Brings advisories and their claims to what a feed says now. What the feed does not name stays as it is: an advisory
 * ends when its vendor withdraws it, not when a file leaves it out. An older revision than the stored one changes
 * nothing. Claims are append-only: those that a changed advisory does not repeat are closed, and what it says anew is
 * added, so that a database of thousands of fixes reaches only the packages whose fix changed.
 */
export async function mergeAdvisories(
  tx: Tx,
  feed: string,
  rows: FeedRows,
  at: Instant,
  sources: FileSources | null = null,
): Promise<MergeCounts> {
  await stageAdvisories(tx, rows);
  await stageSources(tx, sources);
  await sql`
    create temporary table changed on commit drop as
    select staged.*, known.id is null as is_new,
      staged.withdrawn is not null and known.withdrawn is null and known.id is not null as is_end
    from staged_advisory as staged
    left join identification.advisory as known on known.feed = ${feed} and known.id = staged.id
    where known.id is null
      or (known.revision <> staged.revision and coalesce(staged.modified >= known.modified, true))
  `.execute(tx);
  await storeAdvisories(tx, feed, at);
  await refreshSources(tx, feed);
  await replaceClaims(tx, feed, at);
  await markTouched(tx, feed);
  return countChanged(tx);
}

async function stageAdvisories(tx: Tx, { rows, claims }: FeedRows): Promise<void> {
  await sql`
    create temporary table staged_advisory (
      id text, summary text, published timestamptz, published_precision text, modified timestamptz,
      withdrawn timestamptz, aliases text[], reference_urls text[], revision text
    ) on commit drop
  `.execute(tx);
  await sql`
    create temporary table staged_claim (
      advisory text, authority text, vulnerabilities text[], scope text, package_kind text, package_name text,
      architectures text[], status text, ranges jsonb, versions text[], published timestamptz,
      published_precision text, modified timestamptz,
      withdrawn timestamptz, provenance text, justification text, impact text
    ) on commit drop
  `.execute(tx);
  for (const batch of rows) {
    await sql`insert into staged_advisory select * from json_populate_recordset(null::staged_advisory, ${batch}::json)`.execute(
      tx,
    );
  }
  for (const batch of claims) {
    await sql`insert into staged_claim select * from json_populate_recordset(null::staged_claim, ${batch}::json)`.execute(
      tx,
    );
  }
  // What rows are found by is all that the planner asks about.
  await sql`analyze staged_advisory (id, revision), staged_claim (advisory)`.execute(tx);
}

async function storeAdvisories(tx: Tx, feed: string, at: Instant): Promise<void> {
  await sql`
    insert into identification.advisory
      (feed, id, summary, published, published_precision, modified, withdrawn, aliases, reference_urls, revision, first_seen,
       source_sha256, source_kind, checked_by, signed_by)
    select ${feed}, changed.id, summary, published, published_precision, modified, withdrawn, aliases, reference_urls,
      revision, ${timestamp(at)}, source.sha256, source.kind, source.checked_by, source.signed_by
    from changed left join staged_source as source on source.id = changed.id
    on conflict (feed, id) do update set
      summary = excluded.summary, published = excluded.published, published_precision = excluded.published_precision,
      modified = excluded.modified, withdrawn = excluded.withdrawn, aliases = excluded.aliases,
      reference_urls = excluded.reference_urls, revision = excluded.revision, source_sha256 = excluded.source_sha256,
      source_kind = excluded.source_kind, checked_by = excluded.checked_by, signed_by = excluded.signed_by
  `.execute(tx);
}

async function replaceClaims(tx: Tx, feed: string, at: Instant): Promise<void> {
  await sql`create temporary table touched (scope text, package_name text) on commit drop`.execute(tx);
  await openFirstClaims(tx, feed, at);
  await stageSaid(tx, feed);
  await sql`
    with closed as (
      update identification.claim as claim set valid_to = ${timestamp(at)}
      from changed
      where claim.feed = ${feed} and claim.advisory = changed.id and claim.valid_to is null and not changed.is_new
        and not exists (select from said where said.known = claim.id)
      returning claim.scope, claim.package_name
    )
    insert into touched select distinct scope, package_name from closed
  `.execute(tx);
  await sql`
    with opened as (
      ${openClaims(feed, at)} from said where known is null
      order by scope, package_name
      returning scope, package_name
    )
    insert into touched select distinct scope, package_name from opened
  `.execute(tx);
}

/** What new advisories say: of a feed that is imported for the first time all, some hundred thousand claims. */
async function openFirstClaims(tx: Tx, feed: string, at: Instant): Promise<void> {
  // What is said is put in order before it is unfolded: that fits into memory, and the claims are not sorted again.
  await sql`
    ${openClaims(feed, at)} from (
      select staged.* from staged_claim as staged join changed on changed.id = staged.advisory
      where changed.is_new and changed.withdrawn is null
      order by scope, package_name
    ) as first cross join unnest(vulnerabilities) as vulnerability
  `.execute(tx);
  await sql`
    insert into touched
    select distinct scope, package_name from staged_claim as staged join changed on changed.id = staged.advisory
    where changed.is_new and changed.withdrawn is null and vulnerabilities <> '{}'
  `.execute(tx);
}

/** The caller says from where. */
function openClaims(feed: string, at: Instant): RawBuilder<unknown> {
  return sql`
    insert into identification.claim
      (feed, advisory, authority, vulnerability, scope, package_kind, package_name, architectures, status, ranges, versions,
       published, published_precision, modified, withdrawn, provenance, justification, impact, valid_from)
    select ${feed}, advisory, authority, vulnerability, scope, package_kind, package_name, architectures, status, ranges,
      versions, published, published_precision, modified, withdrawn, provenance, justification, impact, ${timestamp(at)}`;
}

/** What advisories that were known say now, by vulnerability; `known`: the claim that says so already. */
async function stageSaid(tx: Tx, feed: string): Promise<void> {
  await sql`
    create temporary table said on commit drop as
    select staged.advisory, authority, vulnerability, scope, package_kind, package_name, architectures, status, ranges,
      versions, staged.published, staged.published_precision, staged.modified, staged.withdrawn, staged.provenance, staged.justification, staged.impact,
      null::bigint as known
    from staged_claim as staged
    join changed on changed.id = staged.advisory
    cross join unnest(vulnerabilities) as vulnerability
    where not changed.is_new and changed.withdrawn is null
  `.execute(tx);
  await sql`analyze said (advisory, vulnerability, scope, package_name)`.execute(tx);
  await sql`
    update said set known = claim.id from identification.claim as claim
    where claim.feed = ${feed} and claim.valid_to is null and claim.advisory = said.advisory
      and claim.vulnerability = said.vulnerability and claim.scope = said.scope
      and claim.package_kind = said.package_kind and claim.package_name = said.package_name
      and claim.authority = said.authority and claim.status = said.status
      and claim.ranges = said.ranges and claim.versions = said.versions
      and claim.published_precision = said.published_precision
      and (claim.architectures, claim.published, claim.modified, claim.withdrawn, claim.provenance, claim.justification,
          claim.impact)
        is not distinct from (said.architectures, said.published, said.modified, said.withdrawn, said.provenance,
          said.justification, said.impact)
  `.execute(tx);
}

/** Ends all that a feed claims; what it says later is new. How many claims that were. */
export async function endClaims(tx: Tx, feed: string, at: Instant): Promise<number> {
  await sql`create temporary table touched (scope text, package_name text) on commit drop`.execute(tx);
  const closed = await sql`
    with closed as (
      update identification.claim set valid_to = ${timestamp(at)}
      where feed = ${feed} and valid_to is null
      returning scope, package_name
    )
    insert into touched select scope, package_name from closed
  `.execute(tx);
  await sql`update identification.advisory set revision = '' where feed = ${feed}`.execute(tx);
  const { rows: scopes } = await sql<{ scope: string }>`
    delete from identification.feed_scope where feed = ${feed} returning scope
  `.execute(tx);
  await markSources(tx);
  const gone = scopes.map(({ scope }) => scope);
  // What nobody speaks of any more is not judged any more.
  await sql`
    update identification.package_set set count_needed = true
    where id in (
      select id from identification.package_set
      where scope = any(${gone}::text[]) or ecosystem = 'components' and exists (
        select from identification.package_set_source as source
        join identification.source_version as version on version.id = source.source_version_id
        where source.set_id = package_set.id and version.scope = any(${gone}::text[])
      )
      order by id for update
    )
  `.execute(tx);
  return Number(closed.numAffectedRows ?? 0n);
}

/** What the change reaches must be judged again, and what a feed covers for the first time is judged at all. */
async function markTouched(tx: Tx, feed: string): Promise<void> {
  const { rows: covered } = await sql<{ scope: string }>`
    insert into identification.feed_scope (feed, scope) select distinct ${feed}, scope from touched
    on conflict do nothing returning scope
  `.execute(tx);
  const first = covered.map(({ scope }) => scope);
  await markSources(tx);
  await sql`
    update identification.package_set set count_needed = true
    where id in (
      select id from identification.package_set
      where judged_at is null and scope in (select scope from touched)
        or ecosystem = 'components' and (judged_at is null or unjudged > 0) and exists (
          select from identification.package_set_source as source
          join identification.source_version as version on version.id = source.source_version_id
          where source.set_id = package_set.id and version.scope <> ${PRODUCT_SCOPE}
            and version.scope in (select scope from touched)
            -- What was judged in part is so of registries that somebody speaks of: another one changes it.
            and (package_set.judged_at is null or version.scope = any(${first}::text[]))
        )
      order by id for update
    )
  `.execute(tx);
  await markProducts(tx);
}

/** Products of vendors that a change names: where somebody speaks of one for the first time, or nobody does any more. */
async function markProducts(tx: Tx): Promise<void> {
  await sql`
    update identification.package_set set count_needed = true
    where id in (
      select id from identification.package_set
      where id in (
        select known.id from identification.source_version as version
        join identification.package_set_source as source on source.source_version_id = version.id
        join identification.package_set as known on known.id = source.set_id
        where version.scope = ${PRODUCT_SCOPE}
          and split_part(version.source, '/', 1) in (
            select split_part(package_name, '/', 1) from touched where scope = ${PRODUCT_SCOPE}
          )
          and (known.unjudged > 0 or (known.judged_at is null) = ${IS_SPOKEN_OF})
      )
      order by id for update
    )
  `.execute(tx);
}

async function markSources(tx: Tx): Promise<void> {
  await holdClaims(tx);
  // A channel (Ubuntu Pro, a minor release of Red Hat) speaks of builds that stand on hosts of the plain release.
  await sql`
    insert into touched
    select regexp_replace(replace(scope, 'ubuntu-pro:', 'ubuntu:'), '^rhel-[a-z0-9]+:(\\d+).*$', 'rhel:\\1'), package_name
    from touched where scope like 'ubuntu-pro:%' or scope like 'rhel-%'
  `.execute(tx);
  await sql`
    update identification.source_version set judge_needed = true
    where id in (
      select id from identification.source_version
      where id in (
        select version.id from identification.source_version as version
        join touched on touched.scope = version.scope and touched.package_name = version.source
        union all
        select version.id from identification.source_version as version
        join touched on touched.scope = version.scope and touched.package_name = version.built_from
        where version.built_from <> ''
      )
      order by id for update
    )
  `.execute(tx);
}

async function countChanged(tx: Tx): Promise<MergeCounts> {
  const { rows } = await sql<MergeCounts>`
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new and not is_end) as updated,
      count(*) filter (where is_end) as removed
    from changed
  `.execute(tx);
  return rows[0] ?? { added: 0, updated: 0, removed: 0 };
}

/** Source versions that this transaction had judged again, by whomever. */
export async function countMarked(tx: Tx): Promise<number> {
  const { rows } = await sql<{ marked: number }>`
    select count(*) as marked from identification.source_version
    where judge_needed and changed_in = pg_current_xact_id()
  `.execute(tx);
  return rows[0]?.marked ?? 0;
}

/** Advisories that stand. */
export async function countAdvisories(tx: Tx, feed: string): Promise<number> {
  const { count } = await tx
    .selectFrom('identification.advisory')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('feed', '=', feed)
    .where('withdrawn', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
