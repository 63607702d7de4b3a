import type { Hash } from '@patchsteward/core/vocabulary';
import { digestOf } from '../merkle/index.ts';
import { WORDS } from './word-list.ts';

const WORDS_OF_A_PHRASE = 6;
const BITS_PER_WORD = 11n;

/**
 * The first 66 bits of a plan's id as six words, to be compared by eye or over the telephone between a screen that a
 * server filled and a client that it did not. // decided 28
 */
export function planPhrase(plan: Hash): string {
  const digest = BigInt(`0x${digestOf(plan).toString('hex')}`);
  const words = Array.from({ length: WORDS_OF_A_PHRASE }, (_, index) => {
    const shift = 256n - BITS_PER_WORD * BigInt(index + 1);
    return WORDS[Number((digest >> shift) & 0x7ffn)];
  });
  return words.join(' ');
}
