/** Asked so often, a statement is one of ours that comes again, and not one that a long list of its own makes. */
const ASKED_MIN = 5;
/** Each connection keeps the plans of so many at most, some hundred kilobytes each; a page of ours asks a dozen. */
const NAMED_MAX = 200;
/** Statements that are counted until they get a name; forgotten all at once, so that what is frequent soon comes back. */
const WATCHED_MAX = 2_000;

/** What reads, also below a comment; several statements in one text and what steers a transaction never begin so. */
const READS = /^\s*(?:--[^\n]*\n\s*)*(?:select|with)\b/i;

/**
 * Names of statements that are asked again and again: the database keeps the plan of a statement with a name, and to plan
 * takes longer than to answer where ten tables are joined for one page. // PostgreSQL PREPARE
 */
export class PreparedNames {
  readonly #asked = new Map<string, number>();
  /** null: this statement gets none any more. */
  readonly #names = new Map<string, string | null>();

  nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= NAMED_MAX || !READS.test(text)) return null;
    const asked = (this.#asked.get(text) ?? 0) + 1;
    if (asked < ASKED_MIN) {
      if (this.#asked.size >= WATCHED_MAX) this.#asked.clear();
      this.#asked.set(text, asked);
      return null;
    }
    this.#asked.delete(text);
    const name = `patchsteward_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  /** The database lost the statement behind the name, or does not take it as one. */
  drop(text: string): void {
    this.#names.set(text, null);
  }
}
