import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';
import type { MergeCounts } from './feeds-store.ts';

interface AnnouncementFile {
  readonly feed: string;
  readonly sha256: string;
}

/**
 * Keeps what a file announces: new entries wait to be triaged, and those that say something else than before wait again.
 * What the file leaves out stays: feeds hold their newest entries alone. An entry that is older by its own date than the
 * one that is kept changes nothing.
 */
export async function mergeAnnouncements(
  tx: Tx,
  { feed, sha256 }: AnnouncementFile,
  batches: readonly string[],
  at: Instant,
): Promise<MergeCounts> {
  await stage(tx, batches);
  await sql`
    create temporary table announced on commit drop as
    select staged.*, known.id, coalesce(known.revision, 0) + 1 as revision, known.id is null as is_new
    from staged_announcement as staged
    left join identification.announcement as known on known.feed = ${feed} and known.entry = staged.entry
    left join identification.announcement_revision as last
      on last.announcement = known.id and last.revision = known.revision
    where known.id is null or (last.content <> staged.content and coalesce(staged.updated >= last.updated, true))
  `.execute(tx);
  await sql`
    update announced set id = ${feed} || '-' || numbered.serial
    from (
      select entry, nextval('identification.announcement_serial') as serial
      from (select entry from announced where is_new order by published nulls first, entry) as ordered
    ) as numbered
    where announced.entry = numbered.entry
  `.execute(tx);
  await sql`
    insert into identification.announcement
      (id, serial, feed, entry, state, revision, first_seen, waiting_since, words)
    select id, substring(id from '\\d+$')::bigint, ${feed}, entry, 'waiting', revision, ${timestamp(at)}, ${timestamp(at)},
      lower(id || ' ' || title)
    from announced where is_new
  `.execute(tx);
  await sql`
    update identification.announcement as known set
      changed = known.changed or known.state <> 'waiting', state = 'waiting', revision = announced.revision,
      waiting_since = coalesce(known.waiting_since, ${timestamp(at)}), words = lower(known.id || ' ' || announced.title)
    from announced where announced.id = known.id and not announced.is_new
  `.execute(tx);
  await sql`
    insert into identification.announcement_revision
      (announcement, revision, title, body, link, published, published_precision, updated, source, sha256, file_sha256,
       content, seen_at)
    select id, revision, title, body, link, published, published_precision, updated, source, sha256, ${sha256}, content,
      ${timestamp(at)}
    from announced
  `.execute(tx);
  return countAnnounced(tx);
}

async function stage(tx: Tx, batches: readonly string[]): Promise<void> {
  await sql`
    create temporary table staged_announcement (
      entry text, title text, body text, link text, published timestamptz, published_precision text, updated timestamptz,
      source text, sha256 text, content text
    ) on commit drop
  `.execute(tx);
  for (const batch of batches) {
    await sql`
      insert into staged_announcement
      select * from json_populate_recordset(null::staged_announcement, ${batch}::json)
    `.execute(tx);
  }
  await sql`analyze staged_announcement`.execute(tx);
}

async function countAnnounced(tx: Tx): Promise<MergeCounts> {
  const { rows } = await sql<{ added: number; updated: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as updated from announced
  `.execute(tx);
  return { added: rows[0]?.added ?? 0, updated: rows[0]?.updated ?? 0, removed: 0 };
}

export async function countAnnouncements(tx: Tx, feed: string): Promise<number> {
  const { count } = await tx
    .selectFrom('identification.announcement')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('feed', '=', feed)
    .executeTakeFirstOrThrow();
  return count;
}
