import { unpackedHead } from '../archive/unpack.ts';
import { HEAD_BYTES } from '../detect.ts';
import { parseChanges, parseIndex, parseRolie } from './listing.ts';

/** What a file of a provider's folder is. // CSAF 2.0 §7.1 */
export type ProviderFileKind = 'document' | 'metadata' | 'changes' | 'index' | 'rolie' | 'beside' | 'key' | 'other';

const KINDS_BY_NAME: ReadonlyMap<string, ProviderFileKind> = new Map([
  ['provider-metadata.json', 'metadata'],
  ['changes.csv', 'changes'],
  ['index.txt', 'index'],
]);

/** Hashes and signatures are called as their document, with an ending. // CSAF 2.0 §7.1.18, §7.1.19 */
const BESIDE = /\.json\.(?:sha256|sha512|asc)$/i;
const KEY = /\.(?:asc|gpg|pgp)$/i;

/** What says where documents are, and is none: services, categories, aggregators. // CSAF 2.0 §7.1.16, §7.1.17, §7.2.3 */
const OTHER_JSON = /"(?:service|categories|aggregator_version|csaf_providers|metadata_version)"\s*:/;

/** What a file of a provider is, by its name; null: JSON, of which only its beginning tells. */
export function providerFileKind(name: string): ProviderFileKind | null {
  const known = KINDS_BY_NAME.get(name.split('/').at(-1)?.toLowerCase() ?? '');
  if (known !== undefined) return known;
  if (BESIDE.test(name)) return 'beside';
  if (KEY.test(name)) return 'key';
  return /\.json$/i.test(name) ? null : 'other';
}

/**
 * What JSON in a provider's folder is, by its first bytes (at least HEAD_BYTES, or all). What is none of the known things
 * is called a document, so that it is refused by name and not passed over.
 */
export function providerJsonKind(head: Uint8Array): 'document' | 'rolie' | 'other' {
  if (isCsafDocument(head)) return 'document';
  const text = headText(head);
  if (/^\{\s*"feed"\s*:\s*\{/.test(text)) return 'rolie';
  return OTHER_JSON.test(text) ? 'other' : 'document';
}

/** Whether a file is a CSAF document, or begins with one, by its first bytes (at least HEAD_BYTES, or all). */
export function isCsafDocument(head: Uint8Array): boolean {
  const text = headText(head);
  return text.startsWith('{') && /"csaf_version"\s*:/.test(text);
}

function headText(head: Uint8Array): string {
  return new TextDecoder().decode(unpackedHead(head, HEAD_BYTES)).trimStart();
}

const LISTS = { changes: parseChanges, index: parseIndex, rolie: parseRolie } as const;

/** A list of documents in a provider's folder. */
export interface ProviderList {
  /** Its name in the folder: `white/changes.csv`. */
  readonly name: string;
  readonly kind: keyof typeof LISTS;
}

export function isProviderList(kind: ProviderFileKind): kind is ProviderList['kind'] {
  return kind in LISTS;
}

/**
 * The documents that a list names and the folder has not, as the list has them. A mirror that was cut off would else be
 * taken for a vendor with nothing to say. Throws FeedUnreadable where it is no list.
 */
export function missingDocuments(
  { name, kind }: ProviderList,
  bytes: Uint8Array,
  has: (name: string) => boolean,
): string[] {
  return LISTS[kind](bytes)
    .map(({ url }) => url)
    .filter((url) => !placesOf(name, url).some(has));
}

/** Where in the folder a listed document may lie: beside its list, or where its address says, as far as it was mirrored. */
function placesOf(list: string, reference: string): string[] {
  const url = URL.parse(reference);
  if (url === null) {
    // A base of our own resolves dots as the address of a list would, and nothing leads out of it.
    const resolved = URL.parse(reference, `mirror://folder/${list}`);
    return resolved === null ? [] : [nameOf(resolved)];
  }
  const segments = [url.host, ...nameOf(url).split('/')];
  return segments.map((_, at) => segments.slice(at).join('/'));
}

function nameOf({ pathname }: URL): string {
  const path = pathname.slice(1);
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that escapes nothing is a part of the name.
    return path;
  }
}
