import { fromBase64 } from '../strict/base64.ts';

const ARMOR = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n?$/;

/** The bytes within the armor that `ssh-keygen -Y sign` writes; null where it is none. // PROTOCOL.sshsig §3 */
export function dearmorSshSignature(text: string): Uint8Array | null {
  const [, body] = ARMOR.exec(text) ?? [];
  return body === undefined ? null : fromBase64(body.replaceAll('\n', ''));
}
