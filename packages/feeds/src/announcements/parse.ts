import type { Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Announcement, Announcements } from './announcement.ts';
import { documentText } from './document-text.ts';
import { announcementOf, newestDateOf } from './entry.ts';
import { readEntries } from './read.ts';

/** Ten thousand entries of a page each; what is larger is no feed of announcements. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** Reads an RSS 2.0, RSS 1.0 or Atom 1.0 file, plain or gzip. Throws FeedUnreadable where it is none. */
export function parseAnnouncements(bytes: Uint8Array): Announcements {
  const raw = readEntries(documentText(unpacked(bytes, FILE_BYTES_MAX)));
  if (raw.length === 0) throw new FeedUnreadable('not-this-feed', 'the file has no announcement');
  const refused: Quarantined[] = [];
  const newest = new Map<string, Announcement>();
  for (const [place, one] of raw.entries()) {
    const read = announcementOf(one, place);
    if ('problem' in read) refused.push(read);
    else refused.push(...keepNewest(newest, read));
  }
  const announcements = [...newest.values()];
  const dates = announcements.map(newestDateOf).filter((date) => date !== null);
  return {
    announcements,
    quarantined: refused,
    dataAsOf: dates.reduce<Instant | null>((latest, date) => Math.max(latest ?? date, date), null),
  };
}

/** One id is one announcement: of two the one that was changed last stands, else the first, as feeds begin with the newest. */
function keepNewest(newest: Map<string, Announcement>, read: Announcement): Quarantined[] {
  const known = newest.get(read.entry);
  if (known === undefined || (read.updated ?? 0) > (known.updated ?? 0)) newest.set(read.entry, read);
  return known === undefined ? [] : [quarantined(read.entry, 'its id stands in the file twice; the newer one counts')];
}
