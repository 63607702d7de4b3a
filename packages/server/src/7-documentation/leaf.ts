import type { Instant } from '@patchsteward/core/vocabulary';
import { type EntryHashes, hashEntry } from '@patchsteward/trust/record';
import type { Actor, NewLeaf } from '../platform/corridor.ts';

/** As long as the hash is strong: nobody guesses an erased payload by trying likely ones. */
export const SALT_BYTES = 32;

export interface LeafHeader {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
}

/** The hashes under which a leaf enters the record; whoever verifies an export computes the same. */
export function hashLeaf(header: LeafHeader, { kind, subject, payload }: NewLeaf, salt: Uint8Array): EntryHashes {
  const { id, at, actor } = header;
  return hashEntry({ id, at: new Date(at).toISOString(), actor, kind, subject }, payload, salt);
}
