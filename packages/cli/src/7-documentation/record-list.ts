import type { RecordEntryBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { momentText } from '../platform/time-text.ts';
import type { RecordListOptions } from './record.ts';

export async function listRecord({ options }: Invocation<RecordListOptions>, context: Context): Promise<ExitCode> {
  const { subject, kind, actor, campaign } = options;
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('record.list', { query: { ...query, subject, kind, actor, campaign } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading the record', read),
    ),
  );
  const filtered = [subject, kind, actor, campaign].some((each) => each !== undefined);
  const empty = filtered ? 'No entry fits.' : 'The record is empty: nothing happened yet.';
  await presentList(answer, { columns: COLUMNS, empty }, options, context);
  return EXIT.done;
}

const COLUMNS: readonly Column<RecordEntryBody>[] = [
  { header: 'ENTRY', text: ({ index }) => (index === null ? '-' : String(index)), align: 'right' },
  { header: 'WHEN', text: ({ at }) => momentText(at) },
  { header: 'WHAT', text: ({ kind }) => kind },
  { header: 'ABOUT', text: ({ subject }) => subject, shrinks: true },
  { header: 'WHO', text: ({ actor, actorName }) => actorName ?? actor, shrinks: true },
];
