import type { AnnouncementPage, AnnouncementQuery } from '@patchsteward/contract';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor } from '../platform/http/cursor.ts';
import { announcementBody } from './announcement-body.ts';
import { type AnnouncementFilter, countFiltered, countStates, listAnnouncements } from './announcement-store.ts';
import { pageOf } from './fleet-page.ts';
import { patternsOf } from './memory-page.ts';

const Cursor = z.tuple([z.number()]);

/** What waits to be read, or what became of it: the newest first. */
export async function announcementPage(reader: Reader, query: AnnouncementQuery): Promise<AnnouncementPage> {
  const { state, feed, search, cursor, limit } = query;
  const filter: AnnouncementFilter = {
    ...{ state, feed: feed ?? null },
    patterns: search === undefined ? null : patternsOf(search),
  };
  const before = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)[0];
  const rows = await listAnnouncements(reader, filter, { before, limit: limit + 1 });
  const states = await countStates(reader);
  const sum = (kind: 'waiting' | 'claimed' | 'dismissed') => states.reduce((all, counted) => all + counted[kind], 0);
  return {
    ...pageOf(rows, limit, announcementBody, ({ serial }) => [serial]),
    total: await countFiltered(reader, filter),
    counts: { waiting: sum('waiting'), claimed: sum('claimed'), dismissed: sum('dismissed') },
    feeds: states.map(({ feed: id, vendor, waiting }) => ({ feed: id, vendor, waiting })),
  };
}
