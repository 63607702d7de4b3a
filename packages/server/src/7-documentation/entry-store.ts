import type { Instant } from '@patchsteward/core/vocabulary';
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { JsonValue } from '../platform/column-types.ts';
import type { Db } from '../platform/database.ts';
import type { Tables } from '../platform/tables.ts';

export interface EntryRow {
  readonly serial: number;
  /** null: committed moments ago. */
  readonly index: number | null;
  readonly id: string;
  readonly at: Instant;
  readonly actor: string;
  /** What whoever did it is called today; null where nobody knows. */
  readonly actorName: string | null;
  readonly kind: string;
  readonly subject: string;
  readonly payload: JsonValue;
  readonly leafHash: string;
}

interface EntryFilter {
  readonly subject?: string | undefined;
  /** `asset`, or `asset.changed`. */
  readonly kind?: string | undefined;
  /** A login, or an actor as the record writes it. */
  readonly actor?: string | undefined;
  readonly campaign?: string | undefined;
  readonly search?: string | undefined;
}

interface EntryPage {
  /** `serial` of the last one on the page before. */
  readonly after: number | undefined;
  readonly limit: number;
}

type Leaves = ExpressionBuilder<Tables, 'documentation.leaf'>;

/** The newest first. What they tell may be long: it is looked through once, for the page and for how many there are. */
export async function listEntries(
  db: Db,
  filter: EntryFilter,
  { after, limit }: EntryPage,
): Promise<{ readonly rows: EntryRow[]; readonly total: number }> {
  const { total, ids } = await db
    .with(
      (cte) => cte('found').materialized(),
      (cte) =>
        cte
          .selectFrom('documentation.leaf')
          .where((leaf) => leaf.and(conditionsOf(leaf, filter)))
          .select(['id', 'serial']),
    )
    .selectNoFrom((found) => [
      found.selectFrom('found').select(found.fn.countAll<number>().as('count')).$asScalar().$notNull().as('total'),
      sql<string[]>`array(
        select id from found where ${after === undefined ? sql`true` : sql`serial < ${after}`}
        order by serial desc limit ${limit}
      )`.as('ids'),
    ])
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('documentation.leaf')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .select(['serial', 'index', 'id', 'at', 'actor', 'kind', 'subject', 'payload', 'leaf_hash as leafHash'])
    .select(actorName)
    .orderBy('serial', 'desc')
    .execute();
  return { rows, total };
}

/** A person or an asset may be renamed, so that the record keeps ids and this says what they are called today. */
function actorName() {
  return sql<string | null>`coalesce(
    (select name from access.person where id = ${idIn('person')}),
    (select name from identification.asset where id = ${idIn('agent')})
  )`.as('actorName');
}

/** The id in an actor of this kind, null in any other: a name is then looked up by its key. */
function idIn(kind: 'person' | 'agent') {
  const form = sql.lit(`^${kind}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);
  return sql<string | null>`case when actor ~ ${form} then substr(actor, ${sql.lit(kind.length + 2)})::uuid end`;
}

function conditionsOf(leaf: Leaves, { subject, kind, actor, campaign, search }: EntryFilter) {
  return [
    ...(subject === undefined ? [] : [leaf('subject', '=', subject)]),
    ...(kind === undefined ? [] : [leaf.or([leaf('kind', '=', kind), startsWith('kind', `${kind}.`)])]),
    ...(actor === undefined ? [] : [leaf.or([leaf('actor', '=', actor), leaf('actor', '=', personOf(actor))])]),
    ...(campaign === undefined
      ? []
      : [leaf.or([leaf('subject', '=', campaign), sql<boolean>`payload ->> 'campaign' = ${campaign}`])]),
    ...(search === undefined ? [] : [found(search)]),
  ];
}

function startsWith(column: 'kind', text: string) {
  return sql<boolean>`starts_with(${sql.ref(column)}, ${text})`;
}

function personOf(login: string) {
  return sql<string>`(select 'person:' || id from access.person where login = ${login})`;
}

/** In what happened, to what, with what, and in what whoever did it is called. */
function found(search: string) {
  const words = search.toLowerCase();
  return sql<boolean>`(
    strpos(${inSmallLetters(sql`kind || ' ' || subject || ' ' || actor || ' ' || payload::text`, words)}, ${words}) > 0
    or exists (
      select from access.person where id = ${idIn('person')} and strpos(lower(login || ' ' || name), ${words}) > 0
    )
    or exists (select from identification.asset where id = ${idIn('agent')} and strpos(lower(name), ${words}) > 0)
  )`;
}

/**
 * An entry may tell of hundreds of assets: where the words are of ASCII alone, its other letters may stay as they are,
 * and that takes a tenth of the time.
 */
function inSmallLetters(text: RawBuilder<unknown>, words: string) {
  return /[^ -~]/.test(words) ? sql`lower(${text})` : sql`lower((${text}) collate "C")`;
}

export interface ProvedEntry {
  readonly index: number | null;
  readonly id: string;
  readonly at: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: JsonValue;
  readonly salt: Buffer;
  readonly leafHash: string;
}

/** With its salt: whoever has both computes the hash again. */
export function readEntry(db: Db, id: string): Promise<ProvedEntry | undefined> {
  return db
    .selectFrom('documentation.leaf')
    .where('id', '=', id)
    .select(['index', 'id', 'at', 'actor', 'kind', 'subject', 'payload', 'salt', 'leaf_hash as leafHash'])
    .executeTakeFirst();
}

/** Entries that have their place. */
export async function readRecordSize(db: Db): Promise<number> {
  const row = await db
    .selectFrom('documentation.leaf')
    .select((e) => e.fn.max('index').as('last'))
    .executeTakeFirstOrThrow();
  return row.last === null ? 0 : Number(row.last) + 1;
}
