import type { Instant } from '@patchsteward/core/vocabulary';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Announcement } from './announcement.ts';
import { type EntryDate, entryDateOf } from './entry-date.ts';
import type { EntryField, RawEntry } from './entry-draft.ts';
import { htmlText, tidy } from './html-text.ts';

/** Longer names than an index can hold beside others are no names. */
const ENTRY_CHARACTERS_MAX = 1_000;
/** A line in a list. */
const TITLE_CHARACTERS_MAX = 500;
/** Some fifty pages; who triages reads less. What is left out says so. */
const TEXT_CHARACTERS_MAX = 100_000;
const LINK_CHARACTERS_MAX = 2_048;

const WITHOUT_TITLE = '(without a title)';

/** What an entry says; a quarantined record where nobody could tell it from others. */
export function announcementOf(raw: RawEntry, place: number): Announcement | Quarantined {
  const link = linkOf(raw);
  const entry = nameOf(raw) ?? link;
  if (entry === null) return quarantined(`entry ${place + 1}`, 'it has neither an id nor a link');
  if (entry.length > ENTRY_CHARACTERS_MAX) return quarantined(entry, 'its id is too long');
  const published = dateOf(raw, ['pubDate', 'atom:published', 'dc:date']);
  const updated = dateOf(raw, ['atom:updated']);
  return {
    ...{ entry, link, source: raw.source },
    title: cut(lineOf(raw), TITLE_CHARACTERS_MAX) || WITHOUT_TITLE,
    text: cut(bodyOf(raw), TEXT_CHARACTERS_MAX),
    published: (published ?? updated)?.at ?? null,
    publishedPrecision: (published ?? updated)?.precision ?? 'day',
    updated: updated?.at ?? null,
  };
}

/** The newest date of an entry; null: it has none. */
export function newestDateOf({ published, updated }: Announcement): Instant | null {
  return published === null ? updated : Math.max(published, updated ?? published);
}

/** `guid` is an id whether or not it is a link. // RSS 2.0 guid, RFC 4287 §4.2.6, RSS 1.0 §5.5 */
function nameOf({ fields, attributes }: RawEntry): string | null {
  const named = textIn(fields, ['guid', 'atom:id']) ?? attributes['about'] ?? '';
  return tidy(named) === '' ? null : tidy(named);
}

function linkOf({ fields }: RawEntry): string | null {
  const relations = fields.filter(({ name }) => name === 'atom:link');
  const atom = relations.find(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate');
  const permanent = fields.find(({ name, attributes }) => name === 'guid' && attributes['isPermaLink'] !== 'false');
  const candidates = [textIn(fields, ['link']), atom?.attributes['href'], permanent?.text];
  return candidates.map((text) => httpsOf(text ?? '')).find((link) => link !== null) ?? null;
}

/** People follow it from our page: nothing but https leads anywhere from there. */
function httpsOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > LINK_CHARACTERS_MAX || !URL.canParse(trimmed)) return null;
  const { protocol, href, username, password } = new URL(trimmed);
  return protocol === 'https:' && username === '' && password === '' ? href : null;
}

function lineOf({ fields }: RawEntry): string {
  const title = fields.find(({ name }) => name === 'title' || name === 'atom:title' || name === 'dc:title');
  return title === undefined ? '' : wordsOf(title).replaceAll('\n', ' ');
}

/** The whole text where there is one, else its summary. // RSS content module, RFC 4287 §4.1.3 */
function bodyOf({ fields }: RawEntry): string {
  const said = ['content:encoded', 'atom:content', 'description', 'atom:summary']
    .flatMap((wanted) => fields.filter(({ name }) => name === wanted))
    .map(wordsOf);
  return said.find((text) => text !== '') ?? '';
}

/** Of Atom only what calls itself HTML is; RSS does not say, and people write HTML. // RFC 4287 §3.1 */
function wordsOf({ name, attributes, text, marked }: EntryField): string {
  const type = attributes['type'] ?? 'text';
  const isPlain = name.startsWith('atom:') && !marked && (type === 'text' || type === 'text/plain');
  return isPlain ? tidy(text) : htmlText(text);
}

function dateOf({ fields }: RawEntry, names: readonly string[]): EntryDate | null {
  const text = textIn(fields, names);
  return text === null ? null : entryDateOf(text);
}

function textIn(fields: readonly EntryField[], names: readonly string[]): string | null {
  const found = names.map((wanted) => fields.find(({ name, text }) => name === wanted && text.trim() !== ''));
  return found.find((field) => field !== undefined)?.text ?? null;
}

function cut(text: string, charactersMax: number): string {
  // Never between the halves of a pair.
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1).toWellFormed()}…`;
}
