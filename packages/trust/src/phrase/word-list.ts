const CONSONANTS = 'bdfghjklmnprstvw'.split('');
const VOWELS = 'aiou'.split('');
/** After a vowel come these two in the second syllable: never the same again, so that no word only repeats itself. */
const SECOND_VOWELS: Readonly<Record<string, string>> = { a: 'io', i: 'ou', o: 'ua', u: 'ai' };

/**
 * 2,048 words of two open syllables, by rule instead of by taste: 16 consonants and 4 vowels make the first syllable, 16
 * consonants and 2 of the other vowels the second. All are said as they are written, none begins like a longer one,
 * and the list is the same for everybody who follows the rule. // decided 28: at least 2,048 words
 */
export const WORDS: readonly string[] = CONSONANTS.flatMap((first) =>
  VOWELS.flatMap((vowel) =>
    CONSONANTS.flatMap((second) =>
      (SECOND_VOWELS[vowel] ?? '').split('').map((last) => `${first}${vowel}${second}${last}`),
    ),
  ),
);
