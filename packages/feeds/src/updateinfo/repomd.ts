import { SaxesParser } from 'saxes';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { textOf } from '../json.ts';

/** Where the list of updates of an rpm repository lies, and what its bytes must be. */
export interface ListedUpdateinfo {
  /** Relative to the repository: `repodata/…-updateinfo.xml.gz`. */
  readonly href: string;
  /** Of the bytes as they are served: `sha256:<hex>`. */
  readonly checksum: string;
}

/** Some fifteen files of some hundred bytes each. */
const REPOMD_CHARACTERS_MAX = 1024 * 1024;
const ALGORITHMS = new Set(['sha256', 'sha512']);

/** What a repomd.xml says of the list of updates; null: the repository has none. Throws FeedUnreadable. // createrepo_c */
export function parseRepomd(bytes: Uint8Array): ListedUpdateinfo | null {
  const xml = textOf(bytes, 'repomd.xml');
  if (xml.length > REPOMD_CHARACTERS_MAX) throw new FeedUnreadable('too-large', 'repomd.xml is larger than any');
  const found = new Map<string, string>();
  const parser = new SaxesParser();
  let isUpdateinfo = false;
  let reading = '';
  parser.on('error', (error) => {
    throw new FeedUnreadable('damaged', `repomd.xml is not well-formed (${error.message})`, { cause: error });
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'repomd') found.set('repomd', '');
    if (name === 'data') isUpdateinfo = attributes['type'] === 'updateinfo';
    reading = isUpdateinfo ? name : '';
    if (isUpdateinfo && name === 'location') found.set('href', attributes['href'] ?? '');
    if (isUpdateinfo && name === 'checksum') found.set('algorithm', attributes['type'] ?? '');
  });
  parser.on('text', (text) => {
    if (reading === 'checksum') found.set('checksum', ((found.get('checksum') ?? '') + text).trim());
  });
  parser.on('closetag', ({ name }) => {
    reading = '';
    if (name === 'data') isUpdateinfo = false;
  });
  parser.write(xml).close();
  if (!found.has('repomd')) throw new FeedUnreadable('not-this-feed', 'the XML is no repomd.xml');
  return listedIn(found);
}

function listedIn(found: ReadonlyMap<string, string>): ListedUpdateinfo | null {
  const href = found.get('href');
  if (href === undefined) return null;
  const [algorithm = '', checksum = ''] = [found.get('algorithm'), found.get('checksum')];
  if (!ALGORITHMS.has(algorithm) || !/^[0-9a-f]{64,128}$/i.test(checksum)) {
    throw new FeedUnreadable('incomplete', 'repomd.xml names no strong checksum of its list of updates');
  }
  return { href, checksum: `${algorithm}:${checksum.toLowerCase()}` };
}
