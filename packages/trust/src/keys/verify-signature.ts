import { verify } from 'node:crypto';
import { openEd25519 } from './open-key.ts';
import type { PublicKey } from './public-key.ts';
import { openSshKey } from './ssh-key.ts';
import { verifySshSignature } from './ssh-signature.ts';

/** Whether the signature is by this key over this message. // RFC 8032 §5.1.7, PROTOCOL.sshsig */
export function verifySignature(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  switch (key.kind) {
    case 'ed25519': {
      const opened = openEd25519(Buffer.from(key.public, 'base64'));
      return opened !== null && verify(null, message, opened, signature);
    }
    case 'ssh': {
      const opened = openSshKey(key.public);
      return opened !== null && verifySshSignature(opened, message, signature);
    }
    case 'webauthn':
      // A passkey signs a challenge and not the message; until that is verified here, it vouches for nothing.
      return false;
  }
}
