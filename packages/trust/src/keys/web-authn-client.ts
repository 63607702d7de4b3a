import type { Decoder } from '../strict/decoder.ts';
import { decodeLoose } from '../strict/document.ts';
import { Unreadable } from '../strict/fault.ts';
import type { AssertionFault } from './web-authn-fault.ts';

/** Four times what browsers write. */
const CLIENT_DATA_BYTES_MAX = 4_096;
/** Named at most once: of two, one reader would take the first and another the last. */
const ONCE = ['type', 'challenge', 'origin', 'crossOrigin', 'topOrigin'] as const;

/** An object of JSON. What browsers add to it later is not ours to refuse. // WebAuthn §5.8.1 */
const clientData: Decoder<Readonly<Record<string, unknown>>> = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable('wrong-type', path);
  // An object that JSON made has string names and JSON values only.
  return value as Readonly<Record<string, unknown>>;
};

/** What the browser says that it asked for: our challenge, for our own page, in nobody's frame. // WebAuthn §7.2 */
export function clientFault(
  bytes: Buffer,
  { challenge, site }: { readonly challenge: string; readonly site: string },
): AssertionFault | null {
  const read = decodeLoose(bytes, clientData, CLIENT_DATA_BYTES_MAX);
  if (!read.ok || isAmbiguous(bytes)) return 'client-data-unreadable';
  const { type, challenge: answered, origin, crossOrigin = false, topOrigin } = read.value;
  if (type !== 'webauthn.get') return 'other-ceremony';
  if (answered !== challenge) return 'other-challenge';
  if (typeof origin !== 'string' || !isOriginOf(site, origin)) return 'other-origin';
  return crossOrigin !== false || topOrigin !== undefined ? 'cross-origin' : null;
}

/** Exactly the site, never a name below or beside it; without TLS on this machine alone. // HTML §7.1.1, W3C Secure Contexts */
function isOriginOf(site: string, origin: string): boolean {
  const [, scheme, host] = /^(https?):\/\/([a-z0-9.-]{1,253})(?::[1-9]\d{0,4})?$/.exec(origin) ?? [];
  return host === site && (scheme === 'https' || site === 'localhost');
}

/** Without escapes for letters each name has one spelling, and a quote within a text never looks like that of a name. */
function isAmbiguous(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  const namedTwice = (name: string) => (text.match(new RegExp(`(?<!\\\\)"${name}"\\s*:`, 'g'))?.length ?? 0) > 1;
  return text.includes('\\u') || ONCE.some(namedTwice);
}
