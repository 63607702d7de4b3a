import type { BillBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface NewBill extends Pick<BillBody, 'id' | 'name' | 'kind' | 'digest' | 'fileHash' | 'form' | 'tool'> {
  readonly assetId: string;
  readonly packageSetId: number;
  readonly packages: number;
  readonly refused: readonly { readonly entry: string; readonly problem: string }[];
  readonly refusedTotal: number;
  readonly actor: string;
  readonly at: Instant;
}

/** The former of this name ends where the new one begins. Gives the hash of its file; null: there was none. */
export async function putBill(tx: Tx, bill: NewBill): Promise<string | null> {
  const before = await endBill(tx, bill.assetId, bill.name, bill.at);
  await tx
    .insertInto('identification.asset_bill')
    .values({
      ...{ id: bill.id, asset_id: bill.assetId, name: bill.name, kind: bill.kind, digest: bill.digest },
      ...{ package_set_id: bill.packageSetId, file_hash: bill.fileHash, form: bill.form, tool: bill.tool },
      ...{ packages: bill.packages, refused: json(plainJson(bill.refused)), refused_total: bill.refusedTotal },
      ...{ actor: bill.actor, valid_from: timestamp(bill.at) },
    })
    .execute();
  return before;
}

export async function endBill(tx: Tx, assetId: string, name: string, at: Instant): Promise<string | null> {
  const rows = await tx
    .updateTable('identification.asset_bill')
    .set({ valid_to: timestamp(at) })
    .where('asset_id', '=', assetId)
    .where('name', '=', name)
    .where('valid_to', 'is', null)
    .returning('file_hash')
    .execute();
  return rows[0]?.file_hash ?? null;
}

/** What holds now: names, and the sections in which their components are. */
export async function readBillsNow(
  db: Reader,
  assetId: string,
): Promise<readonly { readonly name: string; readonly hash: string }[]> {
  return db
    .selectFrom('identification.asset_bill as bill')
    .innerJoin('identification.package_set as package_set', 'package_set.id', 'bill.package_set_id')
    .select(['bill.name', 'package_set.hash'])
    .where('bill.asset_id', '=', assetId)
    .where('bill.valid_to', 'is', null)
    .orderBy('bill.name')
    .execute();
}

type StoredBill = Omit<BillBody, 'from' | 'until'> & { readonly from: Instant; readonly until: Instant | null };

export async function listBills(db: Reader, assetId: string, limit: number): Promise<BillBody[]> {
  const { rows } = await sql<StoredBill>`
    select bill.id, bill.name, bill.kind, bill.digest, bill.file_hash as "fileHash", bill.form, bill.tool,
      bill.packages, bill.refused, bill.refused_total as "refusedTotal", coalesce(person.login, bill.actor) as by,
      bill.valid_from as "from", bill.valid_to as "until"
    from identification.asset_bill as bill
    left join access.person as person on 'person:' || person.id = bill.actor
    where bill.asset_id = ${assetId}
    order by bill.valid_to desc nulls first, bill.name, bill.id limit ${limit}
  `.execute(db);
  return rows.map(({ from, until, ...row }) => ({
    ...row,
    from: new Date(from).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
  }));
}

export async function countBills(db: Reader, assetId: string): Promise<number> {
  const counted = db
    .selectFrom('identification.asset_bill')
    .select(({ fn }) => fn.countAll<number>().as('bills'))
    .where('asset_id', '=', assetId);
  return (await counted.executeTakeFirstOrThrow()).bills;
}
