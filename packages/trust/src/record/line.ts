import { canonicalJson } from '../canonical-json.ts';

/** One event as the record holds it. */
export interface EntryLine {
  readonly line: 'entry';
  readonly index: number;
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: unknown;
  /** base64 */
  readonly salt: string;
  readonly payloadHash: string;
  readonly leafHash: string;
}

/** A row of the database beside the record: it must follow from the record, or somebody changed one of the two. */
export interface RowLine {
  readonly line: 'row';
  /** The campaign that it is about. */
  readonly campaign: string;
  /** `campaign.event` */
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** A signed note, and what the database says beside it of the same moment. */
export interface CheckpointLine {
  readonly line: 'checkpoint';
  readonly note: string;
  readonly size: number;
  readonly root: string;
  readonly at: string;
  readonly peaks: unknown;
}

export type PackLine =
  | {
      readonly line: 'record';
      readonly format: 1;
      readonly origin: string;
      readonly key: string;
      readonly size: number;
    }
  | EntryLine
  | CheckpointLine
  /** The last checkpoint that the server remembers outside of its database. */
  | { readonly line: 'remembered'; readonly note: string }
  | RowLine
  /** Over every byte before this line, so that nothing can be cut off or slipped in. */
  | { readonly line: 'end'; readonly lines: number; readonly sha256: string; readonly signature: string };

/** One line of an exported record. Canonical, so that a changed byte is a changed line. // RFC 8785 */
export function encodeLine(line: PackLine): string {
  return `${canonicalJson(line)}\n`;
}

type Shape = Readonly<Record<string, 'text' | 'count' | 'any' | 'object'>>;

const SHAPES: Readonly<Record<PackLine['line'], Shape>> = {
  record: { format: 'count', origin: 'text', key: 'text', size: 'count' },
  entry: {
    index: 'count',
    id: 'text',
    at: 'text',
    actor: 'text',
    kind: 'text',
    subject: 'text',
    payload: 'any',
    salt: 'text',
    payloadHash: 'text',
    leafHash: 'text',
  },
  checkpoint: { note: 'text', size: 'count', root: 'text', at: 'text', peaks: 'any' },
  remembered: { note: 'text' },
  row: { campaign: 'text', table: 'text', row: 'object' },
  end: { lines: 'count', sha256: 'text', signature: 'text' },
};

/** The line, or null where it is not exactly one of the forms above. */
export function parseLine(text: string): PackLine | null {
  const value = parsed(text);
  if (value === null || !isShaped(value)) return null;
  return isCanonical(value, text) ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isShaped(value: unknown): value is PackLine {
  if (typeof value !== 'object' || value === null || !('line' in value)) return false;
  const shape = Object.entries(SHAPES).find(([name]) => name === value.line)?.[1];
  if (shape === undefined) return false;
  const fields = Object.entries(value).filter(([name]) => name !== 'line');
  return fields.length === Object.keys(shape).length && fields.every(([name, field]) => fits(shape[name], field));
}

function fits(form: Shape[string] | undefined, field: unknown): boolean {
  if (form === 'text') return typeof field === 'string';
  if (form === 'count') return Number.isSafeInteger(field) && Number(field) >= 0;
  if (form === 'object') return typeof field === 'object' && field !== null && !Array.isArray(field);
  return form === 'any';
}

function isCanonical(value: PackLine, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}
