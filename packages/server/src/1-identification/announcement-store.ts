import type { TriagedClaim } from '@patchsteward/contract';
import type { Precision } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { FORMS_OF_ANNOUNCEMENTS } from './announcement-feeds.ts';

export type AnnouncementState = 'waiting' | 'claimed' | 'dismissed';

export interface TriageRow {
  readonly id: string;
  readonly kind: 'claim' | 'dismissal' | 'undo';
  readonly revision: number;
  readonly claim: TriagedClaim | null;
  readonly why: string | null;
  readonly person_name: string;
  readonly at: Instant;
  readonly undoes: string | null;
}

/** An announcement with its newest revision and what stands of what was made of it. */
export interface AnnouncementRow {
  readonly id: string;
  readonly serial: number;
  readonly feed: string;
  readonly vendor: string;
  readonly entry: string;
  readonly state: AnnouncementState;
  readonly changed: boolean;
  readonly revision: number;
  readonly first_seen: Instant;
  readonly waiting_since: Instant | null;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly published: Instant | null;
  readonly published_precision: Precision;
  readonly sha256: string;
  readonly file_sha256: string;
  readonly seen_at: Instant;
  readonly triage: TriageRow | null;
}

/** JSON of the database has instants as texts; they come as numbers beside it. */
interface StoredTriage extends Omit<TriageRow, 'at'> {
  readonly at_ms: number;
}
type StoredRow = Omit<AnnouncementRow, 'triage'> & { readonly triage: StoredTriage | null };

const triageObject = sql`
  json_build_object('id', triage.id, 'kind', triage.kind, 'revision', triage.revision, 'claim', triage.claim,
    'why', triage.why, 'person_name', triage.person_name, 'undoes', triage.undoes,
    'at_ms', floor(extract(epoch from triage.at) * 1000)::bigint)
`;

const announcements = sql`
  select announcement.id, announcement.serial, announcement.feed, coalesce(feed.title, feed.id) as vendor,
    announcement.entry, announcement.state, announcement.changed, announcement.revision, announcement.first_seen,
    announcement.waiting_since, last.title, last.body, last.link, last.published, last.published_precision, last.sha256,
    last.file_sha256, last.seen_at, case when triage.id is not null then ${triageObject} end as triage
  from identification.announcement
  join identification.feed on feed.id = announcement.feed
  join identification.announcement_revision as last
    on last.announcement = announcement.id and last.revision = announcement.revision
  left join identification.announcement_triage as triage on triage.id = announcement.triage
`;

function rowOf({ triage, ...row }: StoredRow): AnnouncementRow {
  return { ...row, triage: triage === null ? null : triageOf(triage) };
}

function triageOf({ at_ms: at, ...triage }: StoredTriage): TriageRow {
  return { ...triage, at };
}

export async function readAnnouncement(reader: Reader, id: string): Promise<AnnouncementRow | undefined> {
  const { rows } = await sql<StoredRow>`${announcements} where announcement.id = ${id}`.execute(reader);
  return rows.map(rowOf)[0];
}

