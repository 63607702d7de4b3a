import type { Proposal } from '@patchsteward/contract';
import { tellCounting } from '../1-identification/counting-lines.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { dueText } from '../platform/time-text.ts';
import { listed, numberText } from '../platform/words.ts';

export async function listProposals({ options }: Invocation<ListOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('proposal.list', { query: { ...query, search: options.search } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading proposals', read),
    ),
  );
  const empty =
    options.search === undefined
      ? 'Nothing to propose: no asset is offered an update that is not in a campaign already.'
      : 'No proposal has these words.';
  await presentList(answer, { columns: columns(Date.now()), empty }, options, context);
  await tellCounting(answer, options, context);
  if (options.json !== true && answer.items.length > 0) {
    context.note('adopt one with "patchsteward campaign open PROPOSAL"');
  }
  return EXIT.done;
}

function columns(now: number): Column<Proposal>[] {
  return [
    { header: 'DUE', text: (proposal) => dueText(proposal, now) },
    { header: 'LANE', text: ({ lane }) => lane },
    { header: 'PROPOSAL', text: ({ id }) => id },
    { header: 'VERSION', text: ({ sourceVersion }) => sourceVersion, shrinks: true },
    { header: 'KIND', text: ({ kind }) => kind },
    { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
    { header: 'TEST', text: ({ testAssets }) => numberText(testAssets), align: 'right' },
    { header: 'FIXES', text: ({ fixes }) => (fixes.length === 0 ? '-' : listed(fixes)), shrinks: true },
  ];
}
