import {
  type CsafProvider,
  type ListedDocument,
  parseChanges,
  parseIndex,
  parseProviderMetadata,
  parseRolie,
} from '@patchsteward/feeds';
import { type Certificate, readCertificates } from '@patchsteward/standards/openpgp';
import { Refusal } from '../platform/http/refusal.ts';
import { type Asking, ifThere } from './origin-bytes.ts';

const METADATA_BYTES_MAX = 1024 * 1024;
const KEY_BYTES_MAX = 1024 * 1024;
/** Providers sign with one key, or two while they change it; each is asked for. */
const KEYS_SHOWN_MAX = 20;
/** Red Hat's changes.csv has 60,000 lines and 5 MiB. */
const LISTING_BYTES_MAX = 128 * 1024 * 1024;

/** A provider, with the pinned ones of its keys and all documents that it lists, under whole addresses. */
export interface ProviderSource {
  readonly provider: CsafProvider;
  readonly keys: readonly Certificate[];
  readonly documents: readonly ListedDocument[];
}

/**
 * Finds a provider by its metadata or its domain, the keys that an administrator pinned, and what it lists. Where it is
 * asked over TLS, all that it names is. // CSAF 2.0 §7.1, §7.3
 */
export async function readProvider(ask: Asking, address: string, pinned: readonly string[]): Promise<ProviderSource> {
  const { url, provider } = await discover(ask, new URL(address));
  if (provider.isTrusted && pinned.length === 0) {
    throw new Refusal(
      'feed-unreadable',
      `${provider.name} promises to sign its documents: pin the fingerprints of its keys, which ${url.href} names.`,
    );
  }
  const keys = await pinnedKeys(ask, provider, url, pinned);
  const lists: (readonly ListedDocument[])[] = [];
  // A feed says of each document what stands beside it; directories of the same provider hold the same documents.
  for (const feed of provider.feeds) lists.push(await listedAt(ask, at(feed, url), parseRolie));
  if (provider.feeds.length === 0) {
    for (const directory of provider.directories) lists.push(await directoryAt(ask, at(folder(directory), url)));
  }
  const documents = new Map(lists.flat().map((document) => [document.url, document]));
  return { provider, keys, documents: [...documents.values()] };
}

/** // CSAF 2.0 §7.1.8: security.txt; §7.1.9: the well-known address */
async function discover(ask: Asking, url: URL): Promise<{ readonly url: URL; readonly provider: CsafProvider }> {
  if (url.pathname.endsWith('.json')) return metadataAt(ask, url);
  const wellKnown = new URL('/.well-known/csaf/provider-metadata.json', url);
  const bytes = await ifThere(ask(wellKnown.href, METADATA_BYTES_MAX));
  if (bytes !== null) return { url: wellKnown, provider: parseProviderMetadata(bytes) };
  const text = await ifThere(ask(new URL('/.well-known/security.txt', url).href, METADATA_BYTES_MAX));
  const named = /^CSAF:\s*(\S+)\s*$/im.exec(text?.toString('utf8') ?? '')?.[1];
  if (named !== undefined) return metadataAt(ask, at(named, url));
  throw new Refusal('feed-unreachable', `${url.host} names no provider-metadata.json; give its whole address.`);
}

async function metadataAt(ask: Asking, url: URL): Promise<{ readonly url: URL; readonly provider: CsafProvider }> {
  return { url, provider: parseProviderMetadata(await ask(url.href, METADATA_BYTES_MAX)) };
}

/** A key that the metadata of a provider speaks of, and what is at its address; null: no key is there. */
export interface ServedKey {
  readonly url: string;
  /** What the metadata calls it. */
  readonly named: string | null;
  readonly certificate: Certificate | null;
}

/** A provider as it shows itself, with all keys that it serves, for somebody who compares them before they count. */
export async function readProviderKeys(
  ask: Asking,
  address: string,
): Promise<{ readonly url: URL; readonly provider: CsafProvider; readonly keys: readonly ServedKey[] }> {
  const { url, provider } = await discover(ask, new URL(address));
  const keys: ServedKey[] = [];
  for (const { fingerprint: named, url: place } of provider.keys.slice(0, KEYS_SHOWN_MAX)) {
    const whole = at(place, url).href;
    const certificates = await certificatesAt(ask, whole);
    if (certificates.length === 0) keys.push({ url: whole, named, certificate: null });
    keys.push(...certificates.map((certificate) => ({ url: whole, named, certificate })));
  }
  return { url, provider, keys };
}

/** None where nothing is there, or what is there is no key. */
async function certificatesAt(ask: Asking, url: string): Promise<readonly Certificate[]> {
  const bytes = await ifThere(ask(url, KEY_BYTES_MAX));
  const certificates = bytes === null ? 'not-openpgp' : await readCertificates(bytes);
  return typeof certificates === 'string' ? [] : certificates;
}

async function pinnedKeys(
  ask: Asking,
  { name, keys }: CsafProvider,
  base: URL,
  pinned: readonly string[],
): Promise<Certificate[]> {
  const found: Certificate[] = [];
  for (const { fingerprint, url } of keys) {
    if (fingerprint !== null && !pinned.includes(fingerprint)) continue;
    const certificates = await certificatesAt(ask, at(url, base).href);
    found.push(...certificates.filter((certificate) => pinned.includes(certificate.fingerprint)));
  }
  if (pinned.length === 0 || found.length > 0) return found;
  throw new Refusal('feed-unreadable', `${name} serves none of the keys that are pinned for it.`);
}

async function directoryAt(ask: Asking, directory: URL): Promise<readonly ListedDocument[]> {
  const changes = await ifThere(ask(new URL('changes.csv', directory).href, LISTING_BYTES_MAX));
  if (changes !== null) return parseChanges(changes).map((document) => absolute(document, directory));
  return listedAt(ask, new URL('index.txt', directory), parseIndex);
}

async function listedAt(
  ask: Asking,
  url: URL,
  parse: (bytes: Uint8Array) => readonly ListedDocument[],
): Promise<readonly ListedDocument[]> {
  return parse(await ask(url.href, LISTING_BYTES_MAX)).map((document) => absolute(document, url));
}

function absolute({ url, hashUrl, signatureUrl, changedAt }: ListedDocument, base: URL): ListedDocument {
  const whole = (text: string | null) => (text === null ? null : at(text, base).href);
  return { url: at(url, base).href, changedAt, hashUrl: whole(hashUrl), signatureUrl: whole(signatureUrl) };
}

function folder(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** What is asked for over TLS does not send us into the clear. */
function at(text: string, base: URL): URL {
  const url = URL.parse(text, base);
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && base.protocol === 'http:');
  if (url !== null && isAllowed) return url;
  throw new Refusal('feed-unreadable', `${base.host} names ${text}, where we do not follow.`);
}
