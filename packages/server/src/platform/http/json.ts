import { Refusal } from './refusal.ts';

/** The contract's deepest body has six levels; ten times that is an attack on the parser's stack. */
const JSON_DEPTH_MAX = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_OBJECT, OPEN_ARRAY, CLOSE_OBJECT, CLOSE_ARRAY] = [0x7b, 0x5b, 0x7d, 0x5d] as const;
const SUSPICIOUS = /__proto__|constructor|\\u00/;

/** Bytes as JSON, or a refusal. Depth is counted before anything is built. */
export function parseJson(bytes: Uint8Array): unknown {
  if (isDeeperThan(bytes, JSON_DEPTH_MAX)) {
    throw new Refusal('body-too-deep', `The body is nested deeper than ${JSON_DEPTH_MAX} levels.`);
  }
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal('body-not-json', 'The body is no JSON.', { cause: error });
  }
  // A walk costs as much as the parse; a text without the words needs none.
  if (SUSPICIOUS.test(text)) refusePrototypes(value);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Refusal('body-not-json', 'The body is no valid UTF-8.', { cause: error });
  }
}

/** Brackets outside of strings. In UTF-8 no byte of a longer character looks like one of them. */
function isDeeperThan(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
    }
  }
  return false;
}

/** Names that would change every object of the process where somebody merges carelessly. */
function refusePrototypes(root: unknown): void {
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__') || hasPrototypeOfConstructor(value)) {
      throw new Refusal('bad-request', 'The body names the prototype of objects, which no part of the contract does.');
    }
    open.push(...Object.values(value).filter((child) => typeof child === 'object' && child !== null));
  }
}

function hasPrototypeOfConstructor(value: object): boolean {
  const found: unknown = Object.getOwnPropertyDescriptor(value, 'constructor')?.value;
  return typeof found === 'object' && found !== null && Object.hasOwn(found, 'prototype');
}
