import type { CampaignSummary } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { dueText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';
import type { CampaignListOptions } from './campaign.ts';

export async function listCampaigns({ options }: Invocation<CampaignListOptions>, context: Context): Promise<ExitCode> {
  const { search, open } = options;
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('campaign.list', { query: { ...query, search, ...(open === true ? { open: 'true' } : {}) } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading campaigns', read),
    ),
  );
  await presentList(answer, { columns: columns(Date.now()), empty: emptyText(options) }, options, context);
  return EXIT.done;
}

function emptyText({ search, open }: CampaignListOptions): string {
  if (search !== undefined) return 'No campaign has these words.';
  return `No campaign ${open === true ? 'is open' : 'yet'}; see what could be one with "patchsteward campaign propose".`;
}

function columns(now: number): Column<CampaignSummary>[] {
  return [
    { header: 'DUE', text: (campaign) => dueOf(campaign, now) },
    { header: 'LANE', text: ({ lane }) => lane ?? '-' },
    { header: 'STATE', text: ({ state }) => state },
    { header: 'ROOM', text: ({ room }) => room },
    { header: 'TITLE', text: ({ title }) => title, shrinks: true },
    { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
    { header: 'REQUESTER', text: ({ requester }) => requester, shrinks: true },
    { header: 'ID', text: ({ id }) => id },
  ];
}

function dueOf({ due, late, ended }: CampaignSummary, now: number): string {
  return due === null || ended ? '-' : dueText({ due, late }, now);
}
