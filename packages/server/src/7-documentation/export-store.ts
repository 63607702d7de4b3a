import type { PackLine } from '@patchsteward/trust/record';
import type { Tx } from '../platform/database.ts';

type CheckpointLine = Extract<PackLine, { readonly line: 'checkpoint' }>;
type EntryLine = Extract<PackLine, { readonly line: 'entry' }>;

export async function readCheckpoints(tx: Tx): Promise<CheckpointLine[]> {
  const rows = await tx.selectFrom('documentation.checkpoint').selectAll().orderBy('size').execute();
  return rows.map(({ note, size, root_hash: root, at, peaks }) => ({
    line: 'checkpoint',
    note,
    size,
    root,
    at: new Date(at).toISOString(),
    peaks,
  }));
}

/** Entries from one index up to before another. What is missing is missing here too: the verifier says so. */
export async function readEntries(tx: Tx, from: number, until: number): Promise<EntryLine[]> {
  const rows = await tx
    .selectFrom('documentation.leaf')
    .select(['index', 'id', 'at', 'actor', 'kind', 'subject', 'payload', 'salt', 'payload_hash', 'leaf_hash'])
    .where('index', '>=', from)
    .where('index', '<', until)
    .orderBy('index')
    .execute();
  return rows.map((row) => ({
    line: 'entry',
    index: row.index ?? 0,
    id: row.id,
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    kind: row.kind,
    subject: row.subject,
    payload: row.payload,
    salt: Buffer.from(row.salt).toString('base64'),
    payloadHash: row.payload_hash,
    leafHash: row.leaf_hash,
  }));
}
