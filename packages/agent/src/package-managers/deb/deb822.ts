/** Field names in lower case: deb822 does not tell them apart by case. */
export type Paragraph = ReadonlyMap<string, string>;

/** The text is not a list of deb822 paragraphs. `line` counts from 1. */
export class Deb822Error extends Error {
  readonly line: number;
  readonly problem: string;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = 'Deb822Error';
    this.line = line;
    this.problem = problem;
  }
}

export interface PlacedParagraph {
  readonly fields: Paragraph;
  /** The line on which it begins. */
  readonly line: number;
}

const SPACE = 0x20;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads the paragraphs of a control file // Debian Policy §5.1, deb822(5). Works through the text line by line and
 * keeps only the wanted fields (lower case), so a status database of many megabytes costs little more than itself.
 */
export function* paragraphsOf(text: string, wanted: ReadonlySet<string>): Generator<PlacedParagraph> {
  let fields = new Map<string, string>();
  let seen = new Set<string>();
  let startLine = 0;
  let current: string | null = null;
  let line = 0;

  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline;
    const end = next > start && text.charCodeAt(next - 1) === CARRIAGE_RETURN ? next - 1 : next;
    line += 1;

    if (isBlank(text, start, end)) {
      if (startLine > 0) yield { fields, line: startLine };
      fields = new Map();
      seen = new Set();
      startLine = 0;
    } else if (isContinuation(text, start)) {
      if (startLine === 0) throw new Deb822Error(line, 'a continuation line outside a field');
      if (current !== null) fields.set(current, `${fields.get(current) ?? ''}\n${text.slice(start + 1, end)}`);
    } else {
      const name = fieldName(text, start, end, line);
      if (seen.has(name)) throw new Deb822Error(line, `the field ${name} appears twice in one paragraph`);
      seen.add(name);
      if (startLine === 0) startLine = line;
      current = wanted.has(name) ? name : null;
      if (current !== null) fields.set(current, text.slice(text.indexOf(':', start) + 1, end).trim());
    }
    start = next + 1;
  }
  if (startLine > 0) yield { fields, line: startLine };
}

function isContinuation(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  return first === SPACE || first === TAB;
}

/** Lines of nothing but spaces and tabs separate paragraphs too. // Debian Policy §5.1 */
function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB) return false;
  }
  return true;
}

/** Printable ASCII but no colon; not beginning with `#` or `-`. // Debian Policy §5.1 */
const FIELD_NAME = /^[!"$-,.-9;-~][!-9;-~]*$/;

function fieldName(text: string, start: number, end: number, line: number): string {
  const colon = text.indexOf(':', start);
  const name = colon === -1 || colon >= end ? '' : text.slice(start, colon).trimEnd();
  if (!FIELD_NAME.test(name)) throw new Deb822Error(line, 'neither a field (Name: value) nor a continuation line');
  return name.toLowerCase();
}
