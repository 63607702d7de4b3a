import { createHash } from 'node:crypto';
import { type Announcement, parseAnnouncements, type Quarantined } from '@patchsteward/feeds';
import { isStorable, timeOf, UNSTORABLE } from './feeds-row-text.ts';

interface AnnouncementRows {
  readonly dataAsOf: number | null;
  readonly quarantined: readonly Quarantined[];
  /** As texts of JSON objects. */
  readonly rows: readonly string[];
}

/** What a file of announcements says, as texts of rows. */
export function announcementRows(bytes: Uint8Array): AnnouncementRows {
  const { announcements, quarantined, dataAsOf } = parseAnnouncements(bytes);
  const refused = [...quarantined];
  const rows: string[] = [];
  for (const announcement of announcements) {
    const row = JSON.stringify(rowOf(announcement));
    if (isStorable(row)) rows.push(row);
    else refused.push({ record: announcement.entry, problem: UNSTORABLE });
  }
  return { dataAsOf, quarantined: refused, rows };
}

function rowOf(announcement: Announcement) {
  const { entry, title, text, link, source, published, publishedPrecision, updated } = announcement;
  return {
    ...{ entry, title, body: text, link, source, published_precision: publishedPrecision },
    published: timeOf(published),
    updated: timeOf(updated),
    sha256: hashOf(source),
    // Without its dates: some feeds change them each day.
    content: hashOf(JSON.stringify([title, text, link])),
  };
}

function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
