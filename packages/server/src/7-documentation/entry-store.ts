import type { Instant } from '@patchsteward/core/vocabulary';
import type { JsonValue } from '../platform/column-types.ts';
import type { Db } from '../platform/database.ts';

export interface EntryRow {
  readonly serial: number;
  /** null: committed moments ago. */
  readonly index: number | null;
  readonly id: string;
  readonly at: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: JsonValue;
  readonly leafHash: string;
}

interface EntryFilter {
  readonly subject: string | undefined;
  /** `serial` of the last one on the page before. */
  readonly after: number | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function listEntries(
  db: Db,
  { subject, after, limit }: EntryFilter,
): Promise<{ readonly rows: EntryRow[]; readonly total: number }> {
  let query = db.selectFrom('documentation.leaf');
  if (subject !== undefined) query = query.where('subject', '=', subject);
  const { total } = await query.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  if (after !== undefined) query = query.where('serial', '<', after);
  const rows = await query
    .select(['serial', 'index', 'id', 'at', 'actor', 'kind', 'subject', 'payload', 'leaf_hash'])
    .orderBy('serial', 'desc')
    .limit(limit)
    .execute();
  return { rows: rows.map(({ leaf_hash: leafHash, ...row }) => ({ ...row, leafHash })), total };
}

/** Entries that have their place. */
export async function readRecordSize(db: Db): Promise<number> {
  const row = await db
    .selectFrom('documentation.leaf')
    .select((e) => e.fn.max('index').as('last'))
    .executeTakeFirstOrThrow();
  return row.last === null ? 0 : Number(row.last) + 1;
}
