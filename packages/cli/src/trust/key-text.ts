import type { PublicKey } from '@patchsteward/trust/keys';
import { plainText } from '../platform/text.ts';

/** What kind of key it is, in the words of those who hold it. */
export function keyText(key: PublicKey): string {
  if (key.kind === 'webauthn') return `passkey for ${plainText(key.site)}`;
  return key.kind === 'ssh' ? (key.public.split(' ', 1)[0] ?? 'ssh') : key.kind;
}
