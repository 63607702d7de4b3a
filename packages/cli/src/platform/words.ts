import { plainText } from './text.ts';

/** `1 package`, `2,354 packages`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

export function numberText(count: number): string {
  return count.toLocaleString('en');
}

/** More names on a line than this are counted, not listed. */
export const LISTED_MAX = 6;

/** Names for a line of text, made safe for a terminal. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_MAX).map(plainText).join(', ');
  return names.length <= LISTED_MAX ? shown : `${shown} and ${names.length - LISTED_MAX} more`;
}

/** Each once, in the order of their first. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** A sentence as a part of a longer line. */
export function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
