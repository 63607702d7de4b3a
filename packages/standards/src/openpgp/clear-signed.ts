import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { type CleartextMessage, readCleartextMessage, type VerifyMessageResult, verify } from 'openpgp';
import type { Certificate } from './certificates.ts';
import { STRICT } from './weak.ts';

/**
 * `extra-text`: something stands before, after or between what is signed. `no-pinned-key`: signed, but by none of the
 * certificates given. `key-revoked`, `key-expired`: by a pinned one that no longer counts. `bad-signature`: a pinned
 * key's signature that does not fit, is dated ahead, or rests on a weak hash.
 */
export type SignatureFault =
  | 'not-clear-signed'
  | 'extra-text'
  | 'no-pinned-key'
  | 'key-revoked'
  | 'key-expired'
  | 'bad-signature';

/** The signed text and nothing else of the message, with who signed it. */
interface SignedText {
  readonly ok: true;
  readonly text: string;
  /** Primary fingerprints of the pinned keys whose signatures hold. */
  readonly signedBy: readonly string[];
}
export type ClearSigned = SignedText | { readonly ok: false; readonly fault: SignatureFault };

type VerificationResult = VerifyMessageResult['signatures'][number];

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';
/** Clocks of publishers and servers differ by seconds. */
const AHEAD_MS_MAX = MINUTE_MS;
/** Debian signs with three keys; a message with hundreds is made to keep us busy. */
const SIGNATURES_MAX = 16;

/**
 * Verifies a clear-signed message (InRelease) by certificates that somebody pinned. // RFC 9580 §7
 * Strangers' signatures beside a pinned one are normal while an archive changes its keys; a bad one by a pinned key is
 * not, and refuses the whole.
 */
export async function verifyClearSigned(
  message: string,
  pinned: readonly Certificate[],
  now: Instant,
): Promise<ClearSigned> {
  const framing = framingFault(message);
  if (framing !== null) return { ok: false, fault: framing };
  const parsed = await parse(message);
  if (parsed === null || parsed.getSigningKeyIDs().length > SIGNATURES_MAX)
    return { ok: false, fault: 'not-clear-signed' };
  const keys = pinned.map(({ key }) => key);
  const { data, signatures } = await verify({
    message: parsed,
    verificationKeys: keys,
    date: new Date(now + AHEAD_MS_MAX),
    config: STRICT,
  });
  const signedBy: string[] = [];
  let fault: SignatureFault = 'no-pinned-key';
  for (const signature of signatures) {
    const signer = pinned.find(({ key }) => key.getKeys(signature.keyID).length > 0);
    if (signer === undefined) continue;
    const keyProblem = await keyFault(signer, signature, now);
    if (keyProblem === null && !(await holds(signature))) return { ok: false, fault: 'bad-signature' };
    if (keyProblem === null) signedBy.push(signer.fingerprint);
    else fault = keyProblem;
  }
  return signedBy.length === 0 ? { ok: false, fault } : { ok: true, text: data, signedBy: [...new Set(signedBy)] };
}

/** Readers differ in what they skip around an armor, so nothing at all may stand there. */
function framingFault(message: string): SignatureFault | null {
  if (!message.includes(BEGIN) || !message.includes(SIGNATURE) || !message.includes(END)) return 'not-clear-signed';
  const lines = message.replace(/\r?\n$/, '').split(/\r?\n/);
  const markers = lines.filter((line) => line.startsWith('-----')).map((line) => line.trimEnd());
  const inOrder = markers.length === 3 && markers[0] === BEGIN && markers[1] === SIGNATURE && markers[2] === END;
  if (!inOrder || lines[0] !== BEGIN || lines.at(-1) !== END) return 'extra-text';
  return null;
}

async function parse(message: string): Promise<CleartextMessage | null> {
  try {
    return await readCleartextMessage({ cleartextMessage: message, config: STRICT });
  } catch {
    // The reader has many words for "this is no message"; to us they are one.
    return null;
  }
}

/** A key must count today, not only when it signed: an archive that lost a key re-signs with another. */
async function keyFault(
  { key }: Certificate,
  { keyID }: VerificationResult,
  now: Instant,
): Promise<'key-revoked' | 'key-expired' | null> {
  const today = new Date(now);
  if (await key.isRevoked(undefined, undefined, today, STRICT)) return 'key-revoked';
  for (const subkey of key.getSubkeys(keyID)) {
    if (subkey.revocationSignatures.length > 0) return 'key-revoked';
  }
  try {
    await key.verifyPrimaryKey(today, undefined, STRICT);
    await key.getSigningKey(keyID, today, undefined, STRICT);
    return null;
  } catch {
    return 'key-expired';
  }
}

async function holds({ verified }: VerificationResult): Promise<boolean> {
  try {
    return await verified;
  } catch {
    return false;
  }
}
