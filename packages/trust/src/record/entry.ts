import type { Hash } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../hash.ts';

/** Domain of a leaf in a Merkle tree. // RFC 6962 §2.1 */
const LEAF_PREFIX = Uint8Array.of(0x00);

/** Who, when, what, about what. */
export interface EntryHeader {
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  /** `person:<id>`, `agent:<asset id>`, `local`, `system`. */
  readonly actor: string;
  /** `asset.changed`: noun and past verb. */
  readonly kind: string;
  readonly subject: string;
}

export interface EntryHashes {
  readonly payloadHash: Hash;
  readonly leafHash: Hash;
}

/**
 * SHA-256 over 0x00, the header as canonical JSON, and the SHA-256 of salt and payload. The payload enters only by its
 * salted hash: it can be erased for a person's sake, and the proof of the rest stays whole.
 */
export function hashEntry(header: EntryHeader, payload: unknown, salt: Uint8Array): EntryHashes {
  const payloadHash = sha256(Buffer.concat([salt, Buffer.from(canonicalJson(payload), 'utf8')]));
  const { actor, at, id, kind, subject } = header;
  const headerText = canonicalJson({ actor, at, id, kind, subject });
  const digest = Buffer.from(payloadHash.slice('sha256:'.length), 'hex');
  const leafHash = sha256(Buffer.concat([LEAF_PREFIX, Buffer.from(headerText, 'utf8'), digest]));
  return { payloadHash, leafHash };
}
