import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { type CleartextMessage, readCleartextMessage, verify } from 'openpgp';
import type { Certificate } from './certificates.ts';
import { pinnedSigners, type SignerFault } from './pinned-signers.ts';
import { STRICT } from './weak.ts';

/** `extra-text`: something stands before, after or between what is signed. */
export type SignatureFault = SignerFault | 'not-clear-signed' | 'extra-text';

/** The signed text and nothing else of the message, with who signed it. */
interface SignedText {
  readonly ok: true;
  readonly text: string;
  /** Primary fingerprints of the pinned keys whose signatures hold. */
  readonly signedBy: readonly string[];
}
export type ClearSigned = SignedText | { readonly ok: false; readonly fault: SignatureFault };

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
  const signers = await pinnedSigners(signatures, pinned, now);
  return typeof signers === 'string' ? { ok: false, fault: signers } : { ok: true, text: data, signedBy: signers };
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
