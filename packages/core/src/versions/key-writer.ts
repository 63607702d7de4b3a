import { skipZeros } from './digit-run.ts';

/** No character of a version takes more: the escape of a character outside ASCII is the longest. */
const BYTES_PER_CHARACTER_MAX = 3;
/** Codes that every key has however short its version: numbers of empty parts, ends of parts, a tag. */
const BYTES_FIXED_MAX = 16;

/** Writes the bytes of a key front to back. */
export class KeyWriter {
  private readonly bytes: Uint8Array;
  private length = 0;

  constructor(characters: number) {
    this.bytes = new Uint8Array(characters * BYTES_PER_CHARACTER_MAX + BYTES_FIXED_MAX);
  }

  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  /**
   * A run of digits without its leading zeros: how many there are, then the digits. The count is one byte,
   * `base + count`, below `base + countLimit`; that last code announces four bytes of count, so that a run of any
   * length keeps its place. Zero and an empty run are `base` alone.
   */
  digitRun(base: number, countLimit: number, text: string, start: number, end: number): void {
    const first = skipZeros(text, start, end);
    const count = end - first;
    this.byte(base + Math.min(count, countLimit));
    if (count >= countLimit) {
      for (let shift = 24; shift >= 0; shift -= 8) this.byte((count >>> shift) & 0xff);
    }
    for (let at = first; at < end; at++) this.byte(text.charCodeAt(at));
  }

  /** A copy, so that the key keeps none of the room it did not need. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
