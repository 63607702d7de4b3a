import type { Announcement, AnnouncementPage } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { distanceText } from '../platform/time-text.ts';
import type { AnnouncementListOptions } from './announcement.ts';

export async function listAnnouncements(
  { options }: Invocation<AnnouncementListOptions>,
  context: Context,
): Promise<ExitCode> {
  const { state, feed, search } = options;
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('announcement.list', { query: { ...query, state, feed, search } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading announcements', read),
    ),
  );
  const narrowed = search !== undefined || feed !== undefined;
  const empty = narrowed ? 'No announcement is like this.' : emptyText(answer, state);
  await presentList(answer, { columns: columns(Date.now()), empty }, options, context);
  // What waits for a person is a discrepancy, as a finding is.
  return state === 'waiting' && answer.total > 0 ? EXIT.findings : EXIT.done;
}

function emptyText({ feeds, counts }: AnnouncementPage, state: AnnouncementListOptions['state']): string {
  if (feeds.length === 0) {
    return 'There is no subscription. "patchsteward feeds add NAME --form announcements --url URL" subscribes to a vendor.';
  }
  const { claimed, dismissed } = counts;
  if (state === 'waiting') return `Nothing waits: ${claimed} became claims, ${dismissed} were dismissed.`;
  return 'There is none.';
}

export const STATES: Readonly<Record<Announcement['state'], string>> = {
  waiting: 'waits',
  claimed: 'claim',
  dismissed: 'dismissed',
};

function columns(now: number): Column<Announcement>[] {
  return [
    { header: 'ANNOUNCEMENT', text: ({ id }) => id },
    { header: 'VENDOR', text: ({ vendor }) => vendor, shrinks: true },
    { header: 'STATE', text: ({ state, changed }) => (changed ? 'changed, waits' : STATES[state]) },
    { header: 'PUBLISHED', text: ({ published }) => published?.slice(0, 10) ?? '-' },
    { header: 'SEEN', text: ({ seenAt }) => distanceText(seenAt, now) },
    { header: 'BY', text: ({ triage }) => triage?.by ?? '-', shrinks: true },
    { header: 'TITLE', text: ({ title }) => title, shrinks: true },
  ];
}
