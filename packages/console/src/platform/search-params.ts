/** What an address may carry behind its `?`: flat words, so that a person can read and edit it. */
export type RawSearch = Readonly<Record<string, unknown>>;

export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: RawSearch): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') params.set(name, String(value));
  }
  return params.size === 0 ? '' : `?${params}`;
}

/** Longest text kept in an address: the longest that the server takes in a search. */
const TEXT_CHARACTERS_MAX = 1024;

/** The named text, or nothing where it is absent, empty or too long. */
export function textIn<Name extends string>(
  raw: RawSearch,
  name: Name,
  charactersMax: number = TEXT_CHARACTERS_MAX,
): { [N in Name]?: string | undefined } {
  const value = raw[name];
  if (typeof value !== 'string' || value === '' || value.length > charactersMax) return {};
  return { [name]: value } as { [N in Name]?: string | undefined }; // A computed key widens to string.
}

/** A count between 2 and `max`; 1 is the default and not written. */
export function countIn<Name extends string>(
  raw: RawSearch,
  name: Name,
  max: number,
): { [N in Name]?: number | undefined } {
  const value = Number(raw[name]);
  if (!Number.isInteger(value) || value < 2) return {};
  return { [name]: Math.min(value, max) } as { [N in Name]?: number | undefined }; // A computed key widens to string.
}

/** One of the known words, or nothing. */
export function wordIn<Name extends string, Word extends string>(
  raw: RawSearch,
  name: Name,
  words: readonly Word[],
): { [N in Name]?: Word | undefined } {
  const word = words.find((known) => known === raw[name]);
  return word === undefined ? {} : ({ [name]: word } as { [N in Name]?: Word | undefined }); // A computed key widens to string.
}

/** A path of this very console, or `/`: a link must not lead a signed-in person elsewhere. */
export function localPath(candidate: string | undefined): string {
  if (candidate === undefined || !/^\/(?![/\\])/.test(candidate)) return '/';
  return candidate;
}
