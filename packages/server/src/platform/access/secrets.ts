import { randomBytes } from 'node:crypto';
import { sha256 } from '@patchsteward/trust';

/** 256 bits: nobody guesses it, so a fast hash is enough to keep it by. */
const SECRET_BYTES = 32;

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** What is stored of a secret. Looking it up by this hash tells nothing about the secret by its timing. */
export function hashSecret(secret: string): string {
  return sha256(secret.toWellFormed());
}
