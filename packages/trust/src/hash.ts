import { hash } from 'node:crypto';
import type { Hash } from '@patchsteward/core/vocabulary';

const HASH_FORM = /^sha256:[0-9a-f]{64}$/;

/** The SHA-256 of bytes, or of a text's UTF-8 bytes. A text that has no UTF-8 form is refused, never repaired. */
export function sha256(content: string | Uint8Array): Hash {
  if (typeof content === 'string' && !content.isWellFormed()) {
    throw new TypeError('A text with half a surrogate pair has no UTF-8 bytes to hash.');
  }
  // The only place that makes a Hash, hence the only cast to the brand.
  return `sha256:${hash('sha256', content, 'hex')}` as Hash;
}

export function isHash(value: unknown): value is Hash {
  return typeof value === 'string' && HASH_FORM.test(value);
}
