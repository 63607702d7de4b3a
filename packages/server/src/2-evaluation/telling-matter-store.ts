import { type Lifecycle, publicSupportEnd } from '@patchsteward/core/1-identification';
import type { TellingKind } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** Something that is so now and that people are to know. */
export interface Matter {
  readonly kind: TellingKind;
  readonly subject: string;
  readonly line: string;
}

/** More at once nobody reads, and the message only counts them; the rest follows at the next look. */
const NEW_AT_ONCE_MAX = 2_000;

/** All that is so now. Vulnerabilities by their gravest: one that is exploited is not told a second time as critical. */
export async function readMatters(
  reader: Reader,
  { now, unreadAfterMs }: { readonly now: Instant; readonly unreadAfterMs: number },
): Promise<Matter[]> {
  return [
    ...(await readUrgent(reader)),
    ...(await readEndedPlatforms(reader, now)),
    ...(await readSilentFeeds(reader)),
    ...(await readUnread(reader, now - unreadAfterMs)),
  ];
}

async function readUrgent(reader: Reader): Promise<Matter[]> {
  const { rows } = await sql<Matter>`
    select case when known_exploited then 'exploited' else lane end as kind, name as subject,
      name || ' in ' || array_to_string(sources[1:3], ', ') || ' on ' || assets ||
        case when assets = 1 then ' asset' else ' assets' end as line
    from identification.fleet_group
    where fleet_group.kind = 'vulnerability' and scope = '' and environment = ''
      and (known_exploited or lane in ('critical', 'emergency'))
    order by due, name
  `.execute(reader);
  return rows;
}

/** Releases of platforms and products of assets that get no fixes for everybody any more. */
async function readEndedPlatforms(reader: Reader, now: Instant): Promise<Matter[]> {
  const { rows } = await sql<Lifecycle & { readonly assets: number }>`
    select lifecycle.scope, lifecycle.phase, lifecycle.ends, used.assets
    from identification.lifecycle
    join (
      select coalesce(package_set.scope, asset.support_scope) as scope, count(*) as assets
      from identification.check_in
      join identification.package_set on package_set.id = check_in.package_set_id
      join identification.asset on asset.id = check_in.asset_id and asset.removed_at is null
      group by coalesce(package_set.scope, asset.support_scope)
    ) as used on used.scope = lifecycle.scope
  `.execute(reader);
  return [...Map.groupBy(rows, ({ scope }) => scope)].flatMap(([scope, lifecycles]) => {
    const until = publicSupportEnd(lifecycles);
    if (until === null || until > now) return [];
    const day = new Date(until).toISOString().slice(0, 10);
    const assets = lifecycles[0]?.assets ?? 0;
    const line = `${scope.replace(/^product:/, '')} on ${assets} ${assets === 1 ? 'asset' : 'assets'}: no fixes for everybody since ${day}`;
    return [{ kind: 'support-ended', subject: scope, line }];
  });
}

async function readSilentFeeds(reader: Reader): Promise<Matter[]> {
  const { rows } = await sql<Matter>`
    select 'feed-silent' as kind, silence.feed as subject,
      coalesce(feed.title, feed.id) || ': nothing new since ' || to_char(silence.since at time zone 'UTC', 'YYYY-MM-DD') as line
    from identification.feed_silence as silence join identification.feed on feed.id = silence.feed
    where silence.ended_at is null order by silence.feed
  `.execute(reader);
  return rows;
}

async function readUnread(reader: Reader, before: Instant): Promise<Matter[]> {
  const { rows } = await sql<Matter>`
    select 'announcements-unread' as kind, feed.id as subject,
      count(*) || ' of ' || coalesce(feed.title, feed.id) || case when count(*) = 1 then ' waits' else ' wait' end
        || ' to be read since ' || to_char(min(waiting_since) at time zone 'UTC', 'YYYY-MM-DD') as line
    from identification.announcement join identification.feed on feed.id = announcement.feed
    where announcement.state = 'waiting' and feed.removed_at is null
      and announcement.waiting_since <= ${timestamp(before)}
    group by feed.id order by feed.id
  `.execute(reader);
  return rows;
}

export interface NewMatter extends Matter {
  readonly id: number;
  readonly owners: readonly string[];
}

/**
 * Ends what is so no more, and keeps what is new: neither open, nor over for less than `quietMs`, so that what comes and
 * goes with every import is told once.
 */
export async function keepMatters(
  tx: Tx,
  matters: readonly Matter[],
  { now, quietMs }: { readonly now: Instant; readonly quietMs: number },
): Promise<NewMatter[]> {
  const current = JSON.stringify(matters);
  await sql`
    update evaluation.matter as known set over_at = ${timestamp(now)}
    where over_at is null and not exists (
      select from json_to_recordset(${current}::json) as current (kind text, subject text)
      where current.kind = known.kind and current.subject = known.subject
    )
  `.execute(tx);
  const { rows } = await sql<NewMatter>`
    insert into evaluation.matter (kind, subject, line, owners, seen_at)
    select current.kind, current.subject, current.line, case
        when current.kind in ('exploited', 'emergency', 'critical') then array(
          select distinct lower(asset.owner) from identification.finding
          join identification.package_set_source as placed on placed.source_version_id = finding.source_version_id
          join identification.check_in on check_in.package_set_id = placed.set_id
          join identification.asset on asset.id = check_in.asset_id and asset.removed_at is null
          where finding.vulnerability = current.subject and finding.affected and asset.owner is not null)
        when current.kind = 'support-ended' then array(
          select distinct lower(asset.owner) from identification.package_set
          join identification.check_in on check_in.package_set_id = package_set.id
          join identification.asset on asset.id = check_in.asset_id and asset.removed_at is null
          where coalesce(package_set.scope, asset.support_scope) = current.subject and asset.owner is not null)
        else '{}' end,
      ${timestamp(now)}
    from json_to_recordset(${current}::json) as current (kind text, subject text, line text)
    where not exists (
      select from evaluation.matter as known
      where known.kind = current.kind and known.subject = current.subject
        and (known.over_at is null or known.over_at > ${timestamp(now - quietMs)})
    )
    limit ${NEW_AT_ONCE_MAX}
    returning id, kind, subject, line, owners
  `.execute(tx);
  return rows;
}
