import type { Instant } from '@patchsteward/core/vocabulary';

export const UNSTORABLE = 'it holds a character that no text can hold: NUL, or half of a surrogate pair';

/** JSON may carry such characters in escapes (RFC 8259 §8.2); a column of text cannot. */
export function isStorable(row: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(row);
}

export function timeOf(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
