import type { MaintenanceGroup } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { numberText } from '../platform/words.ts';
import { nextText, windowsText } from './group-text.ts';

const EMPTY =
  'No maintenance groups yet. Make one: patchsteward group set sunday --zone Europe/Berlin --window "sun 02:00 4h"';

export async function listGroups({ options }: Invocation<ListOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('group.list', { query }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading groups', read),
    ),
  );
  await presentList(answer, { columns: COLUMNS, empty: EMPTY }, options, context);
  return EXIT.done;
}

const COLUMNS: readonly Column<MaintenanceGroup>[] = [
  { header: 'GROUP', text: ({ name }) => name },
  { header: 'ZONE', text: ({ zone }) => zone },
  { header: 'WINDOWS', text: ({ windows }) => windowsText(windows), shrinks: true },
  { header: 'NEXT', text: nextText },
  { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
];
