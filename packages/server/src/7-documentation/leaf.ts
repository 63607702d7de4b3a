import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import type { Actor, NewLeaf } from '../platform/corridor.ts';

/** As long as the hash is strong: nobody guesses an erased payload by trying likely ones. */
export const SALT_BYTES = 32;

/** Domain of a leaf in a Merkle tree. // RFC 6962 §2.1 */
const LEAF_PREFIX = Buffer.of(0x00);

export interface LeafHeader {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
}

export interface LeafHashes {
  readonly payloadHash: Hash;
  readonly leafHash: Hash;
}

/**
 * SHA-256 over 0x00, the header as canonical JSON, and the SHA-256 of salt and payload. The payload enters only by its
 * salted hash: it can be erased for a person's sake, and the proof of the rest stays whole.
 */
export function hashLeaf(header: LeafHeader, leaf: NewLeaf, salt: Uint8Array): LeafHashes {
  const payloadHash = sha256(Buffer.concat([salt, Buffer.from(canonicalJson(leaf.payload), 'utf8')]));
  const headerText = canonicalJson({
    actor: header.actor,
    at: new Date(header.at).toISOString(),
    id: header.id,
    kind: leaf.kind,
    subject: leaf.subject,
  });
  const leafHash = sha256(Buffer.concat([LEAF_PREFIX, Buffer.from(headerText, 'utf8'), digestOf(payloadHash)]));
  return { payloadHash, leafHash };
}

function digestOf(hash: Hash): Buffer {
  return Buffer.from(hash.slice('sha256:'.length), 'hex');
}
