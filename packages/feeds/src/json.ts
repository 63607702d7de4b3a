import { FeedUnreadable } from './feed-unreadable.ts';

/**
 * Deeper than any record of a feed by far. The parser itself would take any depth, but needs minutes for a file of
 * nothing but brackets.
 */
const NESTING_MAX = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** One JSON text. `where` names it in the complaint. */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  if (isTooDeep(bytes)) throw new FeedUnreadable('too-deep', `${where} is nested more than ${NESTING_MAX} levels deep`);
  const text = textOf(bytes, where);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FeedUnreadable('not-json', `${where} is not JSON`, { cause: error });
  }
}

/** The text of UTF-8 bytes; anything else is refused, not repaired. */
export function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FeedUnreadable('not-text', `${where} is not UTF-8 text`, { cause: error });
  }
}

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = stringEnd(bytes, at + 1);
    else if (OPENING.has(byte)) depth++;
    else if (CLOSING.has(byte)) depth--;
    if (depth > NESTING_MAX) return true;
  }
  return false;
}

/** Where the string that begins at `start` has its closing quote, or the end of the bytes. */
function stringEnd(bytes: Uint8Array, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let slashes = 0;
    while (bytes[quote - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return bytes.length;
}
