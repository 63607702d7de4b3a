import { CanonicalJsonError, canonicalJson } from '../canonical-json.ts';
import type { Decoder } from './decoder.ts';
import { type Decoded, type FaultProblem, Unreadable } from './fault.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a document whose bytes count: it must be the canonical JSON of itself. That alone refuses names given twice,
 * space between, numbers with a second spelling, and every other way to give one meaning two texts. // RFC 8785
 */
export function decodeDocument<T>(bytes: Uint8Array, decoder: Decoder<T>, bytesMax: number): Decoded<T> {
  return attempt(() => {
    const { text, value } = jsonOf(bytes, bytesMax);
    if (canonicalOf(value) !== text) throw new Unreadable('not-canonical', '$');
    return decoder(value, '$');
  });
}

/** Reads a document that people write or that is only a wrapper: any spelling of JSON will do. */
export function decodeLoose<T>(bytes: Uint8Array, decoder: Decoder<T>, bytesMax: number): Decoded<T> {
  return attempt(() => decoder(jsonOf(bytes, bytesMax).value, '$'));
}

export function decodeValue<T>(value: unknown, decoder: Decoder<T>): Decoded<T> {
  return attempt(() => decoder(value, '$'));
}

/**
 * Writes a document, after reading it back by the reader's own rules: nothing is ever signed that no host would take.
 * A refusal here is a mistake of the program that made the value.
 */
export function encodeDocument(wire: unknown, decoder: Decoder<unknown>, bytesMax: number): Uint8Array {
  const bytes = Buffer.from(canonicalJson(wire), 'utf8');
  if (bytes.length > bytesMax) throw new RangeError(`A document of ${bytes.length} bytes; at most ${bytesMax}.`);
  const read = decodeValue(wire, decoder);
  if (!read.ok) throw new RangeError(`No reader would take this document: ${read.fault.problem} at ${read.fault.path}`);
  return bytes;
}

function jsonOf(bytes: Uint8Array, bytesMax: number): { readonly text: string; readonly value: unknown } {
  if (bytes.length > bytesMax) throw new Unreadable('too-large', '$');
  const text = orFault('not-utf8', () => utf8.decode(bytes));
  const value: unknown = orFault('not-json', () => JSON.parse(text));
  return { text, value };
}

function canonicalOf(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof CanonicalJsonError) throw new Unreadable('not-canonical', error.path);
    throw error;
  }
}

function orFault<T>(problem: FaultProblem, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // TypeError: not UTF-8; SyntaxError: not JSON; RangeError: nested deeper than the parser goes.
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) {
      throw new Unreadable(problem, '$');
    }
    throw error;
  }
}

function attempt<T>(read: () => T): Decoded<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, fault: error.fault };
    throw error;
  }
}
