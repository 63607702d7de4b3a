import { SaxesParser, type SaxesTagNS } from 'saxes';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { type Attributes, EntryDraft, type RawEntry } from './entry-draft.ts';

/** XHTML in an entry nests; no person writes deeper. */
const DEPTH_MAX = 100;
/** Feeds of announcements hold the newest ten to some hundred entries. */
const ENTRIES_MAX = 10_000;

/** How the vocabularies that feeds are written in are called here; RSS 2.0 has no namespace, and RSS 1.0 says the same. */
const PREFIXES: Readonly<Record<string, string>> = {
  '': '',
  'http://purl.org/rss/1.0/': '',
  'http://www.w3.org/2005/Atom': 'atom:',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf:',
  'http://purl.org/dc/elements/1.1/': 'dc:',
  'http://purl.org/rss/1.0/modules/content/': 'content:',
};

const ROOTS = new Set(['rss', 'rdf:RDF', 'atom:feed']);
/** Where an entry stands: in the channel, beside it, in the feed. // RSS 2.0, RSS 1.0 §5.5, RFC 4287 §4.1 */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  item: ['channel', 'rdf:RDF'],
  'atom:entry': ['atom:feed'],
};

/** The entries of an RSS 2.0, RSS 1.0 or Atom 1.0 file, in their order. Throws FeedUnreadable where it is none. */
export function readEntries(xml: string): RawEntry[] {
  const entries: RawEntry[] = [];
  const open: string[] = [];
  let draft: EntryDraft | null = null;
  let entryDepth = 0;
  // Bases of relative addresses are not followed; links that count are whole.
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw new FeedUnreadable('damaged', `the XML is not well-formed (${error.message})`, { cause: error });
  });
  // Forms of today have none; what defines its own entities is up to no good. // CWE-776
  parser.on('doctype', () => {
    throw new FeedUnreadable('not-this-feed', 'the XML has a document type, which no feed of announcements needs');
  });
  parser.on('opentag', (tag) => {
    const name = nameOf(tag);
    const parent = open.at(-1);
    if (parent === undefined && !ROOTS.has(name)) throw noFeed(tag.name);
    open.push(name);
    if (open.length > DEPTH_MAX) throw new FeedUnreadable('too-deep', `the XML is deeper than ${DEPTH_MAX} elements`);
    if (draft !== null) draft.openElement(name, tag.local, attributesOf(tag));
    else if (parent !== undefined && ENTRIES[name]?.includes(parent) === true) {
      draft = new EntryDraft(attributesOf(tag), xml.lastIndexOf('<', parser.position - 1));
      entryDepth = open.length;
    }
  });
  const take = (more: string): void => draft?.text(more);
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => {
    const depth = open.length;
    open.pop();
    if (draft === null) return;
    if (depth > entryDepth) {
      draft.closeElement();
      return;
    }
    entries.push(draft.entryOf(xml.slice(draft.start, parser.position)));
    draft = null;
    if (entries.length > ENTRIES_MAX) {
      throw new FeedUnreadable('too-large', `it has more than ${ENTRIES_MAX} announcements`);
    }
  });
  parser.write(xml);
  parser.close();
  return entries;
}

/** An element of another vocabulary keeps its whole name, so that it is never taken for one of ours. */
function nameOf({ uri, local }: SaxesTagNS): string {
  const prefix = PREFIXES[uri];
  return prefix === undefined ? `{${uri}}${local}` : `${prefix}${local}`;
}

function attributesOf({ attributes }: SaxesTagNS): Attributes {
  return Object.fromEntries(Object.values(attributes).map(({ local, value }) => [local, value]));
}

function noFeed(root: string): FeedUnreadable {
  return new FeedUnreadable('not-this-feed', `the XML begins with <${root}>, and is neither RSS nor Atom`);
}
