import { hash } from 'node:crypto';
import type { Hash } from '@patchsteward/core/vocabulary';
import { sha256 } from '../hash.ts';

/** Leaves and nodes are hashed in domains of their own: a node can never pass for a leaf. // RFC 6962 §2.1 */
const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);
const HEX_FROM = 'sha256:'.length;

/** // RFC 6962 §2.1: the hash of an empty list is the hash of nothing. */
export const EMPTY_ROOT: Hash = sha256('');

export function leafHash(content: Uint8Array): Hash {
  return sha256(Buffer.concat([LEAF_PREFIX, content]));
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(Buffer.concat([NODE_PREFIX, digestOf(left), digestOf(right)]));
}

export function digestOf(hashText: Hash): Buffer {
  return Buffer.from(hashText.slice(HEX_FROM), 'hex');
}

/** The 32 bytes of a digest as our text. */
export function hashOf(digest: Uint8Array): Hash | null {
  if (digest.length !== hash('sha256', '', 'buffer').length) return null;
  // Made of exactly 32 bytes, so it has the form that the brand promises.
  return `sha256:${Buffer.from(digest).toString('hex')}` as Hash;
}
