import type { Instant } from '@patchsteward/core/vocabulary';
import type { EntryHashes } from '@patchsteward/trust/record';
import { sql } from 'kysely';
import { json, timestamp } from '../platform/column-types.ts';
import type { Actor, NewLeaf } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';

/** Leaves that get their index in one transaction: enough to keep up with any burst, short enough to hold no one up. */
export const SEQUENCE_BATCH_MAX = 5_000;

export interface LeafRow extends NewLeaf, EntryHashes {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly salt: Uint8Array;
}

/** Adds leaves to the record, in the transaction of what they tell. They have no index yet. */
export async function appendLeaves(tx: Tx, leaves: readonly LeafRow[]): Promise<void> {
  if (leaves.length === 0) return;
  await tx
    .insertInto('documentation.leaf')
    .values(
      leaves.map((leaf) => ({
        id: leaf.id,
        at: timestamp(leaf.at),
        actor: leaf.actor,
        kind: leaf.kind,
        subject: leaf.subject,
        payload: json(leaf.payload),
        salt: Buffer.from(leaf.salt),
        payload_hash: leaf.payloadHash,
        leaf_hash: leaf.leafHash,
      })),
    )
    .execute();
}

/**
 * Gives the next indexes to committed leaves, in the order in which they were written. The caller holds the lock of the
 * sequence since before this statement: it then sees every index that was ever given, and gives none twice.
 */
export async function sequenceLeaves(tx: Tx): Promise<number> {
  const result = await sql`
    with last as (
      select coalesce(max(index), -1) as index from documentation.leaf
    ), waiting as (
      select id, row_number() over (order by serial) as place
      from (
        select id, serial from documentation.leaf where index is null order by serial limit ${SEQUENCE_BATCH_MAX}
      ) as batch
    )
    update documentation.leaf as leaf
    set index = last.index + waiting.place
    from waiting, last
    where leaf.id = waiting.id
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
