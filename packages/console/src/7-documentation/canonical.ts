/** Deeper than any entry of the record; the server refuses deeper ones. */
const DEPTH_MAX = 256;

/**
 * The one JSON text of a value, as the record hashes it. Numbers and strings are written as ECMAScript writes them, and
 * members are ordered by UTF-16 code units, which is how JavaScript sorts. // RFC 8785 §3.2
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth >= DEPTH_MAX) throw new RangeError('The value is nested deeper than any entry of the record.');
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}
