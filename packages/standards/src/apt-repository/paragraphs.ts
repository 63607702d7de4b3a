import { IndexFault } from './release-fault.ts';

/** The longest line of Debian's indexes is a list of files below 30 KiB. */
const LINE_CHARACTERS_MAX = 256 * 1024;
/** A field name is a word. // Debian Policy §5.1 */
const FIELD = /^([!"$-,.-9;-~][!-9;-~]*):[ \t]*(.*)$/s;

/**
 * Reads deb822 paragraphs piece by piece, so that an index of 50 MB never stands in memory. // Debian Policy §5.1
 * Of the fields only the wanted ones are kept (lower case).
 */
export class Paragraphs {
  readonly #wanted: ReadonlySet<string>;
  readonly #onParagraph: (fields: ReadonlyMap<string, string>) => void;
  #rest = '';
  #fields = new Map<string, string>();
  #names = new Set<string>();
  #current: string | null = null;

  constructor(wanted: ReadonlySet<string>, onParagraph: (fields: ReadonlyMap<string, string>) => void) {
    this.#wanted = wanted;
    this.#onParagraph = onParagraph;
  }

  push(text: string): void {
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', start)) {
      this.#line(all.slice(start, end));
      start = end + 1;
    }
    this.#rest = all.slice(start);
    if (this.#rest.length > LINE_CHARACTERS_MAX) throw new IndexFault('a line is longer than any real one');
  }

  end(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    this.#close();
  }

  #line(raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.length > LINE_CHARACTERS_MAX) throw new IndexFault('a line is longer than any real one');
    if (line.trim() === '') this.#close();
    else if (line.startsWith(' ') || line.startsWith('\t')) this.#continue(line);
    else this.#begin(line);
  }

  #continue(line: string): void {
    if (this.#names.size === 0) throw new IndexFault('a continuation line stands outside of a field');
    if (this.#current === null) return;
    this.#fields.set(this.#current, `${this.#fields.get(this.#current) ?? ''}\n${line.slice(1)}`);
  }

  #begin(line: string): void {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key === '') throw new IndexFault(`"${line.slice(0, 40)}" is neither a field nor a continuation line`);
    // Two values under one name would let two readers see two files.
    if (this.#names.has(key)) throw new IndexFault(`the field ${key} appears twice in one paragraph`);
    this.#names.add(key);
    this.#current = this.#wanted.has(key) ? key : null;
    if (this.#current !== null) this.#fields.set(key, value.trim());
  }

  #close(): void {
    if (this.#names.size === 0) return;
    this.#onParagraph(this.#fields);
    this.#fields = new Map();
    this.#names = new Set();
    this.#current = null;
  }
}
