import { verify } from 'node:crypto';
import { openEd25519 } from './open-key.ts';
import type { PublicKey } from './public-key.ts';
import { openSshKey } from './ssh-key.ts';
import { verifySshSignature } from './ssh-signature.ts';
import { assertionFault } from './web-authn.ts';
import type { AssertionFault } from './web-authn-fault.ts';

/** What is wrong with a signature of this message by this key; null: nothing. // RFC 8032 §5.1.7, PROTOCOL.sshsig, WebAuthn §7.2 */
export function signatureFault(key: PublicKey, message: Uint8Array, signature: Uint8Array): AssertionFault | null {
  switch (key.kind) {
    case 'ed25519': {
      const opened = openEd25519(Buffer.from(key.public, 'base64'));
      return opened !== null && verify(null, message, opened, signature) ? null : 'signature-wrong';
    }
    case 'ssh': {
      const opened = openSshKey(key.public);
      return opened !== null && verifySshSignature(opened, message, signature) ? null : 'signature-wrong';
    }
    case 'webauthn':
      return assertionFault(key, message, signature);
  }
}

export function verifySignature(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  return signatureFault(key, message, signature) === null;
}
