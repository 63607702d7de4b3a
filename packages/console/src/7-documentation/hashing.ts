/** Domains of leaves and nodes: a node can never pass for a leaf. // RFC 6962 §2.1 */
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;
const HASH_FORM = /^sha256:[0-9a-f]{64}$/;
const HASH_PREFIX = 'sha256:';

type Bytes = Uint8Array<ArrayBuffer>;

/** Browsers hash only over HTTPS and on this very machine. // W3C Secure Contexts */
export function canHash(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export async function sha256(...parts: readonly Bytes[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', joined(parts));
  return HASH_PREFIX + Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function leafHash(...content: readonly Bytes[]): Promise<string> {
  return sha256(Uint8Array.of(LEAF_PREFIX), ...content);
}

export function nodeHash(left: string, right: string): Promise<string> {
  return sha256(Uint8Array.of(NODE_PREFIX), digestOf(left), digestOf(right));
}

/** The 32 bytes of a hash that the server gave as text; none where it is no hash. */
export function digestOf(hash: string): Bytes {
  if (!HASH_FORM.test(hash)) return new Uint8Array();
  return Uint8Array.from({ length: 32 }, (_, at) =>
    Number.parseInt(hash.slice(HASH_PREFIX.length + 2 * at, HASH_PREFIX.length + 2 * at + 2), 16),
  );
}

/** A hash as text, of its 32 bytes. */
export function hashText(digest: Bytes): string {
  return HASH_PREFIX + Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** null where it is no base64. */
export function base64Bytes(text: string): Bytes | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
