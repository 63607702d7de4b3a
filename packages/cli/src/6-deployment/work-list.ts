import type { ManualWork } from '@patchsteward/contract';
import { campaignNamed } from '../campaign/campaign-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import type { WorkListOptions } from './work.ts';
import { shortJob } from './work-named.ts';
import { stateText } from './work-text.ts';

const EMPTY = 'No work by hand is open. Open a campaign for it: patchsteward campaign open-manual --help';

export async function listWork({ options }: Invocation<WorkListOptions>, context: Context): Promise<ExitCode> {
  const { campaign, person } = options;
  const answer = await withServer(options, context, async (client) => {
    const only = {
      ...(campaign === undefined ? {} : { campaign: (await campaignNamed(client, campaign)).id }),
      ...(person === undefined ? {} : { person }),
    };
    return readPages(
      (query) => client('work.list', { query: { ...query, ...only } }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading work', read),
    );
  });
  await presentList(answer, { columns: COLUMNS, empty: EMPTY }, options, context);
  return EXIT.done;
}

const COLUMNS: readonly Column<ManualWork>[] = [
  { header: 'ASSET', text: ({ asset }) => asset, shrinks: true },
  { header: 'PRODUCT', text: ({ product }) => product, shrinks: true },
  { header: 'FROM', text: ({ from }) => from },
  { header: 'TO', text: ({ to }) => to },
  { header: 'BY', text: ({ person }) => person },
  { header: 'STATE', text: stateText },
  { header: 'JOB', text: ({ job }) => shortJob(job) },
];
