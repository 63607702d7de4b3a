import { hashRow, SEAL_KIND } from '@patchsteward/trust/record';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { evidenceRows } from './evidence-rows.ts';

/**
 * Grants `record.seal`: writes the hash of every row about a finished campaign into the record, so that nobody can
 * change its evidence afterwards unseen. Done again where a late report came; the last seal counts. // SOP P7.2
 */
export async function grantSeal({ key }: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const tables = new Map<string, string[]>();
  for await (const { table, row } of evidenceRows(tx, key)) {
    const hashes = tables.get(table) ?? [];
    tables.set(table, hashes);
    hashes.push(hashRow(row));
  }
  return {
    value: undefined,
    leaves: [{ kind: SEAL_KIND, subject: key, payload: { tables: Object.fromEntries(tables) } }],
  };
}
