import { Unreadable } from './fault.ts';

/** Reads one value, or throws `Unreadable` with the place. */
export type Decoder<T> = (value: unknown, path: string) => T;
export type Read<D> = D extends Decoder<infer T> ? T : never;

/** An object with exactly these fields. None is ever optional: what is absent is null, so that it was said. */
export function record<Fields extends Readonly<Record<string, Decoder<unknown>>>>(
  fields: Fields,
): Decoder<{ readonly [Name in keyof Fields]: Read<Fields[Name]> }> {
  const names = Object.keys(fields);
  return (value, path) => {
    const given = plainObject(value, path);
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name)) throw new Unreadable('unknown-field', `${path}.${name}`);
    }
    const read: Record<string, unknown> = {};
    for (const name of names) {
      if (!Object.hasOwn(given, name)) throw new Unreadable('missing-field', `${path}.${name}`);
      read[name] = fields[name]?.(given[name], `${path}.${name}`);
    }
    // Every name of `fields` was read by its own decoder just above; the compiler cannot follow a loop over names.
    return read as { readonly [Name in keyof Fields]: Read<Fields[Name]> };
  };
}

/** One of several shapes, told apart by the word in one field. */
export function variant<Shapes extends Readonly<Record<string, Decoder<unknown>>>>(
  field: string,
  shapes: Shapes,
): Decoder<Read<Shapes[keyof Shapes]>> {
  return (value, path) => {
    const word = plainObject(value, path)[field];
    if (typeof word !== 'string' || !Object.hasOwn(shapes, word)) {
      throw new Unreadable('not-one-of', `${path}.${field}`);
    }
    // `word` is a key of `shapes`, so this is the decoder of one of its shapes.
    return shapes[word]?.(value, path) as Read<Shapes[keyof Shapes]>;
  };
}

export interface ListRules<T> {
  readonly countMin?: number;
  readonly countMax: number;
  /** The items strictly rise by this order: sorted, and none twice. */
  readonly rising?: (item: T) => string | number;
}

export function list<T>(item: Decoder<T>, { countMin = 0, countMax, rising }: ListRules<T>): Decoder<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new Unreadable('wrong-type', path);
    if (value.length > countMax) throw new Unreadable('too-many', path);
    if (value.length < countMin) throw new Unreadable('too-few', path);
    const items = value.map((each, index) => item(each, `${path}[${index}]`));
    if (rising !== undefined) assertRising(items.map(rising), path);
    return items;
  };
}

/** One order only: two lists with the same members have the same bytes. */
function assertRising(keys: readonly (string | number)[], path: string): void {
  for (let index = 1; index < keys.length; index += 1) {
    const [before, here] = [keys[index - 1], keys[index]];
    if (before === here) throw new Unreadable('duplicate', `${path}[${index}]`);
    if (before === undefined || here === undefined || before > here) {
      throw new Unreadable('not-sorted', `${path}[${index}]`);
    }
  }
}

export function nullable<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : decoder(value, path));
}

/** What a value must be beyond its shape. */
export function checked<T>(decoder: Decoder<T>, agrees: (value: T) => boolean): Decoder<T> {
  return (value, path) => {
    const read = decoder(value, path);
    if (!agrees(read)) throw new Unreadable('contradiction', path);
    return read;
  };
}

function plainObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable('wrong-type', path);
  // An object that JSON made has string names and JSON values only.
  return value as Readonly<Record<string, unknown>>;
}
