import type { FeedBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';

export async function listFeeds({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('feed.list', {}));
  if (options.json === true) await context.output.json(answer);
  else await context.output.table(COLUMNS, answer.items);
  return EXIT.done;
}

const COLUMNS: Column<FeedBody>[] = [
  { header: 'FEED', text: ({ feed }) => feed },
  { header: 'STATE', text: ({ state }) => state.replaceAll('-', ' ') },
  { header: 'FETCHED', text: ({ enabled }) => (enabled ? 'yes' : 'no') },
  { header: 'FORM', text: ({ form }) => form },
  { header: 'TITLE', text: ({ title }) => title },
  { header: 'ADDRESS', text: ({ url }) => url ?? 'files alone', shrinks: true },
];
