import type { TellingKind } from '@patchsteward/core/2-evaluation';
import { countIn, type RawSearch, textIn, wordIn } from '../platform/search-params.ts';

const DAY_MS = 24 * 60 * 60_000;
const KINDS = [
  'exploited',
  'emergency',
  'critical',
  'support-ended',
  'feed-silent',
  'announcements-unread',
] as const satisfies readonly TellingKind[];
/** 5,000 messages by scrolling; whoever looks for one of more filters. */
export const TOLD_PAGES_MAX = 50;

/** What the address of the list says: whom, of what, and between which days. */
export function toldAddress(raw: RawSearch) {
  return {
    ...textIn(raw, 'about'),
    ...textIn(raw, 'person'),
    ...wordIn(raw, 'kind', KINDS),
    ...textIn(raw, 'since', 10),
    ...textIn(raw, 'until', 10),
    ...countIn(raw, 'pages', TOLD_PAGES_MAX),
  };
}
export type ToldAddress = ReturnType<typeof toldAddress>;

/** As the server is asked: a day begins at midnight UTC, and the last one counts to its end. */
export function toldQueryOf({ about, person, kind, since, until }: ToldAddress) {
  const query = { about, person, kind, from: instantText(since, 0), until: instantText(until, DAY_MS) };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as typeof query; // Entries forget their keys.
}

/** undefined: no day, or none that a calendar has. */
function instantText(day: string | undefined, laterMs: number): string | undefined {
  const instant = Date.parse(`${day ?? ''}T00:00:00Z`);
  return Number.isNaN(instant) ? undefined : new Date(instant + laterMs).toISOString();
}