/** In the order of their ids, so that two who lock several never wait for each other. */
export async function lockAnnouncements(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, AnnouncementRow>> {
  const { rows } = await sql<StoredRow>`
    ${announcements} where announcement.id = any(${ids}::text[]) order by announcement.id for update of announcement
  `.execute(tx);
  return new Map(rows.map((row) => [row.id, rowOf(row)]));
}

export interface AnnouncementFilter {
  readonly state: AnnouncementState | 'all';
  readonly feed: string | null;
  readonly patterns: readonly string[] | null;
}

/** Those of feeds that were removed are kept, and seen by their names alone. */
function filtered({ state, feed, patterns }: AnnouncementFilter) {
  return sql`
    feed.removed_at is null
    and ${state === 'all' ? sql`true` : sql`announcement.state = ${state}`}
    and ${feed === null ? sql`true` : sql`announcement.feed = ${feed}`}
    and ${patterns === null ? sql`true` : sql`announcement.words like all (${patterns}::text[])`}
  `;
}

export async function listAnnouncements(
  reader: Reader,
  filter: AnnouncementFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<AnnouncementRow[]> {
  const { rows } = await sql<StoredRow>`
    ${announcements} where ${filtered(filter)}
      and ${before === undefined ? sql`true` : sql`announcement.serial < ${before}`}
    order by announcement.serial desc limit ${limit}
  `.execute(reader);
  return rows.map(rowOf);
}

export async function countFiltered(reader: Reader, filter: AnnouncementFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identification.announcement join identification.feed on feed.id = announcement.feed
    where ${filtered(filter)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

interface StateCounts {
  readonly feed: string;
  readonly vendor: string;
  readonly waiting: number;
  readonly claimed: number;
  readonly dismissed: number;
}

/** Of every subscription, also those that announced nothing yet. */
export async function countStates(reader: Reader): Promise<StateCounts[]> {
  const { rows } = await sql<StateCounts>`
    select feed.id as feed, coalesce(feed.title, feed.id) as vendor,
      count(*) filter (where announcement.state = 'waiting') as waiting,
      count(*) filter (where announcement.state = 'claimed') as claimed,
      count(*) filter (where announcement.state = 'dismissed') as dismissed
    from identification.feed
    left join identification.announcement on announcement.feed = feed.id
    where feed.form = any(${FORMS_OF_ANNOUNCEMENTS}::text[]) and feed.removed_at is null
    group by feed.id order by feed.id
  `.execute(reader);
  return rows;
}

export interface RevisionRow {
  readonly revision: number;
  readonly title: string;
  readonly body: string;
  readonly seen_at: Instant;
  readonly sha256: string;
}

/** The newest first; an entry that its vendor changes every hour is shown by its last revisions. */
export async function readRevisions(reader: Reader, id: string, limit: number): Promise<RevisionRow[]> {
  const { rows } = await sql<RevisionRow>`
    select revision, title, body, seen_at, sha256 from identification.announcement_revision
    where announcement = ${id} order by revision desc limit ${limit}
  `.execute(reader);
  return rows;
}

export async function readRevision(reader: Reader, id: string, revision: number): Promise<RevisionRow | undefined> {
  const { rows } = await sql<RevisionRow>`
    select revision, title, body, seen_at, sha256 from identification.announcement_revision
    where announcement = ${id} and revision = ${revision}
  `.execute(reader);
  return rows[0];
}

/** The oldest first. */
export async function readTriages(reader: Reader, id: string): Promise<TriageRow[]> {
  const { rows } = await sql<{ triage: StoredTriage }>`
    select ${triageObject} as triage from identification.announcement_triage as triage
    where announcement = ${id} order by serial
  `.execute(reader);
  return rows.map(({ triage }) => triageOf(triage));
}

export interface NewTriage extends Pick<TriageRow, 'id' | 'kind' | 'revision' | 'claim' | 'why' | 'undoes'> {
  readonly announcement: string;
  readonly person: { readonly login: string; readonly name: string };
  readonly at: Instant;
}

/** Keeps what was made of it, and where it stands from now on. */
export async function putTriage(tx: Tx, triage: NewTriage): Promise<void> {
  const { announcement, claim, person, at, ...row } = triage;
  await tx
    .insertInto('identification.announcement_triage')
    .values({
      ...row,
      announcement,
      claim: claim === null ? null : json(plainJson(claim)),
      person: person.login,
      person_name: person.name,
      at: timestamp(at),
    })
    .execute();
  const isUndone = row.kind === 'undo';
  await tx
    .updateTable('identification.announcement')
    .set({
      state: STATES[row.kind],
      changed: false,
      waiting_since: isUndone ? timestamp(at) : null,
      triage: isUndone ? null : row.id,
    })
    .where('id', '=', announcement)
    .execute();
}

const STATES = { claim: 'claimed', dismissal: 'dismissed', undo: 'waiting' } as const;
