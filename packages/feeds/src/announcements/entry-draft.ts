/** The attributes of an element, by their local names. */
export type Attributes = Readonly<Record<string, string>>;

/** An element of an entry, with what stands in it. */
export interface EntryField {
  /** `title`, `atom:link`, `dc:date`. */
  readonly name: string;
  readonly attributes: Attributes;
  /** Where elements stand in it, as XHTML does in Atom, it is HTML. */
  readonly text: string;
  readonly marked: boolean;
}

/** An entry of a feed, before anybody asked what its form means by it. */
export interface RawEntry {
  readonly attributes: Attributes;
  readonly fields: readonly EntryField[];
  /** As it stands in the file. */
  readonly source: string;
}

/** Of one element; the notes of the longest release have below 100,000. */
const FIELD_CHARACTERS_MAX = 200_000;
/** An entry has some ten elements. */
const FIELDS_MAX = 1_000;

interface OpenField {
  readonly name: string;
  readonly attributes: Attributes;
  readonly inner: string[];
  readonly plain: string[];
  readonly marks: string[];
  marked: boolean;
  characters: number;
}

/** An entry that is being read: its elements one after another, each with all that stands in it. */
export class EntryDraft {
  /** Where its tag begins in the file. */
  readonly start: number;
  readonly #attributes: Attributes;
  readonly #fields: EntryField[] = [];
  #open: OpenField | null = null;

  constructor(attributes: Attributes, start: number) {
    this.#attributes = attributes;
    this.start = start;
  }

  openElement(name: string, local: string, attributes: Attributes): void {
    const field = this.#open;
    if (field === null) {
      this.#open = { name, attributes, inner: [], plain: [], marks: [], marked: false, characters: 0 };
      return;
    }
    const { href } = attributes;
    field.inner.push(local);
    field.marked = true;
    field.marks.push(href === undefined ? `<${local}>` : `<${local} href="${escaped(href)}">`);
  }

  text(more: string): void {
    const field = this.#open;
    if (field === null) return;
    const kept = more.slice(0, Math.max(0, FIELD_CHARACTERS_MAX - field.characters));
    field.characters += kept.length;
    field.plain.push(kept);
    field.marks.push(escaped(kept));
  }

  closeElement(): void {
    const field = this.#open;
    if (field === null) return;
    const local = field.inner.pop();
    if (local !== undefined) {
      field.marks.push(`</${local}>`);
      return;
    }
    this.#open = null;
    const { name, attributes, marked } = field;
    const text = (marked ? field.marks : field.plain).join('');
    if (this.#fields.length < FIELDS_MAX) this.#fields.push({ name, attributes, text, marked });
  }

  entryOf(source: string): RawEntry {
    return { attributes: this.#attributes, fields: this.#fields, source };
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
