/** What is read of a package URL. // ECMA-427 */
export interface Purl {
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: ReadonlyMap<string, string>;
}

const PURL = /^pkg:\/*([A-Za-z][\w.+-]*)\/([^?#@]+)(?:@([^?#]+))?(?:\?([^#]*))?(?:#.*)?$/;

/** null: it is none. */
export function purlOf(text: string): Purl | null {
  const [, type, path = '', version, query = ''] = PURL.exec(text) ?? [];
  if (type === undefined) return null;
  const parts = path.split('/').filter((part) => part !== '');
  const decoded = [...parts, version ?? ''].map(decodedOf);
  const last = decoded.at(-1);
  const name = decoded.at(-2);
  if (name === undefined || last === undefined || decoded.includes(null)) return null;
  const namespace = decoded.slice(0, -2).join('/');
  return {
    type: type.toLowerCase(),
    namespace: namespace === '' ? null : namespace,
    name: name ?? '',
    version: last === '' ? null : last,
    qualifiers: qualifiersOf(query),
  };
}

function qualifiersOf(query: string): ReadonlyMap<string, string> {
  const pairs = query.split('&').map((pair) => pair.split(/=(.*)/s));
  return new Map(pairs.map(([key = '', value = '']) => [key.toLowerCase(), decodedOf(value) ?? value]));
}

/** null: its percent signs encode nothing. */
function decodedOf(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A broken encoding means that the text is no purl, which is all that is asked.
    return null;
  }
}
