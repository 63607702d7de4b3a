/**
 * What each asset has of one fact, as the number of a word or of a list of words: an asset without any has the empty
 * list. There are few different ones, so that a question is put to them and not to every asset.
 */
export class WordColumn {
  /** By the slot of the asset: which of `lists`. */
  readonly codes: number[] = [];
  readonly lists: (readonly string[])[] = [];
  readonly #codeOf = new Map<string, number>();
  /** By list: which of `#words` are in it; the number of null where none is. */
  readonly #wordsOf: (readonly number[])[] = [];
  readonly #words: (string | null)[] = [];
  readonly #numberOf = new Map<string | null, number>();

  set(slot: number, words: readonly string[]): void {
    const key = keyOf(words);
    const known = this.#codeOf.get(key);
    if (known !== undefined) {
      this.codes[slot] = known;
      return;
    }
    this.#codeOf.set(key, this.lists.length);
    this.codes[slot] = this.lists.length;
    this.lists.push(words);
    this.#wordsOf.push((words.length === 0 ? [null] : words).map((word) => this.#number(word)));
  }

  #number(word: string | null): number {
    const known = this.#numberOf.get(word);
    if (known !== undefined) return known;
    this.#numberOf.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  /** 1 for each list of which it holds. */
  allowed(holds: (words: readonly string[]) => boolean): Uint8Array {
    return Uint8Array.from(this.lists, (words) => (holds(words) ? 1 : 0));
  }

  /** How many of these slots have each word that any of them has; null counts those without any. */
  count(slots: readonly number[]): CountedWord[] {
    const { codes } = this;
    const ofList = new Uint32Array(this.lists.length);
    for (const slot of slots) {
      const code = codes[slot] ?? 0;
      ofList[code] = (ofList[code] ?? 0) + 1;
    }
    const ofWord = new Uint32Array(this.#words.length);
    for (const [code, numbers] of this.#wordsOf.entries()) {
      for (const number of numbers) ofWord[number] = (ofWord[number] ?? 0) + (ofList[code] ?? 0);
    }
    return this.#words.flatMap((value, number) => {
      const assets = ofWord[number] ?? 0;
      return assets === 0 ? [] : [{ value, assets }];
    });
  }
}

export interface CountedWord {
  readonly value: string | null;
  readonly assets: number;
}

/** No text of PostgreSQL holds the sign between the words, so that no two lists have the same key. */
function keyOf(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : `\0${words.join('\0')}`;
}
