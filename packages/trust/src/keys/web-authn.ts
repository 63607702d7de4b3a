import { hash, type KeyObject, verify } from 'node:crypto';
import { fromBase64 } from '../strict/base64.ts';
import { type Decoder, record } from '../strict/decoder.ts';
import { decodeDocument } from '../strict/document.ts';
import { Unreadable } from '../strict/fault.ts';
import { form } from '../strict/scalars.ts';
import { authenticatorFault } from './web-authn-authenticator.ts';
import { clientFault } from './web-authn-client.ts';
import type { AssertionFault } from './web-authn-fault.ts';
import { openPasskey } from './web-authn-key.ts';

/** A passkey as a trust root names it: SubjectPublicKeyInfo in base64, and the host name that it is bound to. */
interface SiteKey {
  readonly public: string;
  readonly site: string;
}

/** The client data of browsers is some hundred bytes; a signature by RSA of 16,384 bits is 2,048. */
const ASSERTION_BYTES_MAX = 8_192;
const part = base64Of(/^[A-Za-z0-9+/]{4,5460}={0,2}$/);
const wireAssertion = record({ authenticatorData: part, clientDataJSON: part, signature: part });

/**
 * What is wrong with a passkey's signature of a message; null: nothing. The authenticator never sees the message itself:
 * it signs what the browser says of itself, and in that stands the hash of the message. // decided 28, WebAuthn §7.2
 */
export function assertionFault(key: SiteKey, message: Uint8Array, signature: Uint8Array): AssertionFault | null {
  const opened = openPasskey(key.public);
  if (opened === null) return 'key-unusable';
  const read = decodeDocument(signature, wireAssertion, ASSERTION_BYTES_MAX);
  if (!read.ok) return 'assertion-unreadable';
  const { authenticatorData, clientDataJSON, signature: raw } = read.value;
  const challenge = hash('sha256', message, 'base64url');
  return (
    clientFault(clientDataJSON, { challenge, site: key.site }) ??
    authenticatorFault(authenticatorData, key.site) ??
    (signed(opened.key, authenticatorData, clientDataJSON, raw) ? null : 'signature-wrong')
  );
}

/** ES256 with its numbers in DER, Ed25519, and RS256. // WebAuthn §6.3.3, §6.5.5 */
function signed(key: KeyObject, authenticatorData: Buffer, clientDataJSON: Buffer, raw: Buffer): boolean {
  const seen = Buffer.concat([authenticatorData, hash('sha256', clientDataJSON, 'buffer')]);
  return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', seen, key, raw);
}

/** Base64 of the one spelling that these bytes have. */
function base64Of(pattern: RegExp): Decoder<Buffer> {
  const text = form(pattern);
  return (value, path) => {
    const bytes = fromBase64(text(value, path));
    if (bytes === null) throw new Unreadable('wrong-form', path);
    return bytes;
  };
}
