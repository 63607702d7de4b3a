/** Deeper than any document of ours by far, and shallow enough that the call stack never ends first. */
const DEPTH_MAX = 256;

export type CanonicalJsonFault = 'not-json' | 'not-finite' | 'lone-surrogate' | 'too-deep';

/** The value has no canonical form. `path` leads to the part that has none: `$.packages[3].name`. */
export class CanonicalJsonError extends Error {
  readonly fault: CanonicalJsonFault;
  readonly path: string;

  constructor(fault: CanonicalJsonFault, path: string) {
    super(`No canonical JSON for ${path}: ${fault}.`);
    this.name = 'CanonicalJsonError';
    this.fault = fault;
    this.path = path;
  }
}

/**
 * The one JSON text of a value // RFC 8785. Equal values give equal bytes whoever writes them, so a hash of the text
 * is a hash of the value. What JSON would drop or bend (undefined, NaN, dates, half surrogates) is refused instead:
 * two different values must never share a text.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      return writeNumber(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeStructure(value, path, depth);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new CanonicalJsonError('not-json', path);
  }
}

/** // RFC 8785 §3.2.2.3: a number is written as ECMAScript writes it, and -0 as 0. */
function writeNumber(value: number, path: string): string {
  if (!Number.isFinite(value)) throw new CanonicalJsonError('not-finite', path);
  return String(value);
}

/** // RFC 8785 §3.2.2.2: ECMAScript's own escapes are the canonical ones; a lone surrogate must end the run. */
function writeString(value: string, path: string): string {
  if (!value.isWellFormed()) throw new CanonicalJsonError('lone-surrogate', path);
  return JSON.stringify(value);
}

function writeStructure(value: object, path: string, depth: number): string {
  if (depth >= DEPTH_MAX) throw new CanonicalJsonError('too-deep', path);
  if (Array.isArray(value)) return writeArray(value, path, depth);
  if (!isPlain(value)) throw new CanonicalJsonError('not-json', path);
  return writeObject(value, path, depth);
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  // Counted, not mapped: a hole must be seen as the undefined it is.
  for (let index = 0; index < items.length; index += 1) {
    parts.push(write(items[index], `${path}[${index}]`, depth + 1));
  }
  return `[${parts.join(',')}]`;
}

/** // RFC 8785 §3.2.3: members ordered by the UTF-16 code units of their names, which is how JavaScript sorts. */
function writeObject(value: Readonly<Record<string, unknown>>, path: string, depth: number): string {
  const parts: string[] = [];
  for (const name of Object.keys(value).sort()) {
    parts.push(`${writeString(name, path)}:${write(value[name], `${path}.${name}`, depth + 1)}`);
  }
  return `{${parts.join(',')}}`;
}

/** Dates, maps and other class instances have no JSON of their own: their owner must turn them into values first. */
function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
