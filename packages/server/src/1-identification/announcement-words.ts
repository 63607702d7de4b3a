import { productKey } from '@patchsteward/core/1-identification';

/** A name of a product has no more words: `SIMATIC S7 1500 CPU family`. */
const WORDS_OF_NAME_MAX = 5;
/** The first pages say what it is about. */
const WORDS_MAX = 2_000;
/** Packages of one or two letters (`r`, `gs`) are words of any text. */
const NAME_CHARACTERS_MIN = 3;
const NAMED_MAX = 200;

/** Names that a text may mean: the keys of products, and words that may be packages. */
export interface NamesInText {
  readonly products: readonly string[];
  readonly packages: readonly string[];
}

/** Products by any words in a row; packages by the title alone, as most of their names are words of any text. */
export function namesIn(title: string, text: string): NamesInText {
  return { products: rowsOfWords(`${title}\n${text}`), packages: packagesIn(title) };
}

/** CVE ids that a text names, each once, in its order. */
export function cvesIn(text: string): string[] {
  const found = text.toUpperCase().match(/\bCVE-\d{4}-\d{4,7}\b/g) ?? [];
  return [...new Set(found)].slice(0, NAMED_MAX);
}

function rowsOfWords(text: string): string[] {
  const words = slugOf(text).split('-').slice(0, WORDS_MAX);
  const rows = words.flatMap((_, start) =>
    Array.from({ length: WORDS_OF_NAME_MAX }, (_unused, more) => words.slice(start, start + more + 1).join('-')),
  );
  return [...new Set(rows)].filter((row) => row.length >= NAME_CHARACTERS_MIN);
}

function packagesIn(title: string): string[] {
  const words = title.toLowerCase().match(/[a-z0-9@][a-z0-9@/+._-]*[a-z0-9+]/g) ?? [];
  return [...new Set(words)].filter((word) => word.length >= NAME_CHARACTERS_MIN);
}

/** The part of a product's key that names it. */
function slugOf(text: string): string {
  return productKey('', text).replace(/^\//, '');
}
