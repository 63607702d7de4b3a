/** What the lists and things of the console are called; a message names those of which something changed. */
export const ANYTHING = '*';
/** Words of one message. Whoever changes more at once is better read anew as a whole. */
export const WORDS_MAX = 100;

/** Beyond the limit single things are told as all of their kind, and beyond that as anything. */
export function condensed(words: ReadonlySet<string>): readonly string[] {
  if (words.has(ANYTHING)) return [ANYTHING];
  if (words.size <= WORDS_MAX) return [...words].sort();
  const kinds = new Set([...words].map((word) => word.split(':', 1)[0] ?? word));
  return kinds.size <= WORDS_MAX ? [...kinds].sort() : [ANYTHING];
}
