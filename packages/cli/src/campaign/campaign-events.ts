import type { CampaignEventBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { momentText } from '../platform/time-text.ts';
import type { PagedOptions } from './campaign.ts';
import { campaignNamed } from './campaign-named.ts';

export async function listEvents({ options, operands }: Invocation<PagedOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    return readPages(
      (query) => client('campaign.events', { params: { id }, query }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading events', read),
    );
  });
  await presentList(answer, { columns: COLUMNS, empty: 'Nothing happened yet.' }, options, context);
  return EXIT.done;
}

const COLUMNS: readonly Column<CampaignEventBody>[] = [
  { header: 'WHEN', text: ({ at }) => momentText(at) },
  { header: 'WHAT', text: ({ kind }) => kind },
  { header: 'WHO', text: ({ by }) => by },
  { header: 'STREAM', text: ({ stream }) => stream, shrinks: true },
  { header: 'SAYS', text: ({ body }) => saysOf(body), shrinks: true },
];

/** The short values of an event; the rest is in --json. */
function saysOf(body: Readonly<Record<string, unknown>>): string {
  return Object.entries(body)
    .filter(([name, value]) => name !== 'kind' && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
