import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { fromBase64, toBase64 } from '../strict/base64.ts';

const RAW_KEY_BYTES = 32;
/** SubjectPublicKeyInfo of Ed25519 up to the key itself. // RFC 8410 §4 */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The public half as the export names it: base64 of the 32 bytes. */
export function keyText(key: KeyObject): string {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return toBase64(spki.subarray(-RAW_KEY_BYTES));
}

export function publicKeyOf(text: string): KeyObject | null {
  const raw = fromBase64(text);
  if (raw?.length !== RAW_KEY_BYTES) return null;
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), type: 'spki', format: 'der' });
}

/** Signs the last line of an export: so many lines, with this hash. */
export function signEnd(key: KeyObject, hash: string, lines: number): string {
  return toBase64(sign(null, endMessage(hash, lines), key));
}

export function verifyEnd(key: KeyObject, hash: string, lines: number, signature: string): boolean {
  const bytes = fromBase64(signature);
  return bytes !== null && verify(null, endMessage(hash, lines), key, bytes);
}

/** Its own first words, so that no signature over something else is ever one over this. */
function endMessage(hash: string, lines: number): Buffer {
  return Buffer.from(`patchsteward record export v1\n${lines}\n${hash}\n`, 'utf8');
}
