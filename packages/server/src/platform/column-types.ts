import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';

declare const stored: unique symbol;

/**
 * An instant as a query returns it: epoch milliseconds. Branded, because PostgreSQL does not take the number back: a
 * plain number in a query is a compile error, and `timestamp(ms)` is the way in.
 */
export type StoredInstant = number & { readonly [stored]: 'timestamptz' };

/** Epoch milliseconds as a value of a query: `values({ at: timestamp(now) })`, `where('due', '<', timestamp(now))`. */
export function timestamp(instantMs: number): RawBuilder<StoredInstant> {
  return sql<StoredInstant>`${new Date(instantMs).toISOString()}::timestamptz`;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A JSON column takes this alone: the driver would send a bare array as an array of PostgreSQL. */
export type JsonText = string & { readonly [stored]: 'jsonb' };

export function json(value: JsonValue): RawBuilder<JsonText> {
  return sql<JsonText>`${JSON.stringify(value)}::jsonb`;
}

/**
 * What core returns, as JSON. Its types are interfaces, which the compiler takes for no JSON; a field that is undefined
 * is left out, as every reader of JSON expects.
 */
export function plainJson(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

type TextParser = (text: string) => unknown;

const TIMESTAMPTZ_FORM = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?$/;

/** `2026-11-22 15:40:00.123456+00` as epoch milliseconds; what lies below a millisecond is cut off. */
export function instantOf(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  const parts = TIMESTAMPTZ_FORM.exec(text);
  const instant = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}${parts[3]}:${parts[4] ?? '00'}`);
  if (Number.isNaN(instant)) throw new RangeError(`PostgreSQL sent ${text}, which is no instant of our calendar`);
  return instant;
}

/** A count or an id that a double cannot hold exactly is a bug somewhere, never to be rounded. */
export function integerOf(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`PostgreSQL sent ${text}, which is no exact number here`);
  return value;
}

const keepText: TextParser = (text) => text;
const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
const PARSERS: ReadonlyMap<number, TextParser> = new Map([
  [INT8, integerOf],
  [TIMESTAMPTZ, instantOf],
  // A date is a day of the calendar, not an instant in this machine's zone.
  [DATE, keepText],
  [TIMESTAMP, keepText],
]);
const ARRAYS: ReadonlyMap<number, number> = new Map([
  [1016, INT8],
  [1182, DATE],
  [1115, TIMESTAMP],
  [1185, TIMESTAMPTZ],
]);

/** `_text`: the elements of any array as they were written. The driver knows it, its declaration does not. */
const TEXT_ARRAY = 1009 as Parameters<typeof pg.types.getTypeParser>[0];
const parseTextArray: TextParser = pg.types.getTypeParser(TEXT_ARRAY, 'text');

/** What has to be unescaped, or is no text: quotes, what they hide, NULL, arrays in arrays, bounds. */
const MORE_THAN_WORDS = /["\\]|NULL|^[^{]|^\{[{}]/;

/** Lists of plain words are most of what there is, and thousands of them stand on a page: the driver goes by character. */
const parseWords: TextParser = (text) =>
  MORE_THAN_WORDS.test(text) ? parseTextArray(text) : text.slice(1, -1).split(',');

/** Parsers of our own pools alone: another user of the driver in this process keeps its own. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return pg.types.getTypeParser(oid, format);
    if (oid === TEXT_ARRAY) return parseWords;
    const own = PARSERS.get(oid);
    if (own !== undefined) return own;
    const element = PARSERS.get(ARRAYS.get(oid) ?? -1);
    if (element === undefined) return pg.types.getTypeParser(oid, 'text');
    return (text: string) => mapArray(parseTextArray(text), element);
    // The driver's declaration lists its own numbers one by one; the shape is the same.
  }) as pg.CustomTypesConfig['getTypeParser'],
};

function mapArray(value: unknown, element: TextParser): unknown {
  if (Array.isArray(value)) return value.map((item) => mapArray(item, element));
  return typeof value === 'string' ? element(value) : value;
}
