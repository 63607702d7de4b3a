import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { isHash } from '../hash.ts';
import type { Decoder } from './decoder.ts';
import { Unreadable } from './fault.ts';

/** Text of people: why, a note. Long enough for a paragraph, short enough for a screen. */
const TEXT_CHARACTERS_MAX = 2_000;
/** 9999-12-31T23:59:59.999Z: RFC 3339 §1 has years of four digits. */
const INSTANT_MAX = 253_402_300_799_999;
const INSTANT_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export const bool: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new Unreadable('wrong-type', path);
  return value;
};

export function whole(min: number, max: number): Decoder<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Unreadable('wrong-type', path);
    if (value < min || value > max) throw new Unreadable('out-of-range', path);
    return value;
  };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Decoder<Word> {
  return (value, path) => {
    const word = words.find((each) => each === value);
    if (word === undefined) throw new Unreadable('not-one-of', path);
    return word;
  };
}

export function form(pattern: RegExp): Decoder<string> {
  return (value, path) => {
    if (typeof value !== 'string') throw new Unreadable('wrong-type', path);
    if (!pattern.test(value)) throw new Unreadable('wrong-form', path);
    return value;
  };
}

/** What a person wrote, to be shown again: no control characters, which a terminal would obey. */
export const text: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new Unreadable('wrong-type', path);
  if (value.length > TEXT_CHARACTERS_MAX) throw new Unreadable('out-of-range', path);
  if (!value.isWellFormed() || /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(value)) {
    throw new Unreadable('wrong-form', path);
  }
  return value;
};

/** A text that says something. */
export const saying: Decoder<string> = (value, path) => {
  const read = text(value, path);
  if (read.trim() === '') throw new Unreadable('wrong-form', path);
  return read;
};

export const hashText: Decoder<Hash> = (value, path) => {
  if (!isHash(value)) throw new Unreadable('wrong-form', path);
  return value;
};

/** RFC 3339, UTC, milliseconds, and one text for one instant only. */
export const instant: Decoder<Instant> = (value, path) => {
  if (typeof value !== 'string') throw new Unreadable('wrong-type', path);
  const at = INSTANT_FORM.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at) || at < 0 || instantText(at) !== value) throw new Unreadable('wrong-form', path);
  return at;
};

/** The one text of an instant in everything that is signed. */
export function instantText(at: Instant): string {
  if (!Number.isSafeInteger(at) || at < 0 || at > INSTANT_MAX)
    throw new RangeError(`No instant of the calendar: ${at}`);
  return new Date(at).toISOString();
}

/** Lower case, so that one id has one text. // RFC 9562 §4 */
export const uuid: Decoder<string> = form(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
