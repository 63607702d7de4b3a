import { SaxesParser } from 'saxes';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { type Draft, newDraft, recordOf, takeElement, takeText } from './draft.ts';
import type { UpdateRecord } from './update-record.ts';

/** The format has five levels. */
const DEPTH_MAX = 16;
/** Fedora's largest list has some ten thousand. */
const UPDATES_MAX = 200_000;
/** An update of all of a desktop on all architectures has below ten thousand. */
const PACKAGES_MAX = 100_000;
/** Titles and dates; descriptions, which are far longer, are not kept. */
const TEXT_CHARACTERS_MAX = 4_000;
/** So much is taken apart at a time, so that the text of a large file never exists as a whole. */
const CHUNK_BYTES = 1024 * 1024;

/** Elements whose text is kept. */
const KEPT = new Set(['id', 'title', 'severity', 'name', 'reboot_suggested', 'restart_suggested', 'relogin_suggested']);

/** The updates of an updateinfo.xml, one after another. Throws FeedUnreadable where it is not well-formed or too large. */
export function readUpdates(xml: Uint8Array): UpdateRecord[] {
  const updates: UpdateRecord[] = [];
  const open: string[] = [];
  let draft: Draft | null = null;
  let packages = 0;
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new FeedUnreadable('damaged', `the XML is not well-formed (${error.message})`, { cause: error });
  });
  // A list of updates has none; what defines its own entities is up to no good.
  parser.on('doctype', () => {
    throw new FeedUnreadable('not-this-feed', 'the XML has a document type, which no list of updates has');
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name);
    if (open.length > DEPTH_MAX) throw new FeedUnreadable('too-deep', `the XML is deeper than ${DEPTH_MAX} elements`);
    text = '';
    if (open.length === 1 && name !== 'updates') throw noUpdates();
    if (name === 'update' && open.length === 2) [draft, packages] = [newDraft(attributes), 0];
    else if (draft !== null) takeElement(draft, name, attributes);
    if (name === 'package') packages += 1;
    if (packages > PACKAGES_MAX) throw tooMany(`an update has more than ${PACKAGES_MAX} packages`);
  });
  const take = (more: string) => {
    if (KEPT.has(open.at(-1) ?? '')) text = (text + more).slice(0, TEXT_CHARACTERS_MAX);
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', ({ name }) => {
    open.pop();
    if (draft === null) return;
    if (name === 'update' && open.length === 1) {
      updates.push(recordOf(draft));
      draft = null;
      if (updates.length > UPDATES_MAX) throw tooMany(`it lists more than ${UPDATES_MAX} updates`);
    } else if (KEPT.has(name)) takeText(draft, name, open.at(-1) ?? '', text.trim());
    text = '';
  });
  for (const chunk of chunksOf(xml)) parser.write(chunk);
  parser.close();
  return updates;
}

function* chunksOf(xml: Uint8Array): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < xml.length; at += CHUNK_BYTES) {
      yield decoder.decode(xml.subarray(at, at + CHUNK_BYTES), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FeedUnreadable('not-text', 'the XML is not UTF-8 text', { cause: error });
  }
}

function noUpdates(): FeedUnreadable {
  return new FeedUnreadable('not-this-feed', 'the XML is no list of updates');
}

function tooMany(problem: string): FeedUnreadable {
  return new FeedUnreadable('too-large', problem);
}
