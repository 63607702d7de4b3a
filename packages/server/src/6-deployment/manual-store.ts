import type { FiledItem } from '@patchsteward/core/6-deployment';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

interface FiledFile {
  readonly item: number;
  readonly hash: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly at: Instant;
}

interface DoneItem {
  readonly item: number;
  readonly note: string | null;
  readonly at: Instant;
}

/** What people filed of one work order. */
export interface Filed {
  readonly done: readonly DoneItem[];
  readonly files: readonly FiledFile[];
}

export async function readFiled(reader: Reader, job: string): Promise<Filed> {
  const done = await reader
    .selectFrom('deployment.manual_item')
    .select(['item', 'note', 'done_at as at'])
    .where('job', '=', job)
    .orderBy('item')
    .execute();
  const files = await reader
    .selectFrom('deployment.manual_file')
    .select(['item', 'hash', 'name', 'size_bytes as sizeBytes', 'filed_at as at'])
    .where('job', '=', job)
    .orderBy('item')
    .orderBy('filed_at')
    .orderBy('hash')
    .execute();
  return { done, files };
}

/** As the rule takes it. */
export function filedItems({ done, files }: Filed): FiledItem[] {
  const items = new Set([...done, ...files].map(({ item }) => item));
  return [...items].map((item) => {
    const one = done.find((each) => each.item === item);
    return {
      item,
      done: one !== undefined,
      note: one?.note ?? null,
      files: files.filter((file) => file.item === item).length,
    };
  });
}

export interface FiledBy {
  readonly job: string;
  readonly item: number;
  readonly person: string;
  readonly at: Instant;
}

export async function putItem(tx: Tx, { job, item, person, at }: FiledBy, note: string | null): Promise<void> {
  const said = { note, done_by: person, done_at: timestamp(at) };
  await tx
    .insertInto('deployment.manual_item')
    .values({ job, item, ...said })
    .onConflict((conflict) => conflict.columns(['job', 'item']).doUpdateSet(said))
    .execute();
}

/** Whether it is new. */
export async function putFile(
  tx: Tx,
  { job, item, person, at }: FiledBy,
  { hash, name, sizeBytes }: { readonly hash: Hash; readonly name: string; readonly sizeBytes: number },
): Promise<boolean> {
  const rows = await tx
    .insertInto('deployment.manual_file')
    .values({ job, item, hash, name, size_bytes: sizeBytes, filed_by: person, filed_at: timestamp(at) })
    .onConflict((conflict) => conflict.columns(['job', 'item', 'hash']).doNothing())
    .returning('hash')
    .execute();
  return rows.length > 0;
}

export async function hasFile(reader: Reader, job: string, hash: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('deployment.manual_file')
    .select('name')
    .where('job', '=', job)
    .where('hash', '=', hash)
    .orderBy('item')
    .executeTakeFirst();
  return row?.name;
}

export interface WorkQuery {
  readonly campaign: string | undefined;
  readonly person: string | undefined;
}

/** Keys of the jobs that people carry out: of a campaign all, else those that are open. */
function workOf(reader: Reader, { campaign, person }: WorkQuery) {
  let query = reader.selectFrom('deployment.job').where(sql<boolean>`fold ? 'person'`);
  query = campaign === undefined ? query.where('ended', '=', false) : query.where('campaign', '=', campaign);
  return person === undefined ? query : query.where(sql`fold ->> 'person'`, '=', person);
}

export async function listWork(
  reader: Reader,
  query: WorkQuery,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  const all = workOf(reader, query);
  const rows = await (after === undefined ? all : all.where('key', '>', after))
    .select('key')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(({ key }) => key);
}

export async function countWork(reader: Reader, query: WorkQuery): Promise<number> {
  const row = await workOf(reader, query)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
